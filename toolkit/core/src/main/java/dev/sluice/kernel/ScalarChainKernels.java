package dev.sluice.kernel;

import java.util.Arrays;

/**
 * The definition of the kernels of a chain, four rows at a time in loops that HotSpot turns into vector instructions; their twins leave what has few columns to
 * it.
 */
public final class ScalarChainKernels extends ChainKernels {
  /** Without state. */
  public ScalarChainKernels() {}

  @Override
  public void multiply(double[] a, int aAt, int R, double[] m, int mAt, double[] out, int L) {
    Arrays.fill(out, 0, L, 0);
    int i = 0;
    for (; i + 4 <= R; i += 4) {
      int at = aAt + i;
      four(a[at], a[at + 1], a[at + 2], a[at + 3], m, mAt + i * L, out, L);
    }
    for (; i < R; i++) one(a[aAt + i], m, mAt + i * L, out, L);
  }

  private static void four(
      double a, double b, double c, double d, double[] m, int at, double[] out, int L) {
    if (a == 0 && b == 0 && c == 0 && d == 0) return;
    int second = at + L, third = second + L, fourth = third + L;
    for (int j = 0; j < L; j++) {
      out[j] = out[j] + a * m[at + j] + b * m[second + j] + c * m[third + j] + d * m[fourth + j];
    }
  }

  private static void one(double a, double[] m, int at, double[] out, int L) {
    for (int j = 0; j < L; j++) out[j] += a * m[at + j];
  }

  @Override
  public void best(double[] a, int aAt, int R, double[] m, double[] out, int L) {
    Arrays.fill(out, 0, L, Double.NEGATIVE_INFINITY);
    int i = 0;
    for (; i + 4 <= R; i += 4) {
      int at = aAt + i;
      bestOfFour(a[at], a[at + 1], a[at + 2], a[at + 3], m, i * L, out, L);
    }
    for (; i < R; i++) bestOfOne(a[aAt + i], m, i * L, out, L);
  }

  private static void bestOfFour(
      double a, double b, double c, double d, double[] m, int at, double[] out, int L) {
    int second = at + L, third = second + L, fourth = third + L;
    for (int j = 0; j < L; j++) {
      double ab = Math.max(a + m[at + j], b + m[second + j]);
      double cd = Math.max(c + m[third + j], d + m[fourth + j]);
      out[j] = Math.max(out[j], Math.max(ab, cd));
    }
  }

  private static void bestOfOne(double a, double[] m, int at, double[] out, int L) {
    for (int j = 0; j < L; j++) out[j] = Math.max(out[j], a + m[at + j]);
  }

  @Override
  public void exponentials(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) y[yAt + i] = StrictMath.exp(x[xAt + i]);
  }
}
