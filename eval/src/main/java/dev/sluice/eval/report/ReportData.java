package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.eval.metrics.MetricsFile;
import dev.sluice.eval.metrics.MetricsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a report shows: the tree of a metrics.json, of it one part, and what may lie beside it, which is the course of training, the environment, and the metrics.json
 * of a run to compare with. Immutable; every method that adds something gives a new one.
 */
public final class ReportData {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final MetricsFile metrics;
  private final JsonNode part;
  private final List<Epoch> epochs;
  private final JsonNode environment;
  private final Optional<ReportData> baseline;
  private final List<Gate.Verdict> verdicts;

  private ReportData(
      String name,
      MetricsFile metrics,
      JsonNode part,
      List<Epoch> epochs,
      JsonNode environment,
      Optional<ReportData> baseline,
      List<Gate.Verdict> verdicts) {
    this.name = name;
    this.metrics = metrics;
    this.part = part;
    this.epochs = epochs;
    this.environment = environment;
    this.baseline = baseline;
    this.verdicts = verdicts;
  }

  /**
   * Reads a run folder or an evaluation folder with its metrics.json and, when they are there, training.csv and environment.json; or a metrics.json itself, of
   * whatever name, with the same files beside it.
   *
   * @throws SluiceException EVA-030 when there is no metrics.json, EVA-031 when it is another file, EVA-033 when one of the others cannot be understood; of kind IO
   *     when a file cannot be read
   */
  public static ReportData read(Path folderOrFile) {
    MetricsFile metrics = MetricsFile.read(folderOrFile);
    Path file =
        Files.isDirectory(folderOrFile) ? folderOrFile.resolve(MetricsJson.FILE) : folderOrFile;
    Path environment = file.resolveSibling("environment.json");
    Path training = file.resolveSibling(TrainingCsv.FILE);
    return new ReportData(
        nameOf(file),
        metrics,
        metrics.decisive(),
        Files.isRegularFile(training) ? TrainingCsv.read(training) : List.of(),
        Files.isRegularFile(environment)
            ? tree(environment, Codes.BESIDE, "environment.json")
            : MissingNode.getInstance(),
        Optional.empty(),
        List.of());
  }

  /**
   * A document that is in memory.
   *
   * @param name what the report is called, such as the name of the run
   * @param document the tree of metrics.json
   * @throws SluiceException EVA-031 when it is something else
   */
  public static ReportData of(String name, JsonNode document) {
    MetricsFile metrics = MetricsFile.of(name, document);
    return new ReportData(
        name,
        metrics,
        metrics.decisive(),
        List.of(),
        MissingNode.getInstance(),
        Optional.empty(),
        List.of());
  }

  /** Reads an object of JSON; {@code code} and {@code kind} say what was expected. */
  static JsonNode tree(Path file, String code, String kind) {
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(file));
      if (tree != null && tree.isObject()) return tree;
      throw noJson(file, code, kind, "it holds no JSON object");
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw noJson(
          file, code, kind, "it is no JSON: " + Visible.shortened(e.getOriginalMessage(), 120));
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  private static SluiceException noJson(Path file, String code, String kind, String what) {
    return SluiceException.usage(
        code,
        Location.of(file.toString()),
        what + ", expected the " + kind + " of a run or an evaluation",
        "write it once more with sluice train or sluice evaluate --out");
  }

  /** A run is called like its folder. */
  private static String nameOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    boolean usual = file.getFileName().toString().equals(MetricsJson.FILE);
    if (usual && folder != null && folder.getFileName() != null)
      return folder.getFileName().toString();
    return file.getFileName().toString();
  }

  /**
   * The same document, another part of it; a baseline is then taken by the same name too.
   *
   * @param partName a split or file as the document names it, or {@code pooled}
   * @throws SluiceException EVA-032 when there is no such part
   */
  public ReportData part(String partName) {
    return new ReportData(
        name,
        metrics,
        metrics.part(partName),
        epochs,
        environment,
        baseline.map(b -> b.partOrDecisive(partName)),
        verdicts);
  }

  private ReportData partOrDecisive(String partName) {
    return partNames().contains(partName) ? part(partName) : this;
  }

  /** The names of all parts, in their order; the last one may be {@code pooled}. */
  public List<String> partNames() {
    return List.copyOf(metrics.parts().keySet());
  }

  /**
   * The same beside another run: of that one, the part of the same name, or else its decisive one.
   *
   * @param run as {@link #read} gives it
   * @throws SluiceException EVA-034 when its scores do not mean the same
   */
  public ReportData baseline(ReportData run) {
    String here = signature(), there = run.signature();
    if (!here.equals(there))
      throw SluiceException.usage(
          Codes.SIGNATURE,
          Location.of(run.name),
          "the scores of the baseline do not mean the same: " + there + ", but these are " + here,
          "name another --baseline");
    return new ReportData(
        name,
        metrics,
        part,
        epochs,
        environment,
        Optional.of(run.partOrDecisive(partName())),
        verdicts);
  }

  /** The same with what came of gates, which the headline shows. */
  public ReportData gates(List<Gate.Verdict> outcomes) {
    return new ReportData(
        name, metrics, part, epochs, environment, baseline, List.copyOf(outcomes));
  }

  /** What the report is called: the name of the folder. */
  public String name() {
    return name;
  }

  /** The name of the part that is shown. */
  public String partName() {
    return part.path("name").asText();
  }

  JsonNode document() {
    return metrics.json();
  }

  JsonNode part() {
    return part;
  }

  JsonNode scores() {
    return part.path("scores");
  }

  JsonNode analysis() {
    return part.path("analysis");
  }

  List<Epoch> epochs() {
    return epochs;
  }

  JsonNode environment() {
    return environment;
  }

  Optional<ReportData> baseline() {
    return baseline;
  }

  List<Gate.Verdict> verdicts() {
    return verdicts;
  }

  String signature() {
    return metrics.signature();
  }

  /** Reads a resource of this package as text. */
  static String resource(String file) {
    try (var in = ReportData.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("the resource " + file + " is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
