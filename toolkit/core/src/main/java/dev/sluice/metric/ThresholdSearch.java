package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses, for each label, how probable it must be to be given, so that precision or recall on the examples reaches a wanted value. What is predicted with a confidence
 * of at least the threshold counts as given.
 * <pre>
 *   precision(t) = right ones given / given        recall(t) = right ones given / gold ones
 * </pre>
 * For precision it is the smallest threshold that will do, 0 if everything may be given; for recall the largest. A label with too few examples (predicted ones for
 * precision, gold ones for recall) gets the threshold of all labels together. Where no threshold will do, it is the one with the highest precision or, for recall, 0.
 * Thresholds are confidences of examples, rounded down to millionths. One that was chosen so has no guarantee on other data.
 */
public final class ThresholdSearch {
  /** What is to be reached. */
  public enum Goal {
    /** Of what is given, so much is right. */
    PRECISION,
    /** Of what is gold, so much is given and right. */
    RECALL
  }

  /** Where a threshold comes from. */
  public enum Basis {
    /** The label's own examples. */
    OWN,
    /** The examples of all labels, since the label has too few. */
    POOLED,
    /** The examples did not reach what was wanted; it is as near as they come. */
    MISSED
  }

  private static final int UNIT = 1_000_000;
  private static final double SLACK = 1e-9; // of a count, for products that are not exact

  private final Goal goal;
  private final double wanted;
  private final long least;
  private final Map<String, Examples> byLabel = new TreeMap<>();
  private final Examples all = new Examples();

  /**
   * The threshold of a label and what it does to the examples.
   *
   * @param label the label
   * @param threshold the least confidence with which it is given, 0 to 1
   * @param basis where it comes from
   * @param examples how many the label has: predicted ones for precision, gold ones for recall
   * @param precision right ones among those given
   * @param recall right ones given among the gold ones
   */
  public record Choice(
      String label, double threshold, Basis basis, long examples, Ratio precision, Ratio recall) {
    /** The same of another label. */
    public Choice withLabel(String other) {
      return new Choice(other, threshold, basis, examples, precision, recall);
    }
  }

  /** Confidences in millionths, times two, plus one when right. */
  private static final class Examples {
    private int[] confidences = new int[0];
    private int size;
    private long gold;

    void add(double confidence, boolean right) {
      if (size == confidences.length) confidences = Arrays.copyOf(confidences, 16 + 2 * size);
      confidences[size++] = 2 * (int) Math.floor(Math.min(1, confidence) * UNIT) + (right ? 1 : 0);
    }

    void sort() {
      Arrays.sort(confidences, 0, size);
    }
  }

  /** The best threshold of some examples, in millionths. */
  private record Best(int threshold, boolean reached) {}

  /**
   * A search.
   *
   * @param wanted above 0, at most 1
   * @param least how many examples a label needs for a threshold of its own
   */
  public ThresholdSearch(Goal goal, double wanted, long least) {
    if (!(wanted > 0 && wanted <= 1))
      throw new IllegalArgumentException("wanted " + wanted + ", expected a number in (0, 1]");
    this.goal = goal;
    this.wanted = wanted;
    this.least = least;
  }

  /** Adds a gold example. */
  public void gold(String label) {
    examples(label).gold++;
    all.gold++;
  }

  /**
   * Adds a prediction.
   *
   * @param confidence 0 to 1; a NaN is not counted
   * @param right whether a gold example is the same
   */
  public void predicted(String label, double confidence, boolean right) {
    if (Double.isNaN(confidence)) return;
    examples(label).add(confidence, right);
    all.add(confidence, right);
  }

  private Examples examples(String label) {
    return byLabel.computeIfAbsent(label, key -> new Examples());
  }

  /** The thresholds of these labels, in their order. */
  public List<Choice> choose(Collection<String> labels) {
    all.sort();
    Best pooled = best(all);
    List<Choice> choices = new ArrayList<>();
    for (String label : labels) {
      Examples its = byLabel.getOrDefault(label, new Examples());
      its.sort();
      long n = goal == Goal.PRECISION ? its.size : its.gold;
      boolean own = n >= least;
      Best best = own ? best(its) : pooled;
      Basis basis = !own ? Basis.POOLED : best.reached ? Basis.OWN : Basis.MISSED;
      choices.add(choice(label, its, best.threshold, basis, n));
    }
    return choices;
  }

  private static Choice choice(String label, Examples its, int threshold, Basis basis, long n) {
    long given = 0, right = 0;
    for (int i = its.size - 1; i >= 0 && its.confidences[i] / 2 >= threshold; i--) {
      given++;
      right += its.confidences[i] % 2;
    }
    Ratio recall = new Ratio(Math.min(right, its.gold), its.gold);
    double t = (double) threshold / UNIT;
    return new Choice(label, t, basis, n, new Ratio(right, given), recall);
  }

  private Best best(Examples its) {
    return goal == Goal.PRECISION ? forPrecision(its) : forRecall(its);
  }

  private Best forPrecision(Examples its) {
    if (its.size == 0) return new Best(0, true);
    int threshold = -1, highest = 0;
    long given = 0, right = 0, bestGiven = 1, bestRight = 0;
    for (int i = its.size - 1; i >= 0; i--) {
      given++;
      right += its.confidences[i] % 2;
      int confidence = its.confidences[i] / 2;
      if (i > 0 && its.confidences[i - 1] / 2 == confidence) continue; // given together
      if (i == 0) confidence = 0;
      if (right + SLACK >= wanted * given) threshold = confidence;
      if (right * bestGiven >= bestRight * given) {
        highest = confidence;
        bestGiven = given;
        bestRight = right;
      }
    }
    return threshold >= 0 ? new Best(threshold, true) : new Best(highest, false);
  }

  private Best forRecall(Examples its) {
    long right = 0;
    for (int i = its.size - 1; i >= 0; i--) {
      right += its.confidences[i] % 2;
      int confidence = its.confidences[i] / 2;
      if (i > 0 && its.confidences[i - 1] / 2 == confidence) continue;
      if (right + SLACK >= wanted * its.gold) return new Best(confidence, true);
    }
    return new Best(0, its.gold == 0);
  }
}
