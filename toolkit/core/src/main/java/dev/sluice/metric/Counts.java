package dev.sluice.metric;

import java.util.OptionalDouble;

/**
 * What was found, wrongly found and missed.
 *
 * @param truePositives gold and predicted
 * @param falsePositives predicted only
 * @param falseNegatives gold only
 */
public record Counts(long truePositives, long falsePositives, long falseNegatives) {
  /** Nothing counted. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** Checks that no count is negative. */
  public Counts {
    if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0)
      throw new IllegalArgumentException(
          truePositives + "/" + falsePositives + "/" + falseNegatives);
  }

  /** How many there are in the gold data: the support. */
  public long gold() {
    return truePositives + falseNegatives;
  }

  /** How many were predicted. */
  public long predicted() {
    return truePositives + falsePositives;
  }

  /** TP / (TP + FP), undefined when nothing was predicted. */
  public Ratio precision() {
    return new Ratio(truePositives, predicted());
  }

  /** TP / (TP + FN), undefined when there is nothing to find. */
  public Ratio recall() {
    return new Ratio(truePositives, gold());
  }

  /** 2 TP / (2 TP + FP + FN), undefined when all three are 0. */
  public Ratio f1() {
    return new Ratio(2 * truePositives, gold() + predicted());
  }

  /**
   * (1+β²) TP / ((1+β²) TP + β² FN + FP), which is (1+β²)·P·R / (β²·P + R): recall counts β times as much as precision. Undefined when all three are 0.
   *
   * <p>Source: van Rijsbergen, Information Retrieval, 2nd edition, 1979, chapter 7, whose E is 1 - F; in this form Chinchor, MUC-4, 1992.
   *
   * @param beta above 0; 1 is {@link #f1}
   */
  public OptionalDouble fBeta(double beta) {
    double squared = beta * beta;
    double hits = (1 + squared) * truePositives;
    double all = hits + squared * falseNegatives + falsePositives;
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(hits / all);
  }

  /** Both together. */
  public Counts plus(Counts other) {
    return new Counts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives);
  }
}
