package dev.sluice.metric;

import dev.sluice.label.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts per type of spans, or per label where labels are compared by themselves, and their averages. Two of them can be merged; the order
 * of additions does not matter.
 */
public final class CountsByType {
  private static final Counts HIT = new Counts(1, 0, 0);
  private static final Counts NOISE = new Counts(0, 1, 0);
  private static final Counts MISS = new Counts(0, 0, 1);

  private final SortedMap<String, Counts> rows = new TreeMap<>();

  /**
   * Counts the spans of one sentence: a predicted span is right when a gold span has its type, start and end.
   *
   * @return what this sentence added over all types
   */
  public Counts addSpans(List<Span> gold, List<Span> predicted) {
    List<Span> expected = sorted(gold);
    List<Span> found = sorted(predicted);
    Counts total = Counts.NONE;
    int g = 0;
    int p = 0;
    while (g < expected.size() || p < found.size()) {
      int order =
          g == expected.size()
              ? 1
              : p == found.size() ? -1 : expected.get(g).compareTo(found.get(p));
      Counts one = order == 0 ? HIT : order < 0 ? MISS : NOISE;
      add(order <= 0 ? expected.get(g).type() : found.get(p).type(), one);
      total = total.plus(one);
      if (order <= 0) g++;
      if (order >= 0) p++;
    }
    return total;
  }

  private static List<Span> sorted(List<Span> spans) {
    List<Span> copy = new ArrayList<>(spans);
    Collections.sort(copy);
    return copy;
  }

  /** Counts one label: the right one is a hit, a wrong one is noise of its own type and a miss of the gold one. */
  public void addLabel(String gold, String predicted) {
    if (gold.equals(predicted)) {
      add(gold, HIT);
    } else {
      add(gold, MISS);
      add(predicted, NOISE);
    }
  }

  /** Counts a gold label for which nothing was given. */
  public void addMiss(String gold) {
    add(gold, MISS);
  }

  /** Adds what another one counted. */
  public void merge(CountsByType other) {
    other.rows.forEach(this::add);
  }

  private void add(String type, Counts counts) {
    rows.merge(type, counts, Counts::plus);
  }

  /** Every type that is gold or predicted, by name. */
  public SortedMap<String, Counts> rows() {
    return Collections.unmodifiableSortedMap(rows);
  }

  /** All types together. */
  public Counts micro() {
    return rows.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Averaged F1: the mean of the F1 of every type that is gold or predicted, where one that is only predicted counts 0. */
  public OptionalDouble macroF1() {
    return rows.values().stream().mapToDouble(counts -> counts.f1().orElse(0)).average();
  }

  /** The mean of the F1 of every type that is in the gold data. */
  public OptionalDouble macroF1OverGold() {
    return rows.values().stream()
        .filter(counts -> counts.gold() > 0)
        .mapToDouble(counts -> counts.f1().orElse(0))
        .average();
  }

  /** The mean of the F1 of every type, weighted by how often the type is in the gold data. */
  public OptionalDouble weightedF1() {
    long support = micro().gold();
    if (support == 0) return OptionalDouble.empty();
    double sum = 0;
    for (Counts counts : rows.values()) sum += counts.f1().orElse(0) * counts.gold();
    return OptionalDouble.of(sum / support);
  }
}
