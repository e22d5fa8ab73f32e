package dev.sluice.loss;

import java.util.Arrays;

/**
 * Sums and maxima over the rows of a matrix, four rows at a time in loops that HotSpot turns into vector instructions. Every element is one sum in the order of
 * the rows.
 */
final class Rows {
  private Rows() {}

  /**
   * Rows times a vector.
   * <pre>
   *   a [R] read from aAt    m [R,L] read from mAt    out [L] written    out[j] = Σᵢ a[i]·m[i,j]
   * </pre>
   */
  static void multiply(double[] a, int aAt, int R, double[] m, int mAt, double[] out, int L) {
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

  /**
   * The best of each column, each row raised by its element of a vector.
   * <pre>
   *   a [R] read from aAt    m [R,L] read    out [L] written    out[j] = maxᵢ (a[i] + m[i,j])
   * </pre>
   */
  static void best(double[] a, int aAt, int R, double[] m, double[] out, int L) {
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

  /** The array, or a new one of at least this size in which nothing is kept. */
  static double[] room(double[] a, int size) {
    return a.length >= size ? a : new double[Math.max(size, a.length + a.length / 2)];
  }
}
