package dev.sluice.eval;

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
final class ScoresJson {
  private ScoresJson() {}

  static ObjectNode of(Scores scores) {
    ObjectNode json = Json.object();
    json.put("kind", Json.key(scores.kind()));
    json.put("sentences", scores.sentences());
    json.put("tokens", scores.tokens());
    ObjectNode headline = json.putObject("headline").put("name", scores.headlineName());
    Json.put(headline, "value", scores.headline().value());
    CountsByType byType = scores.byType();
    json.set("micro", Json.counts(byType.micro()));
    json.set("macro", macro(byType));
    json.set("weighted", weighted(byType));
    Json.put(json, "macroF1OverGold", byType.macroF1OverGold());
    boolean spans = scores.kind() == Scores.Kind.SPANS;
    json.set("strict", spans ? Json.counts(scores.strict().micro()) : null);
    json.set("boundary", spans ? Json.counts(scores.boundaries()) : null);
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
    json.set("unseenLabels", Json.longs(scores.unseenLabels()));
    json.set("unseenIntents", Json.longs(scores.unseenIntents()));
    json.set("types", byType(byType));
    boolean joint = scores.kind() != Scores.Kind.SENTENCES;
    json.set("intents", byType(joint ? scores.byIntent() : new CountsByType()));
    return json;
  }

  static ObjectNode lookups(LookupCounts counts) {
    ObjectNode json = Json.object();
    for (Vocabulary.Step step : Vocabulary.Step.values())
      json.put(Json.key(step), counts.count(step));
    return json;
  }

  private static ObjectNode byType(CountsByType counts) {
    ObjectNode json = Json.object();
    counts.rows().forEach((type, row) -> json.set(type, Json.counts(row)));
    return json;
  }

  private static ObjectNode macro(CountsByType counts) {
    ObjectNode json = Json.object();
    Json.put(json, "precision", mean(counts, Counts::precision));
    Json.put(json, "recall", mean(counts, Counts::recall));
    Json.put(json, "f1", counts.macroF1());
    return json;
  }

  private static ObjectNode weighted(CountsByType counts) {
    ObjectNode json = Json.object();
    Json.put(json, "precision", weightedMean(counts, Counts::precision));
    Json.put(json, "recall", weightedMean(counts, Counts::recall));
    Json.put(json, "f1", counts.weightedF1());
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

  private static ObjectNode illegal(Map<Violation.Kind, Long> counts) {
    ObjectNode json = Json.object();
    for (Violation.Kind kind : Violation.Kind.values())
      json.put(Json.key(kind), counts.getOrDefault(kind, 0L));
    return json;
  }
}
