package dev.sluice.metric;

import dev.sluice.metric.CasesByConfidence.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
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
 * Bins of equal mass hold as many cases each as can be, equal confidences together. Source: Guo et al. 2017, arXiv:1706.04599. Confidences count in billionths; of many cases, what needs
 * more than the bins of equal width is as {@link CasesByConfidence} rounds them.
 */
public final class Calibration {
  /** M, the number of bins unless another is asked for. */
  public static final int BINS = 15;

  private static final long UNIT = CasesByConfidence.UNIT;

  /** By how much a probability may exceed 1, being rounded to a float. */
  private static final double ROUNDING = 1e-6;

  private final long[] cases;
  private final long[] right;
  private final long[] confidence;
  private long squares;
  private final CasesByConfidence byConfidence = new CasesByConfidence();
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
    byConfidence.add((int) c, isRight);
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
    byConfidence.merge(other.byConfidence);
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

  /** Expected calibration error over as many bins of equal mass; empty without cases. */
  public OptionalDouble equalMassEce() {
    return mean(equalMassBins());
  }

  private List<Bin> equalMassBins() {
    List<Bin> bins = new ArrayList<>();
    Iterator<Group> groups = byConfidence.ascending().iterator();
    long before = 0;
    for (int b = 1; b <= cases.length; b++) {
      long all = 0, good = 0, sum = 0;
      while (before + all < allCases * b / cases.length) {
        Group group = groups.next();
        all += group.cases();
        good += group.right();
        sum += group.cases() * group.confidence();
      }
      bins.add(new Bin(all, good, (double) sum / UNIT));
      before += all;
    }
    return bins;
  }

  /**
   * The mean negative logarithm, in nats, of the probability given to what turned out: the confidence when right, else what it leaves; confidences are taken to lie within a
   * billionth of 0 and 1. Empty without cases.
   */
  public OptionalDouble logLoss() {
    double sum = 0;
    for (Group group : byConfidence.ascending()) {
      long c = Math.max(1, Math.min(UNIT - 1, group.confidence()));
      long good = group.right(), bad = group.cases() - good;
      if (bad > 0) sum -= bad * StrictMath.log((double) (UNIT - c) / UNIT);
      if (good > 0) sum -= good * StrictMath.log((double) c / UNIT);
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
   * foundations of noise-free selective classification, JMLR 11. Empty without cases.
   *
   * @param parts n, at least 1
   */
  public List<Selective> riskCoverage(int parts) {
    List<Selective> curve = new ArrayList<>();
    long wrong = 0, answered = 0, next = 1;
    for (Group group : mostConfidentFirst()) {
      answered += group.cases();
      wrong += group.cases() - group.right();
      if (answered * parts < next * allCases) continue;
      curve.add(
          new Selective(
              (double) group.confidence() / UNIT,
              (double) answered / allCases,
              (double) wrong / answered));
      next = answered * parts / allCases + 1;
    }
    return curve;
  }

  private List<Group> mostConfidentFirst() {
    List<Group> groups = byConfidence.ascending();
    Collections.reverse(groups);
    return groups;
  }

  /** The mean risk over all coverages, equal confidences together; smaller is better. Empty without cases. */
  public OptionalDouble areaUnderRiskCoverage() {
    double sum = 0;
    long wrong = 0, answered = 0;
    for (Group group : mostConfidentFirst()) {
      answered += group.cases();
      wrong += group.cases() - group.right();
      sum += group.cases() * ((double) wrong / answered);
    }
    return mean(sum);
  }
}
