package dev.sluice.eval.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.TransducerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A metrics.json that was written before. */
public final class MetricsFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Tasks whose runs have no scores of labels. */
  private static final Set<String> OF_THEIR_OWN = Set.of(SymbolModel.TASK, TransducerModel.TASK);

  private final String name;
  private final JsonNode json;

  private MetricsFile(String name, JsonNode json) {
    this.name = name;
    this.json = json;
  }

  /**
   * Reads one.
   *
   * @param path the file, or the folder of a run or of an evaluation in which it lies
   * @throws SluiceException EVA-030 when there is none or a series of runs, EVA-031 when it is something else
   */
  public static MetricsFile read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(MetricsJson.FILE) : path;
    if (!Files.isRegularFile(file)) {
      Optional<SeriesFile.Kind> series = SeriesFile.kindOf(path);
      if (series.isPresent()) throw SeriesFile.read(path, series.get()).notOneRun();
      throw SluiceException.usage(
          Codes.NO_METRICS,
          Location.of(path.toString()),
          Files.isDirectory(path)
              ? "there is no metrics.json in the folder"
              : "there is no such file or folder, expected one with a metrics.json",
          "name the folder of a finished sluice train or of sluice evaluate --out");
    }
    try {
      return of(path.toString(), file.toString(), MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      Location where =
          new Location(file.toString(), e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw otherFile(where, "it is no JSON");
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  /**
   * A document that is in memory.
   *
   * @param name what it is called
   * @throws SluiceException EVA-031 when it is something else
   */
  public static MetricsFile of(String name, JsonNode json) {
    return of(name, name, json);
  }

  private static MetricsFile of(String name, String where, JsonNode json) {
    String wrong = null;
    int version = MetricsJson.SCHEMA_VERSION;
    if (json == null || !json.isObject()) wrong = "it holds no JSON object";
    else if (!json.path("schemaVersion").isNumber()) wrong = "it has no schemaVersion";
    else if (json.get("schemaVersion").asInt() != version)
      wrong = "its schemaVersion is " + json.get("schemaVersion").asText();
    else if (OF_THEIR_OWN.contains(json.path("task").asText()))
      wrong = "a run of task " + json.path("task").asText() + " has scores of its own";
    else if (!MetricsJson.decisive(json).path("scores").isObject())
      wrong = "it has no parts with scores";
    else if (!json.path("signature").isTextual()) wrong = "it has no signature";
    else wrong = MetricsShape.problem(json).orElse(null);
    if (wrong != null) throw otherFile(Location.of(where), wrong);
    return new MetricsFile(name, json);
  }

  private static SluiceException otherFile(Location where, String what) {
    return SluiceException.usage(
        Codes.OTHER_FILE,
        where,
        what + ", expected a metrics.json of schemaVersion " + MetricsJson.SCHEMA_VERSION,
        "name one that this version of sluice train, evaluate or score wrote");
  }

  /** The file or folder as it was named. */
  public String name() {
    return name;
  }

  /** The choices behind the scores. */
  public String signature() {
    return json.get("signature").asText();
  }

  /** The whole document. */
  public JsonNode json() {
    return json;
  }

  /** The splits or files by name, and what was pooled as {@code pooled}. */
  public Map<String, JsonNode> parts() {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    for (JsonNode part : json.get("parts")) parts.put(part.path("name").asText(), part);
    if (json.path("pooled").isObject()) parts.put(Part.POOLED, json.get("pooled"));
    return parts;
  }

  /** The part that counts: what was pooled, else the last split. */
  public JsonNode decisive() {
    return MetricsJson.decisive(json);
  }

  /** Its name among the parts. */
  public String decisiveName() {
    return json.path("pooled").isObject() ? Part.POOLED : decisive().path("name").asText();
  }

  /**
   * A part.
   *
   * @throws SluiceException EVA-032 when there is none of the name
   */
  public JsonNode part(String wanted) {
    JsonNode part = parts().get(wanted);
    if (part != null) return part;
    throw SluiceException.usage(
        Codes.NO_PART,
        Location.of(name),
        "there is no part \"" + wanted + "\"",
        "name one of " + String.join(", ", parts().keySet()));
  }
}
