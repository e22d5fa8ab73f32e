package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.Measure;
import dev.sluice.eval.statistics.Resamples;
import dev.sluice.eval.statistics.Units;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the scores may well lie: what each sentence counts, resampled; precision and recall of a type, which may have few cases, by Wilson's interval. */
final class Intervals {
  private static final long[] NOTHING =
      new long[3]; // what a sentence without spans of a type counts

  private final Scores.Kind kind;
  private final Units counts = Units.ofSpans();
  private final Units tokens = Units.ofCases();
  private final Units sentences = Units.ofCases();
  private final Units labels = Units.ofCases();
  private final SortedMap<String, Units> byType = new TreeMap<>();
  private final SortedMap<String, Counts> types = new TreeMap<>();

  Intervals(Scores.Kind kind) {
    this.kind = kind;
  }

  /**
   * Adds a sentence.
   *
   * @param itsTypes what it counts by type of span, by label of tokens or by label of the sentence, whatever is scored
   */
  void add(Judged judged, CountsByType itsTypes) {
    Counts all = itsTypes.micro();
    counts.add(all);
    itsTypes
        .rows()
        .forEach(
            (type, c) -> {
              byType.computeIfAbsent(type, t -> Units.ofSpans()).add(c);
              types.merge(type, c, Counts::plus);
            });
    judged.tags().ifPresent(tags -> tokens.add(rightTokens(tags)));
    judged.label().ifPresent(label -> labels.add(new Ratio(label.right() ? 1 : 0, 1)));
    sentences.add(new Ratio(judged.right() ? 1 : 0, 1));
  }

  private static Ratio rightTokens(Judged.Tags tags) {
    int right = 0, size = tags.pair().gold().size();
    for (int t = 0; t < size; t++)
      if (tags.pair().gold().get(t).equals(tags.pair().predicted().get(t))) right++;
    return new Ratio(right, size);
  }

  /** How many sentences were added. */
  long sentences() {
    return sentences.size();
  }

  ObjectNode json(Bootstrap bootstrap) {
    ObjectNode json = Json.object();
    json.put("level", bootstrap.level());
    json.put("resamples", bootstrap.resamples());
    json.put("seed", bootstrap.seed());
    ObjectNode scores = json.putObject("scores");
    boolean accuracy = kind != Scores.Kind.SPANS;
    Units cases = kind == Scores.Kind.LABELS ? tokens : labels;
    if (accuracy) {
      scores.set("headline", accuracy(cases, bootstrap));
    } else if (counts.size() > 0) {
      Resamples spans = bootstrap.resample(counts);
      scores.set("headline", json(spans.interval(Measure.F1)));
      scores.set("precision", json(spans.interval(Measure.PRECISION)));
      scores.set("recall", json(spans.interval(Measure.RECALL)));
    }
    scores.set("tokenAccuracy", accuracy(tokens, bootstrap));
    scores.set("sentenceAccuracy", accuracy(sentences, bootstrap));
    scores.set("intentAccuracy", accuracy(labels, bootstrap));
    ObjectNode all = json.putObject("types");
    for (Map.Entry<String, Units> type : byType.entrySet())
      all.set(type.getKey(), json(types.get(type.getKey()), type.getValue(), bootstrap));
    return json;
  }

  private ObjectNode json(Counts c, Units units, Bootstrap bootstrap) {
    ObjectNode json = Json.object();
    json.set("precision", json(Interval.wilson(c.precision(), bootstrap.level())));
    json.set("recall", json(Interval.wilson(c.recall(), bootstrap.level())));
    json.set("f1", ofF1(units, sentences(), bootstrap));
    return json;
  }

  /**
   * The interval of F1, null when there is none.
   *
   * @param some the units that count something
   * @param all how many there are with those that count nothing
   */
  static ObjectNode ofF1(Units some, long all, Bootstrap bootstrap) {
    if (all > some.size()) some.add(NOTHING, all - some.size());
    return all == 0 ? null : json(bootstrap.resample(some).interval(Measure.F1));
  }

  private static ObjectNode accuracy(Units cases, Bootstrap bootstrap) {
    return cases.size() == 0 ? null : json(bootstrap.resample(cases).interval(Measure.ACCURACY));
  }

  /** An interval, null when there is none. */
  static ObjectNode json(Optional<Interval> interval) {
    if (interval.isEmpty()) return null;
    ObjectNode json = Json.object();
    json.put("low", interval.get().low()).put("high", interval.get().high());
    return json.put("undefined", interval.get().undefined());
  }
}
