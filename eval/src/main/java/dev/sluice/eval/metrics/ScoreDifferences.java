package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Scores minus earlier ones, both as they stand in metrics.json; what is undefined on either side has no difference, which is null. */
final class ScoreDifferences {
  private static final List<String> COUNTS = List.of("micro", "strict");
  private static final List<String> ACCURACIES =
      List.of("tokenAccuracy", "sentenceAccuracy", "intentAccuracy");
  private static final List<String> BY_NAME = List.of("types", "intents");
  private static final List<String> MEASURES = List.of("precision", "recall", "f1");

  private ScoreDifferences() {}

  static ObjectNode of(JsonNode now, JsonNode before) {
    ObjectNode json = Json.object();
    put(json, "headline", now.at("/headline/value"), before.at("/headline/value"));
    for (String counts : COUNTS) {
      boolean both = now.path(counts).isObject() && before.path(counts).isObject();
      json.set(counts, both ? measures(now.get(counts), before.get(counts)) : null);
    }
    for (String accuracy : ACCURACIES)
      put(json, accuracy, now.path(accuracy).path("value"), before.path(accuracy).path("value"));
    for (String group : BY_NAME) {
      ObjectNode rows = json.putObject(group);
      Set<String> names = new TreeSet<>();
      now.path(group).fieldNames().forEachRemaining(names::add);
      before.path(group).fieldNames().forEachRemaining(names::add);
      for (String name : names)
        rows.set(name, measures(now.path(group).path(name), before.path(group).path(name)));
    }
    return json;
  }

  private static ObjectNode measures(JsonNode now, JsonNode before) {
    ObjectNode json = Json.object();
    for (String measure : MEASURES) put(json, measure, now.path(measure), before.path(measure));
    return json;
  }

  private static void put(ObjectNode json, String key, JsonNode now, JsonNode before) {
    Optional<BigDecimal> difference = difference(now, before);
    if (difference.isPresent()) json.put(key, difference.get().doubleValue());
    else json.putNull(key);
  }

  /** Of the decimal numbers as they are written, so that 0.9 - 0.905 is -0.005. */
  static Optional<BigDecimal> difference(JsonNode now, JsonNode before) {
    if (!now.isNumber() || !before.isNumber()) return Optional.empty();
    return Optional.of(
        BigDecimal.valueOf(now.doubleValue()).subtract(BigDecimal.valueOf(before.doubleValue())));
  }
}
