package dev.sluice.kernel;

/** Sums with one result: in double, sixteen stripes (element i in stripe i mod 16) and a fixed tree, so that the order never varies. */
public final class Sums {
  private static final int STRIPES = 16;

  private Sums() {}

  /**
   * Σ x² over a range.
   *
   * @param stripes scratch of 16 doubles, overwritten
   */
  public static double squares(float[] x, int from, int to, double[] stripes) {
    java.util.Arrays.fill(stripes, 0, STRIPES, 0);
    for (int i = from; i < to; i++) stripes[i - from & STRIPES - 1] += (double) x[i] * x[i];
    return tree(stripes);
  }

  /**
   * log Σ exp(x[i] - max) + max over L scores, the one log-sum-exp; also leaves exp(x[i] - max) in {@code e}.
   *
   * @param x scores, read from {@code at} on
   * @param e written, from index 0 on
   * @param stripes scratch of 16 doubles, overwritten
   * @return log Z
   */
  public static double logSumExp(float[] x, int at, int L, float[] e, double[] stripes) {
    float max = x[at];
    for (int j = 1; j < L; j++) max = Math.max(max, x[at + j]);
    java.util.Arrays.fill(stripes, 0, STRIPES, 0);
    for (int j = 0; j < L; j++) {
      e[j] = Functions.exp(x[at + j] - max);
      stripes[j & STRIPES - 1] += e[j];
    }
    return max + StrictMath.log(tree(stripes));
  }

  private static double tree(double[] s) {
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) s[i] += s[i + half];
    }
    return s[0];
  }
}
