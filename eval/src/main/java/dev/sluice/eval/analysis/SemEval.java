package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Span;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measures of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013): what counts as correct differs by what is looked at.
 * <pre>
 *   POSSIBLE = COR + INC + PAR + MIS      ACTUAL = COR + INC + PAR + SPU
 *   precision = (COR + PAR / 2) / ACTUAL  recall = (COR + PAR / 2) / POSSIBLE
 * </pre>
 * The half for what is partly right is part of {@link Measure#PARTIAL} alone: no other measure has PAR. Counts of many sentences are added up before anything is divided.
 */
final class SemEval {
  /** What is looked at. */
  enum Measure {
    /** Borders and type. */
    STRICT,
    /** Borders alone. */
    EXACT,
    /** Borders alone, an overlap being half right. */
    PARTIAL,
    /** The type alone, of spans that overlap. */
    TYPE;

    String key() {
      return Json.key(this);
    }
  }

  /** What can become of a span. */
  enum Outcome {
    /** Right. */
    CORRECT,
    /** Wrong. */
    INCORRECT,
    /** Half right. */
    PARTIAL,
    /** A gold span without a partner. */
    MISSING,
    /** A predicted span without a partner. */
    SPURIOUS
  }

  private final Map<Measure, long[]> all = table();
  private final SortedMap<String, Map<Measure, long[]>> byType = new TreeMap<>();

  private static Map<Measure, long[]> table() {
    Map<Measure, long[]> counts = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) counts.put(measure, new long[Outcome.values().length]);
    return counts;
  }

  /** Adds a sentence whose spans were paired; by type it counts under the gold type, without a partner under its own. */
  void add(List<Span> gold, List<Span> predicted, List<SpanMatching.Pair> pairs) {
    for (SpanMatching.Pair pair : pairs) {
      Span g = pair.gold() < 0 ? null : gold.get(pair.gold());
      Span p = pair.predicted() < 0 ? null : predicted.get(pair.predicted());
      Map<Measure, long[]> its =
          byType.computeIfAbsent(g == null ? p.type() : g.type(), t -> table());
      for (Measure measure : Measure.values()) {
        int outcome = outcome(measure, g, p).ordinal();
        all.get(measure)[outcome]++;
        its.get(measure)[outcome]++;
      }
    }
  }

  /** Adds a gold span that nothing could have found. */
  void addMissing(String type) {
    Map<Measure, long[]> its = byType.computeIfAbsent(type, t -> table());
    for (Measure measure : Measure.values()) {
      all.get(measure)[Outcome.MISSING.ordinal()]++;
      its.get(measure)[Outcome.MISSING.ordinal()]++;
    }
  }

  private static Outcome outcome(Measure measure, Span g, Span p) {
    if (p == null) return Outcome.MISSING;
    if (g == null) return Outcome.SPURIOUS;
    boolean borders = g.start() == p.start() && g.end() == p.end();
    boolean type = g.type().equals(p.type());
    return switch (measure) {
      case STRICT -> borders && type ? Outcome.CORRECT : Outcome.INCORRECT;
      case EXACT -> borders ? Outcome.CORRECT : Outcome.INCORRECT;
      case PARTIAL -> borders ? Outcome.CORRECT : Outcome.PARTIAL;
      case TYPE -> type ? Outcome.CORRECT : Outcome.INCORRECT;
    };
  }

  /** How often something became of a span. */
  long count(Measure measure, Outcome outcome) {
    return all.get(measure)[outcome.ordinal()];
  }

  /** Whether another pairing gave the same counts. */
  boolean sameAs(SemEval other) {
    return json().equals(other.json()) && typesJson().equals(other.typesJson());
  }

  /** An object for each measure. */
  ObjectNode json() {
    return json(all);
  }

  /** The same for each type. */
  ObjectNode typesJson() {
    ObjectNode json = Json.object();
    byType.forEach((type, counts) -> json.set(type, json(counts)));
    return json;
  }

  private static ObjectNode json(Map<Measure, long[]> counts) {
    ObjectNode json = Json.object();
    counts.forEach((measure, n) -> json.set(measure.key(), json(n)));
    return json;
  }

  private static ObjectNode json(long[] n) {
    ObjectNode json = Json.object();
    for (Outcome outcome : Outcome.values()) json.put(Json.key(outcome), n[outcome.ordinal()]);
    long both = n[0] + n[1] + n[2];
    long possible = both + n[Outcome.MISSING.ordinal()];
    long actual = both + n[Outcome.SPURIOUS.ordinal()];
    json.put("possible", possible).put("actual", actual);
    double right = n[0] + n[2] / 2.0;
    Json.put(json, "precision", share(right, actual));
    Json.put(json, "recall", share(right, possible));
    Json.put(json, "f1", share(2 * right, possible + actual));
    return json;
  }

  private static OptionalDouble share(double part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}
