package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.picture.LineChart;
import dev.sluice.eval.statistics.PowerLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the page of a learning curve shows: the scores by how much of train was learned from, a guess of what more would bring, and every run. */
final class CurveSections {
  private CurveSections() {}

  static void write(RunsPage runs, Page page) {
    Html curve = new Html(), table = new Html();
    curve(runs, curve);
    runs(runs, table);
    page.section("curve", "Learning curve", curve.toString());
    page.section("runs", "Runs", table.toString());
  }

  private static List<JsonNode> points(RunsPage runs) {
    List<JsonNode> points = new ArrayList<>();
    runs.document().path("points").forEach(points::add);
    return points;
  }

  private static void curve(RunsPage runs, Html html) {
    List<JsonNode> points = points(runs);
    JsonNode whole = points.get(points.size() - 1);
    runs.score(
        html,
        Figures.percent(Figures.score(whole.path("dev").path("mean"))),
        "mean on dev with "
            + share(whole)
            + " of train, "
            + Figures.count(whole.path("dev").path("count").asLong(), "seed"));
    List<String> splits = new ArrayList<>(List.of("dev"));
    if (whole.path("test").isObject()) splits.add("test");
    html.open("div", "class", "figures");
    for (String split : splits)
      html.open("figure").markup(chart(runs, points, split)).close("figure");
    html.close("div").line();
    html.element("p", guess(runs), "class", "note");
    skipped(runs.document().path("skipped"), html);
    for (String split : splits) table(runs, points, split, html);
  }

  private static String chart(RunsPage runs, List<JsonNode> points, String split) {
    double[] x = numbers(points, p -> p.path("sentences").asDouble());
    String headline = runs.headline();
    LineChart chart =
        new LineChart("sentences of train", headline + " on " + split + ", %")
            .titled(
                headline + " on " + split + " by size of train",
                "Mean, lowest and highest score of the seeds. The numbers are in the table below.")
            .xRange(0, x[x.length - 1])
            .counting();
    for (String[] line : new String[][] {{"mean", "mean"}, {"lowest", "min"}, {"highest", "max"}})
      chart.series(line[0], x, numbers(points, p -> percent(p.path(split).path(line[1]))));
    JsonNode fit = runs.document().path("fit");
    if (split.equals("dev") && fit.isObject()) {
      PowerLaw law = law(fit);
      chart.series(
          "power law, a guess", x, Arrays.stream(x).map(n -> 100 * (1 - law.error(n))).toArray());
    }
    return chart.inline();
  }

  private static double[] numbers(List<JsonNode> points, ToDoubleFunction<JsonNode> of) {
    return points.stream().mapToDouble(of).toArray();
  }

  private static double percent(JsonNode score) {
    return score.isNumber() ? 100 * score.doubleValue() : Double.NaN;
  }

  private static PowerLaw law(JsonNode fit) {
    return new PowerLaw(
        fit.path("a").asDouble(), fit.path("b").asDouble(), fit.path("points").asInt());
  }

  /** What the power law says of more data. */
  private static String guess(RunsPage runs) {
    JsonNode fit = runs.document().path("fit");
    String none = "There is no guess of what more data would bring: ";
    if (!fit.isObject())
      return none + "a power law takes at least " + PowerLaw.LEAST + " parts with errors.";
    PowerLaw law = law(fit);
    if (law.b() <= 0) return none + "the score on dev does not rise with more data.";
    long all = runs.document().path("data").path("sentences").asLong();
    return "A guess: 1 − "
        + runs.headline()
        + " = "
        + Figures.fixed(law.a(), 4)
        + " · n^−"
        + Figures.fixed(law.b(), 4)
        + " for n sentences, a power law through the means of dev, by which twice the data ("
        + Figures.count(2 * all, "sentence")
        + ") would give "
        + Figures.percent(1 - law.error(2.0 * all))
        + ". Nobody knows whether the law holds that far.";
  }

  private static void skipped(JsonNode skipped, Html html) {
    if (skipped.isEmpty()) return;
    List<String> parts = new ArrayList<>();
    for (JsonNode part : skipped)
      parts.add(share(part) + " (" + Figures.count(part.path("sentences").asLong()) + ")");
    html.element(
        "p",
        "Left out, having too few sentences: " + String.join(", ", parts) + ".",
        "class",
        "note");
  }

  /** {@code 25 %}. */
  private static String share(JsonNode point) {
    return Figures.fixed(100 * point.path("share").asDouble(), 0) + " %";
  }

  private static void table(RunsPage runs, List<JsonNode> points, String split, Html html) {
    Table table = new Table(html, runs.headline() + " on " + split + ", in percent", false);
    table.number("Train").numbers("Sentences", "Tokens", "Seeds");
    table.numbers("Mean", "Deviation", "Lowest", "Highest").body();
    for (JsonNode point : points) {
      JsonNode its = point.path(split);
      table.row().head(share(point)).value(point.path("sentences").asLong());
      table.value(point.path("tokens").asLong()).value(its.path("count").asLong());
      for (String key : List.of("mean", "deviation", "min", "max"))
        table.value(Figures.percent(Figures.score(its.path(key))));
      table.endRow();
    }
    table.end();
  }

  private static void runs(RunsPage runs, Html html) {
    Table table = new Table(html, "Scores of the runs in percent", true);
    table.text("Run").numbers("Train", "Seed", "Dev", "Test", "Best epoch", "Epochs");
    table.plain("Report").body();
    for (JsonNode point : points(runs)) {
      for (JsonNode run : point.path("runs")) {
        table.row().head(run.path("name").asText()).value(share(point));
        table.value(run.path("seed").asText());
        for (String split : List.of("dev", "test"))
          table.value(Figures.percent(Figures.score(run.path(split))));
        table.value(run.path("bestEpoch").asLong()).value(run.path("epochs").asLong());
        runs.report(table, run.path("name").asText());
        table.endRow();
      }
    }
    table.end();
  }
}
