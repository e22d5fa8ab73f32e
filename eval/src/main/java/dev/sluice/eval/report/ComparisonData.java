package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.MetricsJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison page shows: the tree that {@link dev.sluice.eval.compare.Comparison} gives, and of each system what may lie in its folder, which is the course of
 * its training and its settings. Immutable.
 */
public final class ComparisonData {
  private final JsonNode json;
  private final List<JsonNode> systems = new ArrayList<>();
  private final List<JsonNode> pairs = new ArrayList<>();
  private final List<Beside> beside;

  /**
   * What lies in the folder of a system.
   *
   * @param run the name of the run of a series that it is taken from, empty for a single run
   * @param epochs its training, none when there is no training.csv
   * @param settings its settings by their path, such as {@code encoder.hidden}; nothing when no config was recorded, as of an evaluation
   */
  record Beside(String run, List<Epoch> epochs, Optional<Map<String, String>> settings) {
    static final Beside NOTHING = new Beside("", List.of(), Optional.empty());
  }

  private ComparisonData(JsonNode json, List<Beside> beside) {
    this.json = json;
    this.beside = beside;
    json.path("systems").forEach(systems::add);
    json.path("pairs").forEach(pairs::add);
  }

  /** A comparison alone, without curves and settings. */
  public static ComparisonData of(JsonNode comparison) {
    List<Beside> nothing = new ArrayList<>();
    for (int i = 0; i < comparison.path("systems").size(); i++) nothing.add(Beside.NOTHING);
    return new ComparisonData(comparison, nothing);
  }

  /**
   * A comparison with the training.csv and the settings that stand in the folders it names; of a series those of its first run.
   *
   * @throws SluiceException EVA-031 or EVA-033 when one of these files cannot be understood; of kind IO when it cannot be read
   */
  public static ComparisonData read(JsonNode comparison) {
    List<Beside> beside = new ArrayList<>();
    for (JsonNode system : comparison.path("systems"))
      beside.add(beside(Path.of(system.path("folder").asText())));
    return new ComparisonData(comparison, beside);
  }

  private static Beside beside(Path folder) {
    String run = "";
    if (SeriesData.isSeries(folder)) run = SeriesData.read(folder).runs().get(0).name();
    Path of = folder.resolve(run);
    Path training = of.resolve(TrainingCsv.FILE), metrics = of.resolve(MetricsJson.FILE);
    JsonNode config =
        Files.isRegularFile(metrics)
            ? ReportData.tree(metrics, Codes.NO_DOCUMENT, MetricsJson.FILE).at("/run/config")
            : MissingNode.getInstance();
    return new Beside(
        run,
        Files.isRegularFile(training) ? TrainingCsv.read(training) : List.of(),
        Optional.of(FlatConfig.of(config.asText(""))).filter(settings -> !settings.isEmpty()));
  }

  JsonNode json() {
    return json;
  }

  /** The systems, the baseline first. */
  List<JsonNode> systems() {
    return systems;
  }

  /** The name of a system. */
  String name(int system) {
    return systems.get(system).path("name").asText();
  }

  /** The name of the headline score. */
  String headline() {
    return Visible.of(systems.get(0).path("headline").path("name").asText());
  }

  /** All pairs. */
  List<JsonNode> pairs() {
    return pairs;
  }

  /** The pair of two systems, the one that was named before as the first: those of system 0 come first, then those of system 1, and so on. */
  JsonNode pair(int first, int second) {
    int n = systems.size();
    return pairs.get(first * n - first * (first + 1) / 2 + second - first - 1);
  }

  /** What lies in the folder of a system. */
  Beside beside(int system) {
    return beside.get(system);
  }

  /** Whether spans were scored, which alone have precision and recall. */
  boolean isSpans() {
    return json.path("kind").asText().equals("spans");
  }
}
