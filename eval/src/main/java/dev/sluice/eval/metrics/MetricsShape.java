package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.eval.json.Json;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what stands in a metrics.json is of the kind that it is in those that are written here, and whether that is there on which all else rests. Scores of
 * nothing show which kind is right.
 */
final class MetricsShape {
  private static final List<String> REQUIRED =
      List.of(
          "/sentences",
          "/headline/name",
          "/headline/value",
          "/micro/truePositives",
          "/micro/falsePositives",
          "/micro/falseNegatives",
          "/types");

  private static final List<String> COUNTS =
      List.of("/truePositives", "/falsePositives", "/falseNegatives");

  private static final Map<String, JsonNodeType> OF_PART =
      Map.of(
          "sentences", JsonNodeType.NUMBER,
          "unlabelled", JsonNodeType.NUMBER,
          "skipped", JsonNodeType.OBJECT,
          "lookups", JsonNodeType.OBJECT,
          "calibration", JsonNodeType.OBJECT,
          "calibrationBefore", JsonNodeType.OBJECT,
          "analysis", JsonNodeType.OBJECT);

  private static final Map<String, JsonNodeType> OF_DOCUMENT =
      Map.of(
          "tool", JsonNodeType.OBJECT,
          "model", JsonNodeType.OBJECT,
          "groups", JsonNodeType.OBJECT,
          "baseline", JsonNodeType.OBJECT,
          "inputs", JsonNodeType.ARRAY,
          "run", JsonNodeType.OBJECT,
          "data", JsonNodeType.OBJECT,
          "gates", JsonNodeType.OBJECT);

  private MetricsShape() {}

  /**
   * The first thing that is wrong.
   *
   * @param document an object
   * @return such as {@code parts.0.scores.micro is a text, expected an object}; empty when all is well
   */
  static Optional<String> problem(JsonNode document) {
    Optional<String> found = kinds(document, "", OF_DOCUMENT);
    if (found.isPresent()) return found;
    JsonNode parts = document.path("parts"), pooled = document.path("pooled");
    if (!parts.isArray()) return Optional.of(wrong("parts", parts, JsonNodeType.ARRAY));
    if (!pooled.isObject() && !pooled.isNull() && !pooled.isMissingNode())
      return Optional.of(wrong("pooled", pooled, JsonNodeType.OBJECT));
    for (int i = 0; i < parts.size() && found.isEmpty(); i++)
      found = part(parts.get(i), "parts." + i);
    if (found.isEmpty() && pooled.isObject()) found = part(pooled, "pooled");
    return found;
  }

  private static Optional<String> part(JsonNode part, String path) {
    if (!part.isObject()) return Optional.of(wrong(path, part, JsonNodeType.OBJECT));
    JsonNode name = part.path("name"), scores = part.path("scores");
    if (!name.isTextual()) return Optional.of(wrong(path + ".name", name, JsonNodeType.STRING));
    Optional<String> found = kinds(part, path + ".", OF_PART);
    if (found.isPresent()) return found;
    String below = path + ".scores";
    if (!scores.isObject()) return Optional.of(wrong(below, scores, JsonNodeType.OBJECT));
    Scores none = nothing(scores.path("kind").asText());
    if (none == null)
      return Optional.of(
          below
              + ".kind is "
              + shown(scores.path("kind"))
              + ", expected spans, labels or sentences");
    JsonNode usual = ScoresJson.of(none);
    found = required(scores, below, REQUIRED).or(() -> differs(scores, usual, below));
    if (found.isPresent()) return found;
    for (String group : List.of("types", "intents")) {
      for (Map.Entry<String, JsonNode> row : scores.path(group).properties()) {
        String place = below + "." + group + "." + row.getKey();
        JsonNode counts = row.getValue();
        if (!counts.isObject()) return Optional.of(wrong(place, counts, JsonNodeType.OBJECT));
        found =
            required(counts, place, COUNTS).or(() -> differs(counts, usual.get("micro"), place));
        if (found.isPresent()) return found;
      }
    }
    return Optional.empty();
  }

  private static Scores nothing(String kind) {
    Reading bio = Reading.of(TagScheme.BIO);
    for (Scores none : List.of(Scores.ofSpans(bio, bio), Scores.ofLabels(), Scores.ofSentences()))
      if (Json.key(none.kind()).equals(kind)) return none;
    return null;
  }

  private static Optional<String> required(JsonNode json, String path, List<String> pointers) {
    for (String pointer : pointers)
      if (json.at(pointer).isMissingNode())
        return Optional.of(path + pointer.replace('/', '.') + " is missing");
    return Optional.empty();
  }

  private static Optional<String> kinds(
      JsonNode json, String path, Map<String, JsonNodeType> expected) {
    for (Map.Entry<String, JsonNodeType> key : expected.entrySet()) {
      JsonNode found = json.path(key.getKey());
      if (found.isMissingNode() || found.isNull() || found.getNodeType() == key.getValue())
        continue;
      return Optional.of(wrong(path + key.getKey(), found, key.getValue()));
    }
    return Optional.empty();
  }

  /** What is there is of the kind that is usual; a score that is undefined is null. */
  private static Optional<String> differs(JsonNode found, JsonNode usual, String path) {
    for (Map.Entry<String, JsonNode> key : usual.properties()) {
      JsonNode here = found.path(key.getKey()), there = key.getValue();
      String place = path + "." + key.getKey();
      if (here.isMissingNode()) continue;
      if (there.isObject() && here.isObject()) {
        Optional<String> below = differs(here, there, place);
        if (below.isPresent()) return below;
      } else if (!alike(here, there)) {
        JsonNodeType type = there.isNull() ? JsonNodeType.NUMBER : there.getNodeType();
        return Optional.of(wrong(place, here, type));
      }
    }
    return Optional.empty();
  }

  private static boolean alike(JsonNode here, JsonNode there) {
    if (here.isNull()) return !there.isTextual();
    if (there.isNull()) return here.isNumber() || here.isObject();
    return here.getNodeType() == there.getNodeType();
  }

  private static String wrong(String path, JsonNode found, JsonNodeType expected) {
    if (found.isMissingNode()) return path + " is missing";
    return path + " is " + shown(found) + ", expected " + named(expected);
  }

  private static String shown(JsonNode found) {
    return found.isMissingNode() ? "missing" : named(found.getNodeType());
  }

  private static String named(JsonNodeType type) {
    return switch (type) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a truth value";
      default -> "null";
    };
  }
}
