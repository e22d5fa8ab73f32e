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
    json.set("micro", counts(byType.micro()));
    json.set("macro", macro(byType));
    json.set("weighted", weighted(byType));
    put(json, "macroF1OverGold", byType.macroF1OverGold());
    boolean spans = scores.kind() == Scores.Kind.SPANS;
    json.set("strict", spans ? counts(scores.strict().micro()) : null);
    json.set("boundary", spans ? counts(scores.boundaries()) : null);
    json.set("slotValue", scores.slotValues().map(ScoresJson::counts).orElse(null));
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
    json.set("unseenLabels", longs(scores.unseenLabels()));
    json.set("unseenIntents", longs(scores.unseenIntents()));
    json.set("types", byType(byType));
    boolean joint = scores.kind() != Scores.Kind.SENTENCES;
    json.set("intents", byType(joint ? scores.byIntent() : new CountsByType()));
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

  private static ObjectNode byType(CountsByType counts) {
    ObjectNode json = object();
    counts.rows().forEach((type, row) -> json.set(type, counts(row)));
    return json;
  }

  private static ObjectNode counts(Counts counts) {
    ObjectNode json = object();
    put(json, "precision", counts.precision().value());
    put(json, "recall", counts.recall().value());
    put(json, "f1", counts.f1().value());
    json.put("support", counts.gold());
    json.put("predicted", counts.predicted());
    json.put("truePositives", counts.truePositives());
    json.put("falsePositives", counts.falsePositives());
    json.put("falseNegatives", counts.falseNegatives());
    return json;
  }

  private static ObjectNode macro(CountsByType counts) {
    ObjectNode json = object();
    put(json, "precision", mean(counts, Counts::precision));
    put(json, "recall", mean(counts, Counts::recall));
    put(json, "f1", counts.macroF1());
    return json;
  }

  private static ObjectNode weighted(CountsByType counts) {
    ObjectNode json = object();
    put(json, "precision", weightedMean(counts, Counts::precision));
    put(json, "recall", weightedMean(counts, Counts::recall));
    put(json, "f1", counts.weightedF1());
    return json;
  }

  private static OptionalDouble mean(CountsByType counts, Function<Counts, Ratio> score) {
    return counts.rows().values().stream().mapToDouble(c -> score.apply(c).orElse(0)).average();
  }

  private static OptionalDouble weightedMean(CountsByType counts, Function<Counts, Ratio> score) {
    long support = counts.micro().gold();
    if (support == 0) return OptionalDouble.empty();
    double sum = 0;
    for (Counts row : counts.rows().values()) sum += score.apply(row).orElse(0) * row.gold();
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
