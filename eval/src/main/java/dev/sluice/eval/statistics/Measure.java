package dev.sluice.eval.statistics;

import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A score as a function of the summed counts of units: pooled, never a mean of scores of single units. */
@FunctionalInterface
public interface Measure {
  /** Micro-averaged F1 of sums (TP, FP, FN). */
  Measure F1 = of(Counts::f1);

  /** Micro-averaged precision of sums (TP, FP, FN). */
  Measure PRECISION = of(Counts::precision);

  /** Micro-averaged recall of sums (TP, FP, FN). */
  Measure RECALL = of(Counts::recall);

  /** The share of right cases of sums (right, cases). */
  Measure ACCURACY = sums -> new Ratio(width(2, sums)[0], sums[1]).value();

  /**
   * The score, empty where it is undefined.
   *
   * @param sums the sums of the counts, in the order of the units' counts
   * @throws IllegalArgumentException when the units have another number of counts than the measure expects
   */
  OptionalDouble score(long[] sums);

  /** A measure of sums (TP, FP, FN). */
  static Measure of(Function<Counts, Ratio> ratio) {
    return sums -> {
      width(3, sums);
      return ratio.apply(new Counts(sums[0], sums[1], sums[2])).value();
    };
  }

  private static long[] width(int expected, long[] sums) {
    if (sums.length != expected)
      throw new IllegalArgumentException(
          "units of " + sums.length + " counts, expected " + expected);
    return sums;
  }
}
