package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.SeedScores;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A series of seeds as one page: how its runs scatter, a link to the report of each where there is one, and their training in one picture. */
public final class SeriesPage {
  /** So many seeds are needed before their scatter means much. */
  private static final int FEWEST_SEEDS = 5;

  private SeriesPage() {}

  /**
   * The page, as UTF-8 text.
   *
   * @throws SluiceException EVA-033 when the training.csv of a run cannot be understood; of kind IO when it cannot be read
   */
  public static String of(SeriesData data) {
    Page page = new Page(data.name(), "Series of " + Figures.count(data.runs().size(), "seed"));
    Html scatter = new Html(), runs = new Html();
    scatter(data, scatter);
    runs(data, runs);
    page.section("seeds", "Seeds", scatter.toString()).section("runs", "Runs", runs.toString());
    List<String> names = data.runs().stream().map(SeriesData.Run::name).toList();
    curves(data.folder(), names).ifPresent(curves -> page.section("training", "Training", curves));
    return page.footer(
            "Made by sluice "
                + data.document().path("tool").path("version").asText()
                + " from seeds.json, whose numbers are not rounded. "
                + data.document().path("signature").asText())
        .toString();
  }

  /** Writes the page to a file, whole or not at all. Its links are right when the file is in the folder of the series. */
  public static void write(SeriesData data, Path file) {
    byte[] bytes = of(data).getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(file).write(out -> out.write(bytes));
  }

  private static void scatter(SeriesData data, Html html) {
    Optional<SeedScores> dev = data.scores(SeriesData.Run::dev);
    Optional<SeedScores> test = data.scores(SeriesData.Run::test);
    String headline = Visible.of(data.document().path("headline").asText());
    Optional<SeedScores> main = test.isPresent() ? test : dev;
    main.ifPresent(
        s -> {
          html.open("p", "class", "score").element("span", headline, "class", "name").text(" ");
          html.element("strong", Figures.percent(s.mean())).text(" ");
          String of = test.isPresent() ? "mean on test" : "mean on dev";
          String scatter =
              s.count() > 1
                  ? ", sd "
                      + Figures.percent(s.deviation())
                      + ", 95 % interval of the mean "
                      + interval(s)
                  : ", one seed only";
          html.element("span", of + scatter, "class", "interval").close("p").line();
        });
    Table table = new Table(html, headline + " over seeds, in percent", false);
    table.text("Split").numbers("Seeds", "Mean", "sd", "Lowest", "Highest");
    table.number("95 % interval of the mean").body();
    dev.ifPresent(s -> row(table, "dev", s));
    test.ifPresent(s -> row(table, "test", s));
    table.end();
    html.element(
        "p",
        "sd: the standard deviation of single runs over seeds, divided by n − 1. The interval of the mean is Student's, so it takes the scores to be spread like a normal distribution.",
        "class",
        "note");
    if (data.runs().size() < FEWEST_SEEDS)
      html.element(
          "p",
          "Fewer than "
              + FEWEST_SEEDS
              + " seeds: the scatter is known roughly, and no comparison over seeds can be sure.",
          "class",
          "note");
    others(data, html);
  }

  private static String interval(SeedScores s) {
    return s.interval(Interval.LEVEL)
        .map(i -> new Range(Math.max(0, i.low()), Math.min(1, i.high())).percent())
        .orElse(Figures.UNDEFINED);
  }

  private static void row(Table table, String split, SeedScores s) {
    table.row().head(split).value(s.count());
    table.values(
        Figures.percent(s.mean()),
        Figures.percent(s.deviation()),
        Figures.percent(s.min()),
        Figures.percent(s.max()),
        interval(s));
    table.endRow();
  }

  /** All other scores, of which the document has mean and deviation. */
  private static void others(SeriesData data, Html html) {
    JsonNode summary = data.document().path("summary");
    if (summary.path("dev").isEmpty() && summary.path("test").isEmpty()) return;
    html.open("details").element("summary", "All scores over seeds");
    Table table = new Table(html, "Mean and standard deviation (sd) over seeds, in percent", false);
    table.text("Split").text("Score").numbers("Mean", "sd").body();
    for (String split : List.of("dev", "test"))
      summary
          .path(split)
          .properties()
          .forEach(
              score -> {
                table.row().head(split).user(score.getKey());
                JsonNode spread = score.getValue();
                table.values(
                    Figures.percent(Figures.score(spread.path("mean"))),
                    Figures.percent(Figures.score(spread.path("deviation"))));
                table.endRow();
              });
    table.end();
    html.close("details").line();
  }

  /** A cell with a link to the report of a run in a folder, empty where there is none. */
  static void report(Table table, Path folder, String run) {
    Html cell = table.open("class", "links");
    if (Files.isRegularFile(folder.resolve(run).resolve(HtmlReport.FILE)))
      cell.open("a", "href", link(run)).text("report of ").user(run).close();
    cell.close("td");
  }

  /** The training of runs in a folder, in one picture for each column; nothing where none has a training.csv. */
  static Optional<String> curves(Path folder, List<String> runs) {
    List<OverlaidCurves.Line> lines = new ArrayList<>();
    for (String run : runs) {
      Path training = folder.resolve(run).resolve(TrainingCsv.FILE);
      if (Files.isRegularFile(training))
        lines.add(new OverlaidCurves.Line(run, TrainingCsv.read(training)));
    }
    if (lines.isEmpty()) return Optional.empty();
    Html html = new Html();
    OverlaidCurves.write(html, lines);
    return Optional.of(html.toString());
  }

  private static void runs(SeriesData data, Html html) {
    Table table = new Table(html, "Scores of the runs in percent", true);
    table.text("Run").numbers("Seed", "Dev", "Test", "Best epoch", "Epochs").plain("Report").body();
    for (SeriesData.Run run : data.runs()) {
      table.row().head(run.name()).value(String.valueOf(run.seed()));
      table.values(Figures.percent(run.dev()), Figures.percent(run.test()));
      table.value(run.bestEpoch()).value(run.epochs());
      report(table, data.folder(), run.name());
      table.endRow();
    }
    table.end();
  }

  /** A relative link; the dot before it keeps any name from being read as a scheme. */
  static String link(String run) {
    try {
      return "./"
          + new URI(null, null, "/" + run + "/" + HtmlReport.FILE, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is quoted, whatever it holds", e);
    }
  }
}
