package dev.sluice.eval.report;

import dev.sluice.eval.picture.LineChart;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws numbers of a training by epoch, the best epoch marked. */
final class EpochCharts {
  private final Html html;
  private final List<EpochReport> epochs;
  private final int best;

  EpochCharts(Html html, Trainer.Outcome outcome) {
    this.html = html;
    epochs = outcome.history();
    best = outcome.bestEpoch();
  }

  void draw(String title, String unit, ToDoubleFunction<EpochReport> value) {
    double[] x = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    LineChart chart =
        new LineChart("epoch", unit).titled(title, title + " by epoch").series(title, x, y);
    if (best > 0) chart.mark(x[best - 1], y[best - 1], "best");
    html.open("figure").markup(chart.inline()).close();
  }
}
