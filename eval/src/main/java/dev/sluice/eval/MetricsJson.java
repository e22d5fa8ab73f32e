package dev.sluice.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.AtomicFile;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Scores;
import dev.sluice.model.ModelFile;
import dev.sluice.model.TensorFile;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.vocabulary.LookupCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The measured numbers of a run as JSON: unrounded, without times and dates, so that the same run gives the same bytes. {@code docs/metrics-json.md}
 * describes every key.
 */
public final class MetricsJson {
  /** The name of the file in a run folder. */
  public static final String FILE = "metrics.json";

  private static final int SCHEMA_VERSION = 1;
  static final ObjectWriter WRITER =
      new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEmptySeparator(""))
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private final ObjectNode json;

  private MetricsJson(ObjectNode json) {
    this.json = json;
  }

  /**
   * The document.
   *
   * @param modelSha256 which model gave the predictions; nothing for those of another system
   * @param parts the splits or files, in the order in which they are listed
   * @param pooled the parts as one; nothing for splits, which are never mixed
   */
  public static MetricsJson of(
      Optional<String> modelSha256, List<Part> parts, Optional<Part> pooled) {
    return of(modelSha256, parts, pooled, JsonNodeFactory.instance.arrayNode());
  }

  private static MetricsJson of(
      Optional<String> modelSha256, List<Part> parts, Optional<Part> pooled, ArrayNode inputs) {
    ObjectNode json = ScoresJson.object();
    json.put("schemaVersion", SCHEMA_VERSION);
    putTool(json);
    if (modelSha256.isPresent()) json.putObject("model").put("sha256", modelSha256.get());
    else json.putNull("model");
    json.put("signature", (pooled.isPresent() ? pooled.get() : parts.get(0)).scores().signature());
    ArrayNode array = json.putArray("parts");
    for (Part part : parts) array.add(part(part));
    json.set("pooled", pooled.map(MetricsJson::part).orElse(null));
    json.set("inputs", inputs);
    return new MetricsJson(json);
  }

  /** The scores of the splits that a training run measured. */
  public static MetricsJson of(TrainingRun.Result result) {
    return of(FinishedRun.of("run", result));
  }

  /** The same of a run that is over. */
  public static MetricsJson of(FinishedRun result) {
    TensorFile file = TensorFile.read(result.model());
    var provenance = ModelFile.read(file).provenance();
    List<Part> parts = new ArrayList<>();
    parts.add(
        split(
            "dev",
            result.dev(),
            provenance.get("data.dev.sha256"),
            Optional.of(result.devLookups()),
            Optional.of(result.devCalibration())));
    result
        .test()
        .ifPresent(
            scores ->
                parts.add(
                    split(
                        "test",
                        scores,
                        provenance.get("data.test.sha256"),
                        result.testLookups(),
                        result.testCalibration())));
    return of(Optional.of(file.sha256()), parts, Optional.empty(), InputsJson.of(provenance));
  }

  private static Part split(
      String name,
      Scores scores,
      String sha256,
      Optional<LookupCounts> lookups,
      Optional<Calibrations> calibration) {
    return new Part(
        name, Optional.ofNullable(sha256), 0, java.util.Map.of(), scores, lookups, calibration);
  }

  private static ObjectNode part(Part part) {
    ObjectNode json = ScoresJson.object();
    json.put("name", part.name());
    json.put("sha256", part.sha256().orElse(null));
    json.put("sentences", part.sentences());
    json.put("unlabelled", part.unlabelled());
    json.set("skipped", ScoresJson.longs(part.skipped()));
    json.set("lookups", part.lookups().map(ScoresJson::lookups).orElse(null));
    json.set("scores", ScoresJson.of(part.scores()));
    json.set("calibration", part.calibration().map(CalibrationJson::of).orElse(null));
    return json;
  }

  static void putTool(ObjectNode json) {
    json.putObject("tool").put("name", "sluice").put("version", version());
  }

  /** The version of the library, as its jar says; "development" outside a jar. */
  private static String version() {
    String version = Scores.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The scores that a gate looks at: those of all parts pooled, else those of the last split. */
  ObjectNode decisive() {
    ArrayNode parts = json.withArray("parts");
    return (ObjectNode)
        (json.get("pooled").isNull() ? parts.get(parts.size() - 1) : json.get("pooled"))
            .get("scores");
  }

  /** Writes the document to a file, whole or not at all. */
  public void write(Path file) {
    AtomicFile.at(file).write(out -> out.write(toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The text, ending with a line feed. */
  @Override
  public String toString() {
    try {
      return WRITER.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts can always be written", e);
    }
  }
}
