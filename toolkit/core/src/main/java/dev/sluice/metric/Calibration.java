package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How honest confidences are: of what is said with 80 %, 80 % should be right. Cases are added one by one, each with its confidence and whether it was right; several
 * of these can be merged, and neither the order nor the division of the data matters.
 * <pre>
 *   bin b of M: confidences in ((b-1)/M, b/M], 0 in the first one        n_b its cases, a_b the share of them that is right, c_b their mean confidence
 *
 *   ECE = Σ (n_b / n)·|a_b - c_b|        MCE = max |a_b - c_b|        Brier = mean of (confidence - right)², right 1 or 0
 * </pre>
 * Bins of equal mass hold as many cases each as can be, equal confidences together. Source: Guo et al. 2017, arXiv:1706.04599. Confidences count in billionths.
 */
public final class Calibration {
  /** M, the number of bins unless another is asked for. */
  public static final int BINS = 15;

  private static final long UNIT = 1_000_000_000;

  /** By how much a probability may exceed 1, being rounded to a float. */
  private static final double ROUNDING = 1e-6;

  /** Cases that are kept one by one, for bins of equal mass: 64 MiB of them. */
  private static final int MOST = 1 << 24;

  private final long[] cases;
  private final long[] right;
  private final long[] confidence;
  private long squares;
  private int[] kept = new int[0];
  private int keptCases;
  private long allCases;

  /**
   * A bin.
   *
   * @param cases how many cases lie in it
   * @param right how many of them are right
   * @param confidence the sum of their confidences
   */
  public record Bin(long cases, long right, double confidence) {
    private double gap() {
      return Math.abs(right - confidence) / cases;
    }
  }

  /** Without cases, with {@link #BINS} bins. */
  public Calibration() {
    this(BINS);
  }

  /** Without cases, with a number of bins. */
  public Calibration(int bins) {
    if (bins < 1) throw new IllegalArgumentException(bins + " bins, expected at least 1");
    cases = new long[bins];
    right = new long[bins];
    confidence = new long[bins];
  }

  /**
   * Adds a case.
   *
   * @param p its confidence, 0 to 1; one that is NaN says nothing and is not counted
   * @param isRight whether it was right
   */
  public void add(double p, boolean isRight) {
    if (Double.isNaN(p)) return;
    if (p < 0 || p > 1 + ROUNDING)
      throw new IllegalArgumentException("confidence " + p + ", expected 0 to 1");
    long c = (long) Math.rint(Math.min(1, p) * UNIT);
    int bin = (int) Math.max(0, (c * cases.length + UNIT - 1) / UNIT - 1);
    cases[bin]++;
    if (isRight) right[bin]++;
    confidence[bin] += c;
    double distance = (double) c / UNIT - (isRight ? 1 : 0);
    squares += (long) Math.rint(distance * distance * UNIT);
    allCases++;
    keep((int) (isRight ? c : ~c));
  }

  private void keep(int one) {
    if (keptCases == MOST) return;
    if (keptCases == kept.length)
      kept = Arrays.copyOf(kept, Math.min(MOST, Math.max(64, 2 * keptCases)));
    kept[keptCases++] = one;
  }

  /**
   * Adds the cases of another one.
   *
   * @throws IllegalArgumentException when it has another number of bins
   */
  public void merge(Calibration other) {
    if (other.cases.length != cases.length)
      throw new IllegalArgumentException(
          other.cases.length + " bins and " + cases.length + " cannot be merged");
    for (int b = 0; b < cases.length; b++) {
      cases[b] += other.cases[b];
      right[b] += other.right[b];
      confidence[b] += other.confidence[b];
    }
    squares += other.squares;
    allCases += other.allCases;
    for (int i = 0; i < other.keptCases; i++) keep(other.kept[i]);
  }

  /** How many cases there are. */
  public long cases() {
    return allCases;
  }

  /** The share of the cases that is right. */
  public Ratio accuracy() {
    return new Ratio(Arrays.stream(right).sum(), allCases);
  }

  /** The mean of all confidences. */
  public OptionalDouble meanConfidence() {
    return mean((double) Arrays.stream(confidence).sum() / UNIT);
  }

