package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.metrics.SeriesFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A cross-validation or a learning curve as one page, from the folds.json or learning-curve.json of its folder. Immutable. */
public final class RunsPage {
  private final SeriesFile file;

  private RunsPage(SeriesFile file) {
    this.file = file;
  }

  /**
   * Reads the file of a folder.
   *
   * @throws SluiceException EVA-031 when it is something else, or there is none; of kind IO when it cannot be read
   */
  public static RunsPage read(Path folder) {
    SeriesFile.Kind kind = SeriesFile.kindOf(folder).orElse(SeriesFile.Kind.FOLDS);
    return new RunsPage(SeriesFile.read(folder, kind));
  }

  /**
   * The page, as UTF-8 text.
   *
   * @throws SluiceException EVA-033 when the training.csv of a run cannot be understood; of kind IO when it cannot be read
   */
  @Override
  public String toString() {
    boolean folds = file.kind() == SeriesFile.Kind.FOLDS;
    Page page =
        new Page(name(), folds ? "Cross-validation" : "Learning curve")
            .footer(
                "Made by sluice "
                    + document().path("tool").path("version").asText()
                    + " from "
                    + file.kind().file()
                    + ", whose numbers are not rounded. "
                    + document().path("signature").asText());
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
    return file.name();
  }

  JsonNode document() {
    return file.json();
  }

  /** What the score is called. */
  String headline() {
    return Visible.of(document().path("headline").asText());
  }

  /** Whether a file stands in the folder. */
  boolean has(String name) {
    return Files.isRegularFile(file.folder().resolve(name));
  }

  /** A cell with a link to the report of a run, empty where there is none. */
  void report(Table table, String run) {
    SeriesPage.report(table, file.folder(), run);
  }

  /** The training of runs in one picture for each column; nothing where none has a training.csv. */
  Optional<String> curves(List<String> runs) {
    return SeriesPage.curves(file.folder(), runs);
  }

  /** The one number of the page, large. */
  void score(Html html, String percent, String what) {
    html.open("p", "class", "score").element("span", headline(), "class", "name").text(" ");
    html.element("strong", percent).text(" ");
    html.element("span", what, "class", "interval").close("p").line();
  }
}
