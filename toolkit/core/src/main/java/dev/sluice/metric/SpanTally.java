package dev.sluice.metric;

import dev.sluice.label.Decoded;
import dev.sluice.label.Span;
import dev.sluice.label.Violation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

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
  final ValueTally values = new ValueTally();
  Counts boundaries = Counts.NONE;
  long unreachable;
  long ignoredGold;
  long ignoredPredicted;
  final SortedSet<String> ignoredTypes = new TreeSet<>();

  /** Counts the spans of some types, which are left out. */
  void countIgnored(Decoded gold, Decoded predicted, Set<String> types) {
    if (types.isEmpty()) return;
    ignoredGold += ignored(gold, types);
    ignoredPredicted += ignored(predicted, types);
  }

  private long ignored(Decoded decoded, Set<String> types) {
    List<String> found = decoded.spans().stream().map(Span::type).filter(types::contains).toList();
    ignoredTypes.addAll(found);
    return found.size();
  }

  /** Counts one sentence and tells whether all its spans are right; words may be empty. */
  boolean add(List<String> words, Decoded gold, Decoded predicted) {
    values.add(words, gold.spans(), predicted.spans());
    return compare(gold, predicted);
  }

  /** The same with spans by characters of a text. */
  boolean add(String characters, Decoded gold, Decoded predicted) {
    values.add(
        span -> characters.substring(span.start(), span.end()), gold.spans(), predicted.spans());
    return compare(gold, predicted);
  }

  /** Counts a gold span that no tags can spell: a miss, whatever was predicted. */
  void addUnreachable(String type) {
    unreachable++;
    byType.addMiss(type);
    strict.addMiss(type);
    values.addMiss();
    confusion.add(type, NO_SPAN);
    boundaries = boundaries.plus(new Counts(0, 0, 1));
  }

  private boolean compare(Decoded gold, Decoded predicted) {
    Counts counts = byType.addSpans(gold.spans(), predicted.spans());
    strict.addSpans(gold.wellFormed(), predicted.wellFormed());
    compareBorders(gold.spans(), predicted.spans());
    count(gold, illegalGold);
    count(predicted, illegalPredicted);
    return counts.falsePositives() == 0 && counts.falseNegatives() == 0;
  }

  /** Goes through both lists at once: decoded spans stand in order and do not overlap. */
  private void compareBorders(List<Span> gold, List<Span> predicted) {
    long hits = 0;
    int g = 0;
    int p = 0;
    while (g < gold.size() || p < predicted.size()) {
      int order =
          g == gold.size()
              ? 1
              : p == predicted.size() ? -1 : byBorders(gold.get(g), predicted.get(p));
      String expected = order <= 0 ? gold.get(g++).type() : NO_SPAN;
      String found = order >= 0 ? predicted.get(p++).type() : NO_SPAN;
      confusion.add(expected, found);
      if (order != 0) continue;
      types.add(expected.equals(found));
      hits++;
    }
    boundaries = boundaries.plus(new Counts(hits, predicted.size() - hits, gold.size() - hits));
  }

  private static int byBorders(Span one, Span other) {
    int byStart = Integer.compare(one.start(), other.start());
    return byStart != 0 ? byStart : Integer.compare(one.end(), other.end());
  }

  private static void count(Decoded decoded, Map<Violation.Kind, Long> counts) {
    for (Violation violation : decoded.violations()) counts.merge(violation.kind(), 1L, Long::sum);
  }

  void merge(SpanTally other) {
    byType.merge(other.byType);
    strict.merge(other.strict);
    values.merge(other.values);
    confusion.merge(other.confusion);
    types.merge(other.types);
    other.illegalGold.forEach((kind, n) -> illegalGold.merge(kind, n, Long::sum));
    other.illegalPredicted.forEach((kind, n) -> illegalPredicted.merge(kind, n, Long::sum));
    boundaries = boundaries.plus(other.boundaries);
    unreachable += other.unreachable;
    ignoredGold += other.ignoredGold;
    ignoredPredicted += other.ignoredPredicted;
    ignoredTypes.addAll(other.ignoredTypes);
  }
}
