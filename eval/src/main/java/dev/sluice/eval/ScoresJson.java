package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.label.Violation;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Scores as a JSON tree: every key is always there, in one order; what is undefined is null; nothing is rounded. */
final class ScoresJson {
  private ScoresJson() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode of(Scores scores) {
    ObjectNode json = object();
    json.put("kind", key(scores.kind()));
    json.put("sentences", scores.sentences());
    json.put("tokens", scores.tokens());
    ObjectNode headline = json.putObject("headline").put("name", scores.headlineName());
    put(headline, "value", scores.headline().value());
    CountsByType byType = scores.byType();
    json.set("micro", counts(scores, byType.micro()));
    json.set("macro", macro(scores));
    json.set("weighted", weighted(scores));
    put(json, "macroF1OverGold", scores.shown(byType.macroF1OverGold()));
    boolean spans = scores.kind() == Scores.Kind.SPANS;
    json.set("strict", spans ? counts(scores, scores.strict().micro()) : null);
    json.set("boundary", spans ? counts(scores, scores.boundaries()) : null);
    json.set("slotValue", scores.slotValues().map(c -> counts(scores, c)).orElse(null));
    json.set("typeAccuracy", ratio(scores.typeAccuracy()));
    json.set("tokenAccuracy", ratio(scores.tokenAccuracy()));
    json.set("nonOutsideAccuracy", ratio(scores.nonOutsideAccuracy()));
    json.set("knownWordAccuracy", ratio(scores.knownWordAccuracy()));
    json.set("unknownWordAccuracy", ratio(scores.unknownWordAccuracy()));
    json.set("sentenceAccuracy", ratio(scores.sentenceAccuracy()));
    json.set("sentenceAnyMatch", ratio(scores.sentenceAnyMatch()));
    json.set("intentAccuracy", ratio(scores.intentAccuracy()));
    json.set("intentAnyMatch", ratio(scores.intentAnyMatch()));
    json.set("intentCoverage", ratio(scores.intentCoverage()));
    json.set("acceptedIntentAccuracy", ratio(scores.acceptedIntentAccuracy()));
    json.set("illegalGold", illegal(scores.illegalGold()));
    json.set("illegalPredicted", illegal(scores.illegalPredicted()));
    json.set("reachable", ratio(scores.reachable()));
    json.putObject("ignored")
        .put("gold", scores.ignoredGold())
        .put("predicted", scores.ignoredPredicted());
    json.set("unseenLabels", longs(scores.unseenLabels()));
    json.set("unseenIntents", longs(scores.unseenIntents()));
    json.set("types", byType(scores, byType));
    boolean joint = scores.kind() != Scores.Kind.SENTENCES;
    json.set("intents", byType(scores, joint ? scores.byIntent() : new CountsByType()));
    return json;
  }

  static ObjectNode longs(Map<String, Long> counts) {
    ObjectNode json = object();
    counts.forEach(json::put);
    return json;
  }

  static ObjectNode lookups(LookupCounts counts) {
    ObjectNode json = object();
    for (Vocabulary.Step step : Vocabulary.Step.values()) json.put(key(step), counts.count(step));
    return json;
  }

  private static ObjectNode byType(Scores scores, CountsByType counts) {
    ObjectNode json = object();
    counts.rows().forEach((type, row) -> json.set(type, counts(scores, row)));
    return json;
  }

  private static ObjectNode counts(Scores scores, Counts counts) {
    ObjectNode json = object();
    put(json, "precision", scores.shown(counts.precision()).value());
    put(json, "recall", scores.shown(counts.recall()).value());
    put(json, "f1", scores.shown(counts.f1()).value());
    json.put("support", counts.gold());
    json.put("predicted", counts.predicted());
    json.put("truePositives", counts.truePositives());
    json.put("falsePositives", counts.falsePositives());
    json.put("falseNegatives", counts.falseNegatives());
    return json;
  }

  private static ObjectNode macro(Scores scores) {
    ObjectNode json = object();
    put(json, "precision", scores.shown(mean(scores, Counts::precision)));
    put(json, "recall", scores.shown(mean(scores, Counts::recall)));
    put(json, "f1", scores.shown(scores.byType().macroF1()));
    return json;
  }

  private static ObjectNode weighted(Scores scores) {
    ObjectNode json = object();
    put(json, "precision", scores.shown(weightedMean(scores, Counts::precision)));
    put(json, "recall", scores.shown(weightedMean(scores, Counts::recall)));
    put(json, "f1", scores.shown(scores.byType().weightedF1()));
    return json;
  }

  /** In a mean, a score that is undefined counts 0 unless the rules say 1. */
  private static double counted(Scores scores, Ratio score) {
    return scores.shown(score).orElse(0);
  }

  private static OptionalDouble mean(Scores scores, Function<Counts, Ratio> score) {
    return scores.byType().rows().values().stream()
        .mapToDouble(row -> counted(scores, score.apply(row)))
        .average();
  }

  private static OptionalDouble weightedMean(Scores scores, Function<Counts, Ratio> score) {
    long support = scores.byType().micro().gold();
    if (support == 0) return OptionalDouble.empty();
    double sum = 0;
    for (Counts row : scores.byType().rows().values())
      sum += counted(scores, score.apply(row)) * row.gold();
    return OptionalDouble.of(sum / support);
  }

  private static ObjectNode ratio(Ratio ratio) {
    ObjectNode json = object();
    put(json, "value", ratio.value());
    return json.put("right", ratio.part()).put("of", ratio.whole());
  }

  private static ObjectNode illegal(Map<Violation.Kind, Long> counts) {
    ObjectNode json = object();
    for (Violation.Kind kind : Violation.Kind.values())
      json.put(key(kind), counts.getOrDefault(kind, 0L));
    return json;
  }

  static void put(ObjectNode json, String key, OptionalDouble value) {
    if (value.isPresent()) json.put(key, value.getAsDouble());
    else json.putNull(key);
  }

  /** A constant as a JSON key: TYPE_CHANGE becomes typeChange. */
  private static String key(Enum<?> value) {
    String[] words = value.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder key = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++)
      key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    return key.toString();
  }
}
