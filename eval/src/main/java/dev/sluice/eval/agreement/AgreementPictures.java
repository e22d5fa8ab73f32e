package dev.sluice.eval.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.picture.HeatMap;
import dev.sluice.eval.picture.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The pictures of the study, each a file. */
final class AgreementPictures {
  private static final double SIDE = 9; // of a point of the surface
  private static final int NAMED = 4; // gaps between the named points of a direction

  private final AgreementResults results;

  private AgreementPictures(AgreementResults results) {
    this.results = results;
  }

  /** All pictures by the names of their files. */
  static Map<String, String> of(AgreementResults results) {
    return new AgreementPictures(results).all();
  }

  private Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "alone.svg",
        accuracy("Taught one distance", "alone/%d/accuracy", StudySettings.distances()));
    all.put(
        "mixed.svg", accuracy("Taught all distances", "after/accuracy/%d", StudySettings.tested()));
    all.put("gradient-before.svg", gradient("before", "Gradient before training"));
    all.put("gradient-after.svg", gradient("after", "Gradient after training"));
    all.put("training.svg", training());
    for (StudiedCell cell : results.runs().keySet()) {
      if (!cell.hasSurface()) continue;
      for (String when : List.of("before", "after"))
        all.put("surface-" + cell.key() + "-" + when + ".svg", surface(cell, when));
    }
    return all;
  }

  private String accuracy(String title, String path, int[] distances) {
    LineChart chart =
        new LineChart("tokens between subject and verb", "accuracy, %").yRange(50, 100).counting();
    lines(chart, distances, path, spread -> 100 * spread.mean());
    return chart
        .titled(title, title + ": accuracy of was or were by distance, a line per cell")
        .note("Mean over " + seeds() + ". Chance is 50 %.")
        .svg();
  }

  private String gradient(String when, String title) {
    LineChart chart =
        new LineChart("steps back from the last state", "norm of the gradient")
            .logarithmic()
            .counting();
    lines(chart, StudySettings.distances(), when + "/gradient/%d", Spread::median);
    return chart
        .titled(title, title + ": its norm by distance, a line per cell, logarithmic")
        .note("Median over " + seeds() + "; the gradient has norm 1 at the last state.")
        .svg();
  }

  private void lines(
      LineChart chart, int[] distances, String path, ToDoubleFunction<Spread> number) {
    double[] x = Arrays.stream(distances).asDoubleStream().toArray();
    for (StudiedCell cell : results.runs().keySet()) {
      double[] y =
          Arrays.stream(distances)
              .mapToDouble(
                  d ->
                      number.applyAsDouble(
                          results.spread(cell, String.format(Locale.ROOT, path, d))))
              .toArray();
      chart.series(cell.title(), x, y);
    }
  }

  private String training() {
    LineChart chart =
        new LineChart("step", "mean loss of the steps since the point before, nats")
            .logarithmic()
            .counting();
    for (StudiedCell cell : results.runs().keySet()) {
      List<String> steps = new ArrayList<>();
      results.first(cell).path("curve").fieldNames().forEachRemaining(steps::add);
      double[] x = steps.stream().mapToDouble(Double::parseDouble).toArray();
      double[] y =
          steps.stream()
              .mapToDouble(step -> results.spread(cell, "curve/" + step).mean())
              .toArray();
      chart.series(cell.title(), x, y);
    }
    return chart
        .titled("Training", "Loss of training on all distances by step, a line per cell")
        .note("Mean over " + seeds() + ".")
        .svg();
  }

  private String seeds() {
    int seeds = results.seeds().size();
    return seeds == 1 ? "one seed" : seeds + " seeds";
  }

  private String surface(StudiedCell cell, String when) {
    JsonNode rows = results.first(cell).path(when).path("surface").path("loss");
    int grid = rows.size();
    double[][] values = new double[grid][grid];
    for (int i = 0; i < grid; i++) {
      for (int j = 0; j < grid; j++) values[i][j] = Math.log10(rows.path(i).path(j).doubleValue());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < grid; i++) {
      boolean named = grid <= NAMED || i * NAMED % (grid - 1) == 0;
      names.add(named ? String.format(Locale.ROOT, "%.1f", ErrorSurface.place(i, grid)) : "");
    }
    String title = cell.title() + " " + when + " training";
    return HeatMap.of(names, names, values)
        .squares(SIDE)
        .axes("D₁", "along D₂, in norms of U")
        .titled("Error surface: " + title, "Loss around the recurrent weights of " + title)
        .note("log₁₀ of the mean loss in nats, seed " + results.seeds().get(0) + ".")
        .svg();
  }
}
