package dev.sluice.kernel.simd;

import static dev.sluice.kernel.PackedMatrix.PANEL;
import static dev.sluice.kernel.simd.SimdKernels.S;

import jdk.incubator.vector.FloatVector;

/**
 * The inner part of a product: two vectors of columns and up to eight rows, whose sixteen sums stay in registers while k runs. Eight rows keep a steady share of
 * what the multipliers can do in every JVM; forms with more sums are faster in one and half as fast in the next.
 */
final class SimdTiles {
  private static final int W = S.length();

  private SimdTiles() {}

  /**
   * Columns [0, width) of C (+)= A·panel for M rows; element (m, k) of A stands at {@code aAt + m·am + k·ak}.
   */
  static void tiles(
      float[] a,
      int aAt,
      int am,
      int ak,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      int ldc,
      int M,
      int width,
      boolean add) {
    for (int n = 0; n < width; n += 2 * W) {
      boolean both = n + W < width;
      int m = 0;
      for (; m + 8 <= M; m += 8) {
        eight(a, aAt + m * am, am, ak, b, bAt + n, K, c, cAt + m * ldc + n, ldc, both, add);
      }
      for (; m + 4 <= M; m += 4) {
        four(a, aAt + m * am, am, ak, b, bAt + n, K, c, cAt + m * ldc + n, ldc, both, add);
      }
      for (; m < M; m++) one(a, aAt + m * am, ak, b, bAt + n, K, c, cAt + m * ldc + n, both, add);
    }
  }

  private static FloatVector load(float[] c, int at, boolean wanted) {
    return wanted ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
  }

