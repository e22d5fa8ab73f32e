package dev.sluice.metric;

import dev.sluice.label.Span;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of the gold spans a list of known phrases, such as a gazetteer, covers: a gold span is covered when a match has the same first
 * and last token, whatever the types, since a list need not call things as the labels do. The order of
 * additions does not matter.
 */
public final class SpanCoverage {
  private final SortedMap<String, Counts> byType = new TreeMap<>();

  /**
   * Counts one sentence.
   *
   * @param gold its gold spans
   * @param found the matches in it
   */
  public void add(List<Span> gold, List<Span> found) {
    Set<Long> borders = new HashSet<>();
    for (Span match : found) borders.add(borders(match));
    for (Span span : gold) {
      boolean covered = borders.contains(borders(span));
      Counts one = covered ? new Counts(1, 0, 0) : new Counts(0, 0, 1);
      byType.merge(span.type(), one, Counts::plus);
    }
  }

  private static long borders(Span span) {
    return (long) span.start() << Integer.SIZE | span.end();
  }

  /** The share of gold spans that coincide with a match. */
  public Ratio covered() {
    return byType.values().stream().reduce(Counts.NONE, Counts::plus).recall();
  }

  /** The share of the gold spans of each type that coincide with a match, by type. */
  public SortedMap<String, Ratio> coveredByType() {
    SortedMap<String, Ratio> shares = new TreeMap<>();
    byType.forEach((type, counts) -> shares.put(type, counts.recall()));
    return Collections.unmodifiableSortedMap(shares);
  }
}
