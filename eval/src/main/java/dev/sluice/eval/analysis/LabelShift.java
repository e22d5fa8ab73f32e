package dev.sluice.eval.analysis;

import dev.sluice.pipeline.SplitFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the shares of labels in a split differ from those in train.
 *
 * @param split the split's name
 * @param divergence the divergence of Jensen and Shannon in bits: 0 when the shares are equal, 1 when no label stands in both
 * @param rows every label that stands in either, the largest difference first, equal ones by name
 */
public record LabelShift(String split, double divergence, List<Row> rows) {
  /**
   * A label.
   *
   * @param label the type of a span, the label of a token or that of a sentence
   * @param train its share in train, 0 to 1
   * @param here its share in the split
   */
  public record Row(String label, double train, double here) {
    /** How far the shares are apart, 0 to 1. */
    public double difference() {
      return Math.abs(train - here);
    }
  }

  /** Copies the list. */
  public LabelShift {
    rows = List.copyOf(rows);
  }

  /**
   * Compares two splits; the shares in one without labels are 0.
   *
   * <pre>
   *   m = (p + q) / 2      divergence = ½ Σ p log₂(p / m) + ½ Σ q log₂(q / m)
   * </pre>
   *
   * Source: Lin 1991, Divergence measures based on the Shannon entropy.
   */
  public static LabelShift of(SplitFacts train, SplitFacts split) {
    SortedSet<String> labels = new TreeSet<>(train.labels().keySet());
    labels.addAll(split.labels().keySet());
    long all = sum(train.labels()), allHere = sum(split.labels());
    List<Row> rows = new ArrayList<>();
    double divergence = 0;
    for (String label : labels) {
      double p = share(train.labels(), label, all), q = share(split.labels(), label, allHere);
      double m = (p + q) / 2;
      divergence += (part(p, m) + part(q, m)) / 2;
      rows.add(new Row(label, p, q));
    }
    rows.sort(Comparator.comparingDouble(row -> -row.difference())); // stable
    return new LabelShift(split.name(), Math.max(0, divergence), rows);
  }

  private static double part(double p, double m) {
    return p == 0 ? 0 : p * StrictMath.log(p / m) / StrictMath.log(2);
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static double share(SortedMap<String, Long> counts, String label, long all) {
    return all == 0 ? 0 : (double) counts.getOrDefault(label, 0L) / all;
  }
}