  private static void eight(
      float[] a,
      int aAt,
      int am,
      int ak,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      int ldc,
      boolean both,
      boolean add) {
    boolean second = both && add;
    int c1 = cAt + ldc,
        c2 = c1 + ldc,
        c3 = c2 + ldc,
        c4 = c3 + ldc,
        c5 = c4 + ldc,
        c6 = c5 + ldc,
        c7 = c6 + ldc;
    FloatVector s0 = load(c, cAt, add), t0 = load(c, cAt + W, second);
    FloatVector s1 = load(c, c1, add), t1 = load(c, c1 + W, second);
    FloatVector s2 = load(c, c2, add), t2 = load(c, c2 + W, second);
    FloatVector s3 = load(c, c3, add), t3 = load(c, c3 + W, second);
    FloatVector s4 = load(c, c4, add), t4 = load(c, c4 + W, second);
    FloatVector s5 = load(c, c5, add), t5 = load(c, c5 + W, second);
    FloatVector s6 = load(c, c6, add), t6 = load(c, c6 + W, second);
    FloatVector s7 = load(c, c7, add), t7 = load(c, c7 + W, second);
    int a1 = am, a2 = 2 * am, a3 = 3 * am, a4 = 4 * am, a5 = 5 * am, a6 = 6 * am, a7 = 7 * am;
    for (int k = 0; k < K; k++) {
      int from = aAt + k * ak;
      FloatVector u = FloatVector.fromArray(S, b, bAt + k * PANEL);
      FloatVector v = FloatVector.fromArray(S, b, bAt + k * PANEL + W);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      s0 = x.fma(u, s0);
      t0 = x.fma(v, t0);
      x = FloatVector.broadcast(S, a[from + a1]);
      s1 = x.fma(u, s1);
      t1 = x.fma(v, t1);
      x = FloatVector.broadcast(S, a[from + a2]);
      s2 = x.fma(u, s2);
      t2 = x.fma(v, t2);
      x = FloatVector.broadcast(S, a[from + a3]);
      s3 = x.fma(u, s3);
      t3 = x.fma(v, t3);
      x = FloatVector.broadcast(S, a[from + a4]);
      s4 = x.fma(u, s4);
      t4 = x.fma(v, t4);
      x = FloatVector.broadcast(S, a[from + a5]);
      s5 = x.fma(u, s5);
      t5 = x.fma(v, t5);
      x = FloatVector.broadcast(S, a[from + a6]);
      s6 = x.fma(u, s6);
      t6 = x.fma(v, t6);
      x = FloatVector.broadcast(S, a[from + a7]);
      s7 = x.fma(u, s7);
      t7 = x.fma(v, t7);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    s4.intoArray(c, c4);
    s5.intoArray(c, c5);
    s6.intoArray(c, c6);
    s7.intoArray(c, c7);
    if (!both) return;
    t0.intoArray(c, cAt + W);
    t1.intoArray(c, c1 + W);
    t2.intoArray(c, c2 + W);
    t3.intoArray(c, c3 + W);
    t4.intoArray(c, c4 + W);
    t5.intoArray(c, c5 + W);
    t6.intoArray(c, c6 + W);
    t7.intoArray(c, c7 + W);
  }

  private static void four(
      float[] a,
      int aAt,
      int am,
      int ak,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      int ldc,
      boolean both,
      boolean add) {
    boolean second = both && add;
    int c1 = cAt + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
    FloatVector s0 = load(c, cAt, add), t0 = load(c, cAt + W, second);
    FloatVector s1 = load(c, c1, add), t1 = load(c, c1 + W, second);
    FloatVector s2 = load(c, c2, add), t2 = load(c, c2 + W, second);
    FloatVector s3 = load(c, c3, add), t3 = load(c, c3 + W, second);
    int a1 = am, a2 = 2 * am, a3 = 3 * am;
    for (int k = 0; k < K; k++) {
      int from = aAt + k * ak;
      FloatVector u = FloatVector.fromArray(S, b, bAt + k * PANEL);
      FloatVector v = FloatVector.fromArray(S, b, bAt + k * PANEL + W);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      s0 = x.fma(u, s0);
      t0 = x.fma(v, t0);
      x = FloatVector.broadcast(S, a[from + a1]);
      s1 = x.fma(u, s1);
      t1 = x.fma(v, t1);
      x = FloatVector.broadcast(S, a[from + a2]);
      s2 = x.fma(u, s2);
      t2 = x.fma(v, t2);
      x = FloatVector.broadcast(S, a[from + a3]);
      s3 = x.fma(u, s3);
      t3 = x.fma(v, t3);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    if (!both) return;
    t0.intoArray(c, cAt + W);
    t1.intoArray(c, c1 + W);
    t2.intoArray(c, c2 + W);
    t3.intoArray(c, c3 + W);
  }

  private static void one(
      float[] a,
      int aAt,
      int ak,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      boolean both,
      boolean add) {
    FloatVector s = load(c, cAt, add), t = load(c, cAt + W, both && add);
    for (int k = 0; k < K; k++) {
      FloatVector x = FloatVector.broadcast(S, a[aAt + k * ak]);
      s = x.fma(FloatVector.fromArray(S, b, bAt + k * PANEL), s);
      t = x.fma(FloatVector.fromArray(S, b, bAt + k * PANEL + W), t);
    }
    s.intoArray(c, cAt);
    if (both) t.intoArray(c, cAt + W);
  }

  /** One row times four panels at a time: eight sums, so that a single sentence keeps the multipliers busy. */
  static void oneRow(
      float[] a, int aAt, float[] b, int bAt, int K, float[] c, int cAt, boolean add) {
    int P = K * PANEL;
    FloatVector s0 = load(c, cAt, add), t0 = load(c, cAt + W, add);
    FloatVector s1 = load(c, cAt + PANEL, add), t1 = load(c, cAt + PANEL + W, add);
    FloatVector s2 = load(c, cAt + 2 * PANEL, add), t2 = load(c, cAt + 2 * PANEL + W, add);
    FloatVector s3 = load(c, cAt + 3 * PANEL, add), t3 = load(c, cAt + 3 * PANEL + W, add);
    for (int k = 0; k < K; k++) {
      FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
      int at = bAt + k * PANEL;
      s0 = x.fma(FloatVector.fromArray(S, b, at), s0);
      t0 = x.fma(FloatVector.fromArray(S, b, at + W), t0);
      s1 = x.fma(FloatVector.fromArray(S, b, at + P), s1);
      t1 = x.fma(FloatVector.fromArray(S, b, at + P + W), t1);
      s2 = x.fma(FloatVector.fromArray(S, b, at + 2 * P), s2);
      t2 = x.fma(FloatVector.fromArray(S, b, at + 2 * P + W), t2);
      s3 = x.fma(FloatVector.fromArray(S, b, at + 3 * P), s3);
      t3 = x.fma(FloatVector.fromArray(S, b, at + 3 * P + W), t3);
    }
    s0.intoArray(c, cAt);
    t0.intoArray(c, cAt + W);
    s1.intoArray(c, cAt + PANEL);
    t1.intoArray(c, cAt + PANEL + W);
    s2.intoArray(c, cAt + 2 * PANEL);
    t2.intoArray(c, cAt + 2 * PANEL + W);
    s3.intoArray(c, cAt + 3 * PANEL);
    t3.intoArray(c, cAt + 3 * PANEL + W);
  }
}
