package dev.sluice.eval.statistics;

import java.util.Optional;

/**
 * How an error falls with more data when it follows a power law, error = a·n⁻ᵇ. A handful of points can be fitted by many laws, and errors end at what cannot
 * be learned rather than at 0: what it says beyond the points is a guess. Source of the form: Hestness et al. 2017, arXiv:1712.00409.
 *
 * @param a the error that a single sentence would leave
 * @param b how fast the error falls; not above 0 when it does not fall
 * @param points how many points were fitted
 */
public record PowerLaw(double a, double b, int points) {
  /** With fewer points any law fits. */
  public static final int LEAST = 3;

  /**
   * The law whose logarithm has the least squared distance from those of the points: a line through log n and log error. Errors of 0, which have no logarithm,
   * are left out, and so are those of 1, where nothing was learned yet and the law has not set in.
   *
   * @param n sizes of the training data, all different and above 0
   * @param errors an error for each, in [0, 1]; NaN where it is undefined
   * @return nothing when fewer than {@link #LEAST} points are left
   * @throws IllegalArgumentException when there are not as many errors as sizes
   */
  public static Optional<PowerLaw> fit(double[] n, double[] errors) {
    if (n.length != errors.length)
      throw new IllegalArgumentException(n.length + " sizes but " + errors.length + " errors");
    int points = 0;
    double meanX = 0, meanY = 0;
    for (int i = 0; i < n.length; i++) {
      if (!fits(errors[i])) continue;
      points++;
      meanX += StrictMath.log(n[i]);
      meanY += StrictMath.log(errors[i]);
    }
    if (points < LEAST) return Optional.empty();
    meanX /= points;
    meanY /= points;
    double xy = 0, xx = 0;
    for (int i = 0; i < n.length; i++) {
      if (!fits(errors[i])) continue;
      double x = StrictMath.log(n[i]) - meanX;
      xy += x * (StrictMath.log(errors[i]) - meanY);
      xx += x * x;
    }
    double slope = xy / xx;
    return Optional.of(new PowerLaw(StrictMath.exp(meanY - slope * meanX), -slope, points));
  }

  private static boolean fits(double error) {
    return error > 0 && error < 1;
  }

  /** The error after a number of sentences, as far as the law holds. */
  public double error(double n) {
    return a * StrictMath.pow(n, -b);
  }
}
