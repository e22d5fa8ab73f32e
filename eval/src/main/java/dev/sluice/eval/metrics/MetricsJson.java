package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.analysis.Headline;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The measured numbers of a run as JSON: scores unrounded, without times and dates, so that the same run gives the same bytes. {@code docs/metrics-json.md}
 * describes every key.
 */
public final class MetricsJson {
  /** The name of the file in a run folder. */
  public static final String FILE = "metrics.json";

  static final int SCHEMA_VERSION = 1;
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
    ObjectNode json = Json.object();
    json.put("schemaVersion", SCHEMA_VERSION);
    putTool(json);
    if (modelSha256.isPresent()) json.putObject("model").put("sha256", modelSha256.get());
    else json.putNull("model");
    json.put("signature", (pooled.isPresent() ? pooled.get() : parts.get(0)).scores().signature());
    ArrayNode array = json.putArray("parts");
    for (Part part : parts) array.add(part(part));
    json.set("pooled", pooled.map(MetricsJson::part).orElse(null));
    json.putNull("groups").putNull("baseline");
    json.set("inputs", Json.array());
    json.putNull("run").putNull("data").putNull("gates");
    return new MetricsJson(json);
  }

  /** The same document with the scores by the values of a column. */
  public MetricsJson withGroups(Grouped grouped) {
    ObjectNode groups = Json.object().put("by", grouped.by());
    ArrayNode array = groups.putArray("parts");
    for (Part part : grouped.parts()) array.add(part(part));
    json.set("groups", groups);
    return this;
  }

  /** The same document with how its scores differ from earlier ones. */
  public MetricsJson withBaseline(Baseline baseline) {
    json.set("baseline", baseline.json(json));
    return this;
  }

  /** The same document with what is known of a training run and of its data. */
  public MetricsJson withRun(ObjectNode run, ObjectNode data) {
    json.set("run", run);
    json.set("data", data);
    return this;
  }

  /** The same document with how the inputs that read files of their own fit train. */
  public MetricsJson withInputs(ArrayNode inputs) {
    json.set("inputs", inputs);
    return this;
  }

  /** The same document with what the network did over one sentence. */
  public MetricsJson withGates(ObjectNode gates) {
    json.set("gates", gates);
    return this;
  }

  private static ObjectNode part(Part part) {
    ObjectNode json = Json.object();
    json.put("name", part.name());
    json.put("sha256", part.sha256().orElse(null));
    json.put("sentences", part.sentences());
    json.put("unlabelled", part.unlabelled());
    json.set("skipped", Json.longs(part.skipped()));
    json.set("lookups", part.lookups().map(ScoresJson::lookups).orElse(null));
    json.set("scores", ScoresJson.of(part.scores()));
    json.set("calibration", part.calibration().map(CalibrationJson::of).orElse(null));
    json.set("calibrationBefore", part.calibrationBefore().map(CalibrationJson::of).orElse(null));
    ObjectNode analysis = part.analysis().map(a -> a.json(part.scores())).orElse(null);
    json.set(
        "interval",
        analysis == null ? part.headline().map(Headline::json).orElse(null) : interval(analysis));
    json.set("analysis", analysis);
    return json;
  }

  /** The interval of the headline, as parts without an analysis have it. */
  private static ObjectNode interval(JsonNode analysis) {
    JsonNode its = analysis.path("intervals").path("scores").path("headline");
    if (!its.isObject()) return null;
    ObjectNode json = its.deepCopy();
    json.set("unit", analysis.path("unit").path("kind"));
    json.set("count", analysis.path("unit").path("count"));
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

  /** The part that counts: all parts pooled, else the last split. */
  static JsonNode decisive(JsonNode document) {
    JsonNode pooled = document.path("pooled"), parts = document.path("parts");
    return pooled.isObject() ? pooled : parts.path(parts.size() - 1);
  }

  /** What a gate looks at: the scores of the part that counts, and below {@code baseline} their differences, when there are any. */
  ObjectNode gated() {
    ObjectNode gated = Json.object().setAll((ObjectNode) decisive(json).get("scores"));
    if (json.get("baseline").isObject())
      gated.set("baseline", json.get("baseline").get("differences"));
    return gated;
  }

  /** The tree. */
  public JsonNode json() {
    return json;
  }

  /** How certain the headline of the decisive part is, in a line that ends with a line feed; empty when that is not known. */
  public String certainty() {
    JsonNode interval = decisive(json).path("interval");
    if (!interval.isObject()) return "";
    return String.format(
        Locale.ROOT,
        "95 %% interval of %s: %.2f to %.2f, resampling %,d %s%s\n",
        decisive(json).path("scores").path("headline").path("name").asText(),
        100 * interval.path("low").asDouble(),
        100 * interval.path("high").asDouble(),
        interval.path("count").asLong(),
        interval.path("unit").asText(),
        interval.path("count").asLong() == 1 ? "" : "s");
  }

  /** Writes the document to a file, whole or not at all. */
  public void write(Path file) {
    Json.write(json, file);
  }

  /** The text, ending with a line feed. */
  @Override
  public String toString() {
    return Json.text(json);
  }
}
