package dev.sluice.loss;

import dev.sluice.kernel.Workers;
import java.util.function.DoubleUnaryOperator;

/**
 * A temperature fitted on labelled data: the one number by which all scores are divided so that probabilities are neither boastful nor shy. It leaves the most
 * probable answer as it is. Source: Guo et al. 2017, arXiv:1706.04599.
 *
 * <p>The negative log-likelihood is convex in 1/τ, so it has one minimum, which golden-section search over log τ finds. Where no answer is wrong it falls without end
 * as τ goes to 0, and says only that the data are too easy: the temperature then stays 1. The result is rounded to four decimals and is within [1/20, 20].
 *
 * @param temperature τ
 * @param before mean negative log-likelihood of a case at temperature 1, in nats; NaN without cases
 * @param after the same at τ
 * @param cases sequences or sentences it was fitted on
 * @param leftOut those with gold labels that the model cannot give
 * @param mistakes cases whose most probable answer is wrong
 */
public record TemperatureFit(
    double temperature, double before, double after, int cases, int leftOut, int mistakes) {
  /** The lowest temperature. */
  public static final double LOWEST = 0.05;

  /** The highest temperature. */
  public static final double HIGHEST = 20;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2; // the root is exact
  private static final double TOLERANCE = 1e-5; // in log τ
  private static final double DIGITS = 1e4;

  /** Fits a temperature. */
  public static TemperatureFit of(Likelihood likelihood, int leftOut, Workers workers) {
    int n = likelihood.cases(), mistakes = likelihood.mistakes();
    if (n == 0) return new TemperatureFit(1, Double.NaN, Double.NaN, 0, leftOut, 0);
    double before = likelihood.negative(1, workers);
    if (mistakes == 0) return new TemperatureFit(1, before / n, before / n, n, leftOut, 0);
    double found = search(t -> likelihood.negative(t, workers));
    double after = likelihood.negative(found, workers);
    if (!(after < before))
      return new TemperatureFit(1, before / n, before / n, n, leftOut, mistakes);
    return new TemperatureFit(found, before / n, after / n, n, leftOut, mistakes);
  }

  /** The minimum of a function with one, by golden-section search over the logarithm. */
  private static double search(DoubleUnaryOperator f) {
    double low = StrictMath.log(LOWEST), high = StrictMath.log(HIGHEST);
    double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
    double fa = f.applyAsDouble(StrictMath.exp(a)), fb = f.applyAsDouble(StrictMath.exp(b));
    while (high - low > TOLERANCE) {
      if (fa <= fb) {
        high = b;
        b = a;
        fb = fa;
        a = high - GOLDEN * (high - low);
        fa = f.applyAsDouble(StrictMath.exp(a));
      } else {
        low = a;
        a = b;
        fa = fb;
        b = low + GOLDEN * (high - low);
        fb = f.applyAsDouble(StrictMath.exp(b));
      }
    }
    double middle = StrictMath.exp(low + (high - low) / 2);
    double rounded = Math.rint(middle * DIGITS) / DIGITS;
    return Math.max(LOWEST, Math.min(HIGHEST, rounded));
  }
}
