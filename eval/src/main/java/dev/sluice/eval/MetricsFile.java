package dev.sluice.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A metrics.json that was written before. */
public final class MetricsFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
   * @throws SluiceException EVA-030 when there is none, EVA-031 when it is something else
   */
  public static MetricsFile read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(MetricsJson.FILE) : path;
    if (!Files.isRegularFile(file)) {
      throw SluiceException.usage(
          Codes.NO_METRICS,
          Location.of(path.toString()),
          Files.isDirectory(path)
              ? "there is no metrics.json in the folder"
              : "there is no such file or folder, expected one with a metrics.json",
          "name the folder of a finished sluice train or of sluice evaluate --out");
    }
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      if (!isMetrics(json)) throw otherFile(file);
      return new MetricsFile(path.toString(), json);
    } catch (JsonProcessingException e) {
      throw otherFile(file);
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  private static boolean isMetrics(JsonNode json) {
    return json.path("schemaVersion").asInt() == MetricsJson.SCHEMA_VERSION
        && json.path("signature").isTextual()
        && json.path("parts").size() > 0
        && MetricsJson.decisive(json).path("scores").isObject();
  }

  private static SluiceException otherFile(Path file) {
    return SluiceException.usage(
        Codes.OTHER_FILE,
        Location.of(file.toString()),
        "this is no metrics.json of schemaVersion " + MetricsJson.SCHEMA_VERSION,
        "name one that sluice train, evaluate or score wrote");
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
