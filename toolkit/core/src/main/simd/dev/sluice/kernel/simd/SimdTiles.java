package dev.sluice.kernel.simd;

import static dev.sluice.kernel.PackedMatrix.PANEL;
import static dev.sluice.kernel.simd.SimdKernels.S;

import jdk.incubator.vector.FloatVector;

/**
 * The inner part of a product: two vectors of columns and up to eight rows, whose sixteen sums stay in registers while k runs. Eight rows keep a steady share of
 * what the multipliers can do in every JVM; forms with more sums are faster in one and half as fast in the next. Rows of A are read in steps of 1, a constant: only
 * then does the compiler move the checks of bounds out of the loop, which made it 1.4 times as fast.
 */
final class SimdTiles {
  private static final int W = S.length();

  private SimdTiles() {}

  /** Columns [0, width) of C (+)= A·panel for M rows; element (m, k) of A stands at {@code aAt + m·lda + k}. */
  static void tiles(
      float[] a,
      int aAt,
      int lda,
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
      for (int m = 0; m < M; m += 8) {
        int rows = Math.min(8, M - m), from = aAt + m * lda, to = cAt + m * ldc + n;
        if (n + W == width) narrow(a, from, lda, b, bAt + n, K, c, to, ldc, rows, add);
        else if (rows > 4) eight(a, from, lda, b, bAt + n, K, c, to, ldc, rows, add);
        else if (rows > 1) four(a, from, lda, b, bAt + n, K, c, to, ldc, rows, add);
        else one(a, from, b, bAt + n, K, c, to, add);
      }
    }
  }

  private static FloatVector load(float[] c, int at, boolean wanted) {
    return wanted ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
  }

  // Where there are fewer rows, the last one stands in for those that are missing: it is worked out
  // and written again, with the same bits.

  private static void eight(
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      int ldc,
      int rows,
      boolean add) {
    int last = rows - 1;
    int a1 = Math.min(1, last) * lda, c1 = cAt + Math.min(1, last) * ldc;
    int a2 = Math.min(2, last) * lda, c2 = cAt + Math.min(2, last) * ldc;
    int a3 = Math.min(3, last) * lda, c3 = cAt + Math.min(3, last) * ldc;
    int a4 = Math.min(4, last) * lda, c4 = cAt + Math.min(4, last) * ldc;
    int a5 = Math.min(5, last) * lda, c5 = cAt + Math.min(5, last) * ldc;
    int a6 = Math.min(6, last) * lda, c6 = cAt + Math.min(6, last) * ldc;
    int a7 = Math.min(7, last) * lda, c7 = cAt + Math.min(7, last) * ldc;
    FloatVector s0 = load(c, cAt, add), t0 = load(c, cAt + W, add);
    FloatVector s1 = load(c, c1, add), t1 = load(c, c1 + W, add);
    FloatVector s2 = load(c, c2, add), t2 = load(c, c2 + W, add);
    FloatVector s3 = load(c, c3, add), t3 = load(c, c3 + W, add);
    FloatVector s4 = load(c, c4, add), t4 = load(c, c4 + W, add);
    FloatVector s5 = load(c, c5, add), t5 = load(c, c5 + W, add);
    FloatVector s6 = load(c, c6, add), t6 = load(c, c6 + W, add);
    FloatVector s7 = load(c, c7, add), t7 = load(c, c7 + W, add);
    for (int k = 0; k < K; k++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + k * PANEL);
      FloatVector v = FloatVector.fromArray(S, b, bAt + k * PANEL + W);
      FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
      s0 = x.fma(u, s0);
      t0 = x.fma(v, t0);
      x = FloatVector.broadcast(S, a[aAt + k + a1]);
      s1 = x.fma(u, s1);
      t1 = x.fma(v, t1);
      x = FloatVector.broadcast(S, a[aAt + k + a2]);
      s2 = x.fma(u, s2);
      t2 = x.fma(v, t2);
      x = FloatVector.broadcast(S, a[aAt + k + a3]);
      s3 = x.fma(u, s3);
      t3 = x.fma(v, t3);
      x = FloatVector.broadcast(S, a[aAt + k + a4]);
      s4 = x.fma(u, s4);
      t4 = x.fma(v, t4);
      x = FloatVector.broadcast(S, a[aAt + k + a5]);
      s5 = x.fma(u, s5);
      t5 = x.fma(v, t5);
      x = FloatVector.broadcast(S, a[aAt + k + a6]);
      s6 = x.fma(u, s6);
      t6 = x.fma(v, t6);
      x = FloatVector.broadcast(S, a[aAt + k + a7]);
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
      int lda,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      int ldc,
      int rows,
      boolean add) {
    int last = rows - 1;
    int a1 = Math.min(1, last) * lda, c1 = cAt + Math.min(1, last) * ldc;
    int a2 = Math.min(2, last) * lda, c2 = cAt + Math.min(2, last) * ldc;
    int a3 = Math.min(3, last) * lda, c3 = cAt + Math.min(3, last) * ldc;
    FloatVector s0 = load(c, cAt, add), t0 = load(c, cAt + W, add);
    FloatVector s1 = load(c, c1, add), t1 = load(c, c1 + W, add);
    FloatVector s2 = load(c, c2, add), t2 = load(c, c2 + W, add);
    FloatVector s3 = load(c, c3, add), t3 = load(c, c3 + W, add);
    for (int k = 0; k < K; k++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + k * PANEL);
      FloatVector v = FloatVector.fromArray(S, b, bAt + k * PANEL + W);
      FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
      s0 = x.fma(u, s0);
      t0 = x.fma(v, t0);
      x = FloatVector.broadcast(S, a[aAt + k + a1]);
      s1 = x.fma(u, s1);
      t1 = x.fma(v, t1);
      x = FloatVector.broadcast(S, a[aAt + k + a2]);
      s2 = x.fma(u, s2);
      t2 = x.fma(v, t2);
      x = FloatVector.broadcast(S, a[aAt + k + a3]);
      s3 = x.fma(u, s3);
      t3 = x.fma(v, t3);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    t0.intoArray(c, cAt + W);
    t1.intoArray(c, c1 + W);
    t2.intoArray(c, c2 + W);
    t3.intoArray(c, c3 + W);
  }

  /** The last vector of columns where their number is odd. */
  private static void narrow(
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int K,
      float[] c,
      int cAt,
      int ldc,
      int rows,
      boolean add) {
    int last = rows - 1;
    int a1 = Math.min(1, last) * lda, c1 = cAt + Math.min(1, last) * ldc;
    int a2 = Math.min(2, last) * lda, c2 = cAt + Math.min(2, last) * ldc;
    int a3 = Math.min(3, last) * lda, c3 = cAt + Math.min(3, last) * ldc;
    int a4 = Math.min(4, last) * lda, c4 = cAt + Math.min(4, last) * ldc;
    int a5 = Math.min(5, last) * lda, c5 = cAt + Math.min(5, last) * ldc;
    int a6 = Math.min(6, last) * lda, c6 = cAt + Math.min(6, last) * ldc;
    int a7 = Math.min(7, last) * lda, c7 = cAt + Math.min(7, last) * ldc;
    FloatVector s0 = load(c, cAt, add);
    FloatVector s1 = load(c, c1, add);
    FloatVector s2 = load(c, c2, add);
    FloatVector s3 = load(c, c3, add);
    FloatVector s4 = load(c, c4, add);
    FloatVector s5 = load(c, c5, add);
    FloatVector s6 = load(c, c6, add);
    FloatVector s7 = load(c, c7, add);
    for (int k = 0; k < K; k++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + k * PANEL);
      FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
      s0 = x.fma(u, s0);
      x = FloatVector.broadcast(S, a[aAt + k + a1]);
      s1 = x.fma(u, s1);
      x = FloatVector.broadcast(S, a[aAt + k + a2]);
      s2 = x.fma(u, s2);
      x = FloatVector.broadcast(S, a[aAt + k + a3]);
      s3 = x.fma(u, s3);
      x = FloatVector.broadcast(S, a[aAt + k + a4]);
      s4 = x.fma(u, s4);
      x = FloatVector.broadcast(S, a[aAt + k + a5]);
      s5 = x.fma(u, s5);
      x = FloatVector.broadcast(S, a[aAt + k + a6]);
      s6 = x.fma(u, s6);
      x = FloatVector.broadcast(S, a[aAt + k + a7]);
      s7 = x.fma(u, s7);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    s4.intoArray(c, c4);
    s5.intoArray(c, c5);
    s6.intoArray(c, c6);
    s7.intoArray(c, c7);
  }

  private static void one(
      float[] a, int aAt, float[] b, int bAt, int K, float[] c, int cAt, boolean add) {
    FloatVector s = load(c, cAt, add), t = load(c, cAt + W, add);
    for (int k = 0; k < K; k++) {
      FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
      s = x.fma(FloatVector.fromArray(S, b, bAt + k * PANEL), s);
      t = x.fma(FloatVector.fromArray(S, b, bAt + k * PANEL + W), t);
    }
    s.intoArray(c, cAt);
    t.intoArray(c, cAt + W);
  }

  /** One row times four panels at a time: eight sums, so that a single sentence keeps the multipliers busy. */
  static void fourPanels(
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

  /** One row times two panels: what is left where gates are an odd number of vectors wide. */
  static void twoPanels(
      float[] a, int aAt, float[] b, int bAt, int K, float[] c, int cAt, boolean add) {
    int P = K * PANEL;
    FloatVector s0 = load(c, cAt, add), t0 = load(c, cAt + W, add);
    FloatVector s1 = load(c, cAt + PANEL, add), t1 = load(c, cAt + PANEL + W, add);
    for (int k = 0; k < K; k++) {
      FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
      int at = bAt + k * PANEL;
      s0 = x.fma(FloatVector.fromArray(S, b, at), s0);
      t0 = x.fma(FloatVector.fromArray(S, b, at + W), t0);
      s1 = x.fma(FloatVector.fromArray(S, b, at + P), s1);
      t1 = x.fma(FloatVector.fromArray(S, b, at + P + W), t1);
    }
    s0.intoArray(c, cAt);
    t0.intoArray(c, cAt + W);
    s1.intoArray(c, cAt + PANEL);
    t1.intoArray(c, cAt + PANEL + W);
  }
}
