package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.pipeline.CurveRuns;
import dev.sluice.pipeline.FoldRuns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cross-validation or a learning curve as one page, from the folds.json or learning-curve.json of its folder. Immutable. */
public final class RunsPage {
  private static final int SCHEMA_VERSION = 1;

  private final Path folder;
  private final String file;
  private final JsonNode document;

  private RunsPage(Path folder, String file, JsonNode document) {
    this.folder = folder;
    this.file = file;
    this.document = document;
  }

  /** The name of the file in a folder that such a page is made from; nothing when there is none, or when the folder has numbers of its own. */
  public static Optional<String> fileIn(Path folder) {
    if (Files.exists(folder.resolve(MetricsJson.FILE))) return Optional.empty();
    return List.of(FoldRuns.FILE, CurveRuns.FILE).stream()
        .filter(name -> Files.isRegularFile(folder.resolve(name)))
        .findFirst();
  }

  /**
   * Reads the file of a folder.
   *
   * @throws SluiceException EVA-031 when it is something else, or there is none; of kind IO when it cannot be read
   */
  public static RunsPage read(Path folder) {
    String name = fileIn(folder).orElse(FoldRuns.FILE);
    Path file = folder.resolve(name);
    JsonNode document = ReportData.tree(file, Codes.NO_DOCUMENT, name);
    boolean known = document.path("schemaVersion").asInt() == SCHEMA_VERSION;
    boolean any = !document.path("runs").isEmpty() || !document.path("points").isEmpty();
    if (known && any) return new RunsPage(folder, name, document);
    throw SluiceException.usage(
        Codes.NO_DOCUMENT,
        Location.of(file.toString()),
        "it names no runs, expected a " + name + " of schemaVersion " + SCHEMA_VERSION,
        "name the folder of a finished sluice train --folds or --learning-curve of this version");
  }

  /**
   * The page, as UTF-8 text.
   *
   * @throws SluiceException EVA-033 when the training.csv of a run cannot be understood; of kind IO when it cannot be read
   */
  @Override
  public String toString() {
    boolean folds = file.equals(FoldRuns.FILE);
    Page page =
        new Page(name(), folds ? "Cross-validation" : "Learning curve")
            .footer(
                "Made by sluice "
                    + document.path("tool").path("version").asText()
                    + " from "
                    + file
                    + ", whose numbers are not rounded. "
                    + document.path("signature").asText());
    if (folds) FoldsSections.write(this, page);
    else CurveSections.write(this, page);
    return page.toString();
  }

  /** Writes the page to a file, whole or not at all. Its links are right when the file is in the folder of the runs. */
  public void write(Path to) {
    byte[] bytes = toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(to).write(out -> out.write(bytes));
  }

  /** The name of the folder. */
  String name() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  JsonNode document() {
    return document;
  }

  /** What the score is called. */
  String headline() {
    return Visible.of(document.path("headline").asText());
  }

  /** Whether a file stands in the folder. */
  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /** A cell with a link to the report of a run, empty where there is none. */
  void report(Table table, String run) {
    Html cell = table.open("class", "links");
    if (has(run + "/" + HtmlReport.FILE))
      cell.open("a", "href", SeriesPage.link(run)).text("report of ").user(run).close();
    cell.close("td");
  }

  /** The training of runs in one picture for each column; nothing where none has a training.csv. */
  Optional<String> curves(List<String> runs) {
    List<OverlaidCurves.Line> lines = new ArrayList<>();
    for (String run : runs)
      if (has(run + "/" + TrainingCsv.FILE))
        lines.add(
            new OverlaidCurves.Line(
                run, TrainingCsv.read(folder.resolve(run).resolve(TrainingCsv.FILE))));
    if (lines.isEmpty()) return Optional.empty();
    Html html = new Html();
    OverlaidCurves.write(html, lines);
    return Optional.of(html.toString());
  }

  /** The one number of the page, large. */
  void score(Html html, String percent, String what) {
    html.open("p", "class", "score").element("span", headline(), "class", "name").text(" ");
    html.element("strong", percent).text(" ");
    html.element("span", what, "class", "interval").close("p").line();
  }
}
