package dev.sluice.eval.report;

import dev.sluice.eval.picture.LineChart;
import java.util.Arrays;
import java.util.List;

/** The training of several runs in one picture for each column: the loss, and the score on dev. */
final class OverlaidCurves {
  private OverlaidCurves() {}

  /**
   * The training of a run.
   *
   * @param name what the legend calls it
   * @param epochs in their order
   */
  record Line(String name, List<Epoch> epochs) {}

  /** Writes the pictures; a run without numbers of a column is left out of it. Where no run has a second epoch there is nothing to draw, and a note says so. */
  static void write(Html html, List<Line> lines) {
    if (lines.stream().allMatch(line -> line.epochs().size() < 2)) {
      html.element("p", "No run has more than one epoch, so there is no curve.", "class", "note");
      return;
    }
    html.open("div", "class", "figures");
    chart(html, lines, "loss", "Loss on train", "mean −log p", 1);
    chart(html, lines, "dev_score", "Score on dev", "%", 100);
    html.close("div").line();
  }

  private static void chart(
      Html html, List<Line> lines, String column, String title, String unit, double factor) {
    LineChart chart =
        new LineChart("epoch", unit)
            .titled(title, title + " of " + Figures.count(lines.size(), "run") + " by epoch.");
    boolean any = false;
    for (Line line : lines) {
      double[] x = line.epochs().stream().mapToDouble(Epoch::epoch).toArray();
      double[] y =
          line.epochs().stream()
              .mapToDouble(e -> e.get(column).orElse(Double.NaN) * factor)
              .toArray();
      if (Arrays.stream(y).allMatch(Double::isNaN)) continue;
      chart.series(line.name(), x, y);
      any = true;
    }
    if (any) html.open("figure").markup(chart.inline()).close("figure");
  }
}
