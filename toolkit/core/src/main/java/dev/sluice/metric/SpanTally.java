package dev.sluice.metric;

import dev.sluice.label.Decoded;
import dev.sluice.label.Span;
import dev.sluice.label.Violation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts over spans: per type, per type without repaired spans, borders alone, confusion of types, illegal moves. */
final class SpanTally {
  /** Stands in the confusion for no span in this place. */
  static final String NO_SPAN = "O";

  final CountsByType byType = new CountsByType();
  final CountsByType strict = new CountsByType();
  final Confusion confusion = new Confusion();
  final Tally types = new Tally();
  final Map<Violation.Kind, Long> illegalGold = new EnumMap<>(Violation.Kind.class);
  final Map<Violation.Kind, Long> illegalPredicted = new EnumMap<>(Violation.Kind.class);
  Counts boundaries = Counts.NONE;

  /** Counts one sentence and tells whether all its spans are right. */
  boolean add(Decoded gold, Decoded predicted) {
    Counts counts = byType.addSpans(gold.spans(), predicted.spans());
    strict.addSpans(gold.wellFormed(), predicted.wellFormed());
    compareBorders(gold.spans(), predicted.spans());
    count(gold, illegalGold);
    count(predicted, illegalPredicted);
    return counts.falsePositives() == 0 && counts.falseNegatives() == 0;
  }

  /** Spans of one sentence do not overlap, so a start and an end name at most one of them. */
  private void compareBorders(List<Span> gold, List<Span> predicted) {
    Map<List<Integer>, String> found = new HashMap<>();
    for (Span span : predicted) found.put(List.of(span.start(), span.end()), span.type());
    long hits = 0;
    for (Span span : gold) {
      String type = found.remove(List.of(span.start(), span.end()));
      confusion.add(span.type(), type == null ? NO_SPAN : type);
      if (type == null) continue;
      types.add(type.equals(span.type()));
      hits++;
    }
    for (String type : found.values()) confusion.add(NO_SPAN, type);
    boundaries = boundaries.plus(new Counts(hits, predicted.size() - hits, gold.size() - hits));
  }

  private static void count(Decoded decoded, Map<Violation.Kind, Long> counts) {
    for (Violation violation : decoded.violations()) counts.merge(violation.kind(), 1L, Long::sum);
  }

  void merge(SpanTally other) {
    byType.merge(other.byType);
    strict.merge(other.strict);
    confusion.merge(other.confusion);
    types.merge(other.types);
    other.illegalGold.forEach((kind, n) -> illegalGold.merge(kind, n, Long::sum));
    other.illegalPredicted.forEach((kind, n) -> illegalPredicted.merge(kind, n, Long::sum));
    boundaries = boundaries.plus(other.boundaries);
  }
}
