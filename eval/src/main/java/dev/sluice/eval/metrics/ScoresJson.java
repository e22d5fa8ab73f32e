package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Violation;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Scores as a JSON tree: every key is always there, in one order; what is undefined is null; nothing is rounded. */
public final class ScoresJson {
  private ScoresJson() {}

  /** The scores. */
  public static ObjectNode of(Scores scores) {
    ObjectNode json = Json.object();
    json.put("kind", Json.key(scores.kind()));
    json.put("sentences", scores.sentences());
    json.put("tokens", scores.tokens());
    ObjectNode headline = json.putObject("headline").put("name", scores.headlineName());
    Json.put(headline, "value", scores.headline().value());
    CountsByType byType = scores.byType();
    json.set("micro", counts(scores, byType.micro()));
    json.set("macro", macro(scores));
    json.set("weighted", weighted(scores));
    Json.put(json, "macroF1OverGold", scores.shown(byType.macroF1OverGold()));
    boolean spans = scores.kind() == Scores.Kind.SPANS;
    json.set("strict", spans ? counts(scores, scores.strict().micro()) : null);
    json.set("boundary", spans ? counts(scores, scores.boundaries()) : null);
    json.set("slotValue", scores.slotValues().map(c -> counts(scores, c)).orElse(null));
    json.set("typeAccuracy", Json.ratio(scores.typeAccuracy()));
    json.set("tokenAccuracy", Json.ratio(scores.tokenAccuracy()));
    json.set("nonOutsideAccuracy", Json.ratio(scores.nonOutsideAccuracy()));
    json.set("knownWordAccuracy", Json.ratio(scores.knownWordAccuracy()));
    json.set("unknownWordAccuracy", Json.ratio(scores.unknownWordAccuracy()));
    json.set("sentenceAccuracy", Json.ratio(scores.sentenceAccuracy()));
    json.set("sentenceAnyMatch", Json.ratio(scores.sentenceAnyMatch()));
    json.set("intentAccuracy", Json.ratio(scores.intentAccuracy()));
    json.set("intentAnyMatch", Json.ratio(scores.intentAnyMatch()));
    json.set("intentCoverage", Json.ratio(scores.intentCoverage()));
    json.set("acceptedIntentAccuracy", Json.ratio(scores.acceptedIntentAccuracy()));
    json.set("illegalGold", illegal(scores.illegalGold()));
    json.set("illegalPredicted", illegal(scores.illegalPredicted()));
    json.set("reachable", Json.ratio(scores.reachable()));
    json.putObject("ignored")
        .put("gold", scores.ignoredGold())
        .put("predicted", scores.ignoredPredicted());
    json.set("unseenLabels", Json.longs(scores.unseenLabels()));
    json.set("unseenIntents", Json.longs(scores.unseenIntents()));
    json.set("types", byType(scores, byType));
    boolean joint = scores.kind() != Scores.Kind.SENTENCES;
    json.set("intents", byType(scores, joint ? scores.byIntent() : new CountsByType()));
    return json;
  }

  /** In which form words were found, by form. */
  public static ObjectNode lookups(LookupCounts counts) {
    ObjectNode json = Json.object();
    for (Vocabulary.Step step : Vocabulary.Step.values())
      json.put(Json.key(step), counts.count(step));
    return json;
  }

  private static ObjectNode byType(Scores scores, CountsByType counts) {
    ObjectNode json = Json.object();
    counts.rows().forEach((type, row) -> json.set(type, counts(scores, row)));
    return json;
  }

  private static ObjectNode counts(Scores scores, Counts counts) {
    ObjectNode json = Json.object();
    Json.put(json, "precision", scores.shown(counts.precision()).value());
    Json.put(json, "recall", scores.shown(counts.recall()).value());
    Json.put(json, "f1", scores.shown(counts.f1()).value());
    json.put("support", counts.gold());
    json.put("predicted", counts.predicted());
    json.put("truePositives", counts.truePositives());
    json.put("falsePositives", counts.falsePositives());
    json.put("falseNegatives", counts.falseNegatives());
    return json;
  }

  private static ObjectNode macro(Scores scores) {
    ObjectNode json = Json.object();
    Json.put(json, "precision", scores.shown(mean(scores, Counts::precision)));
    Json.put(json, "recall", scores.shown(mean(scores, Counts::recall)));
    Json.put(json, "f1", scores.shown(scores.byType().macroF1()));
    return json;
  }

  private static ObjectNode weighted(Scores scores) {
    ObjectNode json = Json.object();
    Json.put(json, "precision", scores.shown(weightedMean(scores, Counts::precision)));
    Json.put(json, "recall", scores.shown(weightedMean(scores, Counts::recall)));
    Json.put(json, "f1", scores.shown(scores.byType().weightedF1()));
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

  private static ObjectNode illegal(Map<Violation.Kind, Long> counts) {
    ObjectNode json = Json.object();
    for (Violation.Kind kind : Violation.Kind.values())
      json.put(Json.key(kind), counts.getOrDefault(kind, 0L));
    return json;
  }
}
