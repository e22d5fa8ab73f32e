package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Given labels against those that a model is confident of: which labels of the data may be wrong, and about how many are. The probabilities must come from
 * models that had not seen the items.
 *
 * <pre>
 *   n[i]    items that were given the label i
 *   t[i]    mean of p(i) over these items: how sure the model is of i where i was given
 *   C[i,j]  items given i of which j is the most probable label among those with p(j) ≥ t[j]; none when no label reaches its threshold
 *   Q[i,j]  C[i,j] · n[i] / Σₖ C[i,k], the calibrated joint, whose rows add up to n[i]; 0 when C has nothing in row i
 * </pre>
 *
 * Between equally probable labels the given one counts, else the one that was seen first. A label whose threshold is low may be suggested although the given
 * one is more probable: such an item counts in C and Q but is no suspect.
 *
 * <p>Source: Northcutt, Jiang and Chuang 2021, arXiv:1911.00068, equations 1 to 3.
 */
public final class ConfidentJoint {
  private final GivenLabels items;
  private final List<String> labels;
  private final long[] counts;
  private final double[] thresholds;
  private final SortedMap<String, SortedMap<String, Long>> joint = new TreeMap<>();
  private final List<Suspect> suspects = new ArrayList<>();

  /**
   * An item whose label may be wrong.
   *
   * @param key what the caller knows it by
   * @param given its label
   * @param confidence the probability of that label
   * @param suggested the label that the joint has for it
   * @param probability the probability of that one, above that of the given label
   */
  public record Suspect(
      long key, String given, double confidence, String suggested, double probability) {}

  private ConfidentJoint(GivenLabels items) {
    this.items = items;
    labels = items.labels();
    counts = new long[labels.size()];
    thresholds = new double[labels.size()];
    for (int n = 0; n < items.size(); n++) {
      counts[items.given(n)]++;
      thresholds[items.given(n)] += items.confidence(n);
    }
    for (int i = 0; i < counts.length; i++) thresholds[i] /= counts[i]; // NaN: never suggested
    Best best = new Best();
    for (int n = 0; n < items.size(); n++) add(n, best);
    suspects.sort(Comparator.comparingDouble(Suspect::confidence).thenComparingLong(Suspect::key));
  }

  /** Works the joint out. */
  public static ConfidentJoint of(GivenLabels items) {
    return new ConfidentJoint(items);
  }

  /** The most probable label among those that reach their thresholds. */
  private final class Best implements GivenLabels.Taker {
    private int given;
    private int label;
    private float probability;
    private float highest;

    Best of(int item) {
      given = items.given(item);
      label = -1;
      probability = 0;
      highest = 0;
      items.probabilities(item, this);
      return this;
    }

    @Override
    public void take(int j, float p) {
      highest = Math.max(highest, p);
      if (!(p >= thresholds[j])) return;
      if (label >= 0 && (p < probability || (p == probability && j != given))) return;
      label = j;
      probability = p;
    }
  }

  private void add(int item, Best search) {
    Best best = search.of(item);
    if (best.label < 0) return;
    String given = labels.get(best.given), other = labels.get(best.label);
    joint.computeIfAbsent(given, g -> new TreeMap<>()).merge(other, 1L, Long::sum);
    float confidence = items.confidence(item);
    if (best.label == best.given || confidence >= best.highest) return;
    suspects.add(new Suspect(items.key(item), given, confidence, other, best.probability));
  }

  /** How many items could be judged. */
  public long items() {
    return items.size();
  }

  /** How many could not, as their models did not know their labels. */
  public long unjudged() {
    return items.unjudged();
  }

  /** How sure the models are of each label where it was given: t. */
  public SortedMap<String, Double> thresholds() {
    SortedMap<String, Double> byName = new TreeMap<>();
    for (int i = 0; i < counts.length; i++)
      if (counts[i] > 0) byName.put(labels.get(i), thresholds[i]);
    return byName;
  }

  /** C, by given label and then by the other one; cells that are zero are left out. */
  public SortedMap<String, SortedMap<String, Long>> counts() {
    return Collections.unmodifiableSortedMap(joint);
  }

  /** Q[given, other]. */
  public double calibrated(String given, String other) {
    SortedMap<String, Long> row = joint.getOrDefault(given, Collections.emptySortedMap());
    long all = row.values().stream().mapToLong(Long::longValue).sum();
    return all == 0
        ? 0
        : (double) row.getOrDefault(other, 0L) * counts[labels.indexOf(given)] / all;
  }

  /**
   * An estimate of how many labels are wrong: what lies off the diagonal of Q, never less than there are suspects; far too much where labels are rare, as their
   * thresholds are low.
   */
  public double estimate() {
    double sum = 0;
    for (String given : joint.keySet())
      for (String other : joint.get(given).keySet())
        if (!other.equals(given)) sum += calibrated(given, other);
    return sum;
  }

  /** The items off the diagonal of C whose given label is not the most probable one, the least confident first, then by key. */
  public List<Suspect> suspects() {
    return Collections.unmodifiableList(suspects);
  }
}
