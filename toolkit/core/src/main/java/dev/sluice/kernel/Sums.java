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
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    double s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    int i = from;
    // stripes in registers: several times as fast as in the array
    for (; i + STRIPES <= to; i += STRIPES) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
      s4 += (double) x[i + 4] * x[i + 4];
      s5 += (double) x[i + 5] * x[i + 5];
      s6 += (double) x[i + 6] * x[i + 6];
      s7 += (double) x[i + 7] * x[i + 7];
      s8 += (double) x[i + 8] * x[i + 8];
      s9 += (double) x[i + 9] * x[i + 9];
      s10 += (double) x[i + 10] * x[i + 10];
      s11 += (double) x[i + 11] * x[i + 11];
      s12 += (double) x[i + 12] * x[i + 12];
      s13 += (double) x[i + 13] * x[i + 13];
      s14 += (double) x[i + 14] * x[i + 14];
      s15 += (double) x[i + 15] * x[i + 15];
    }
    stripes[0] = s0;
    stripes[1] = s1;
    stripes[2] = s2;
    stripes[3] = s3;
    stripes[4] = s4;
    stripes[5] = s5;
    stripes[6] = s6;
    stripes[7] = s7;
    stripes[8] = s8;
    stripes[9] = s9;
    stripes[10] = s10;
    stripes[11] = s11;
    stripes[12] = s12;
    stripes[13] = s13;
    stripes[14] = s14;
    stripes[15] = s15;
    for (int j = 0; i < to; i++, j++) stripes[j] += (double) x[i] * x[i];
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

  /** Whether a range holds finite numbers alone: 0·x is 0 for those, and no number for others. Eight sums, since one would wait for itself. */
  public static boolean finite(float[] x, int from, int to) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      s0 += 0 * x[i];
      s1 += 0 * x[i + 1];
      s2 += 0 * x[i + 2];
      s3 += 0 * x[i + 3];
      s4 += 0 * x[i + 4];
      s5 += 0 * x[i + 5];
      s6 += 0 * x[i + 6];
      s7 += 0 * x[i + 7];
    }
    for (; i < to; i++) s0 += 0 * x[i];
    return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 == 0;
  }

  private static double tree(double[] s) {
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) s[i] += s[i + half];
    }
    return s[0];
  }
}