  private OptionalDouble mean(double sum) {
    return allCases == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / allCases);
  }

  /** The bins of equal width, from the lowest confidences to the highest. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < cases.length; b++)
      bins.add(new Bin(cases[b], right[b], (double) confidence[b] / UNIT));
    return bins;
  }

  /** Expected calibration error over bins of equal width; empty without cases. */
  public OptionalDouble ece() {
    return mean(bins());
  }

  private OptionalDouble mean(List<Bin> bins) {
    double sum = 0;
    for (Bin bin : bins) sum += Math.abs(bin.right - bin.confidence);
    return mean(sum);
  }

  /** The largest gap between accuracy and mean confidence of a bin of equal width; empty without cases. */
  public OptionalDouble mce() {
    return bins().stream().filter(bin -> bin.cases > 0).mapToDouble(Bin::gap).max();
  }

  /** The Brier score of confidences as forecasts of being right; empty without cases. */
  public OptionalDouble brier() {
    return mean((double) squares / UNIT);
  }

  /** Expected calibration error over as many bins of equal mass; empty without cases, and with more than 16,777,216 of them. */
  public OptionalDouble equalMassEce() {
    return keptCases < allCases ? OptionalDouble.empty() : mean(equalMassBins());
  }

  /** The cases in order, each twice its confidence, plus one when it is right. */
  private long[] sorted() {
    long[] sorted = new long[keptCases];
    for (int i = 0; i < keptCases; i++)
      sorted[i] = kept[i] >= 0 ? 2L * kept[i] + 1 : 2L * ~kept[i]; // confidence, then right
    Arrays.sort(sorted);
    return sorted;
  }

  private List<Bin> equalMassBins() {
    long[] sorted = sorted();
    List<Bin> bins = new ArrayList<>();
    int from = 0;
    for (int b = 1; b <= cases.length; b++) {
      int to = (int) Math.max(from, (long) keptCases * b / cases.length);
      while (to > from && to < keptCases && sorted[to] / 2 == sorted[to - 1] / 2) to++;
      long good = 0, sum = 0;
      for (int i = from; i < to; i++) {
        good += sorted[i] % 2;
        sum += sorted[i] / 2;
      }
      bins.add(new Bin(to - from, good, (double) sum / UNIT));
      from = to;
    }
    return bins;
  }

  /**
   * The mean negative logarithm, in nats, of the probability given to what turned out: the confidence when right, else what it leaves; confidences are taken to lie within a
   * billionth of 0 and 1. Empty without cases, and with more than 16,777,216 of them.
   */
  public OptionalDouble logLoss() {
    if (keptCases < allCases) return OptionalDouble.empty();
    double sum = 0;
    for (long one : sorted()) {
      long c = Math.max(1, Math.min(UNIT - 1, one / 2));
      sum -= StrictMath.log((double) (one % 2 == 1 ? c : UNIT - c) / UNIT);
    }
    return mean(sum);
  }

  /**
   * What is left when only confident cases are answered.
   *
   * @param threshold the least confidence that is answered
   * @param coverage the share of the cases that is answered
   * @param risk the share of those that is wrong
   */
  public record Selective(double threshold, double coverage, double risk) {}

  /**
   * The risk when the most confident cases alone are answered: for each n-th part of the cases, and more where equal confidences stand together. Source: El-Yaniv and Wiener 2010, On the
   * foundations of noise-free selective classification, JMLR 11. Empty without cases, and with more than 16,777,216 of them.
   *
   * @param parts n, at least 1
   */
  public List<Selective> riskCoverage(int parts) {
    List<Selective> curve = new ArrayList<>();
    if (keptCases < allCases) return curve;
    long[] sorted = sorted();
    long wrong = 0;
    int next = 1;
    for (int i = sorted.length - 1, n = 1; i >= 0; i--, n++) {
      wrong += 1 - sorted[i] % 2;
      if (i > 0 && sorted[i - 1] / 2 == sorted[i] / 2) continue;
      if ((long) n * parts < (long) next * sorted.length) continue;
      curve.add(
          new Selective(
              (double) (sorted[i] / 2) / UNIT, (double) n / sorted.length, (double) wrong / n));
      next = (int) ((long) n * parts / sorted.length) + 1;
    }
    return curve;
  }

  /** The mean risk over all coverages, equal confidences together; smaller is better. Empty without cases, and with more than 16,777,216 of them. */
  public OptionalDouble areaUnderRiskCoverage() {
    if (keptCases < allCases) return OptionalDouble.empty();
    long[] sorted = sorted();
    double sum = 0;
    long wrong = 0, together = 0;
    for (int i = sorted.length - 1, n = 1; i >= 0; i--, n++) {
      wrong += 1 - sorted[i] % 2;
      together++;
      if (i > 0 && sorted[i - 1] / 2 == sorted[i] / 2) continue;
      sum += together * ((double) wrong / n);
      together = 0;
    }
    return mean(sum);
  }
}
