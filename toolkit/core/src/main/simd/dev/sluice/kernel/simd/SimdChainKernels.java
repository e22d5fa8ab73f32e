package dev.sluice.kernel.simd;

import dev.sluice.kernel.ChainKernels;
import dev.sluice.kernel.ScalarChainKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The SIMD twin of the kernels of a chain. The sums of four vectors of columns stay in registers while all rows go by. Where the columns do not end with a whole vector, the
 * last one reaches back and works out some columns again, with the same bits.
 */
final class SimdChainKernels extends ChainKernels {
  static final VectorSpecies<Double> S =
      DoubleVector.SPECIES_PREFERRED.length() > 8
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  private static final int W = S.length();

  /** Fewer columns gain nothing; no vector is longer. */
  private static final int LEAST = 16;

  private final ChainKernels narrow = new ScalarChainKernels();

  @Override
  public void multiply(double[] a, int aAt, int R, double[] m, int mAt, double[] out, int L) {
    if (L < LEAST) {
      narrow.multiply(a, aAt, R, m, mAt, out, L);
      return;
    }
    int j = 0;
    for (; j <= L - 4 * W; j += 4 * W) sumsOfFour(a, aAt, R, m, mAt + j, out, j, L);
    if (j < L && L >= 4 * W && L - j > W) {
      sumsOfFour(a, aAt, R, m, mAt + L - 4 * W, out, L - 4 * W, L);
      return;
    }
    for (; j <= L - W; j += W) sums(a, aAt, R, m, mAt + j, out, j, L);
    if (j < L) sums(a, aAt, R, m, mAt + L - W, out, L - W, L);
  }

  private static void sumsOfFour(
      double[] a, int aAt, int R, double[] m, int mAt, double[] out, int at, int L) {
    DoubleVector s0 = DoubleVector.zero(S), s1 = s0, s2 = s0, s3 = s0;
    for (int i = 0, from = mAt; i < R; i++, from += L) {
      DoubleVector x = DoubleVector.broadcast(S, a[aAt + i]);
      s0 = s0.add(x.mul(DoubleVector.fromArray(S, m, from)));
      s1 = s1.add(x.mul(DoubleVector.fromArray(S, m, from + W)));
      s2 = s2.add(x.mul(DoubleVector.fromArray(S, m, from + 2 * W)));
      s3 = s3.add(x.mul(DoubleVector.fromArray(S, m, from + 3 * W)));
    }
    s0.intoArray(out, at);
    s1.intoArray(out, at + W);
    s2.intoArray(out, at + 2 * W);
    s3.intoArray(out, at + 3 * W);
  }

  private static void sums(
      double[] a, int aAt, int R, double[] m, int mAt, double[] out, int at, int L) {
    DoubleVector s = DoubleVector.zero(S);
    for (int i = 0, from = mAt; i < R; i++, from += L)
      s = s.add(DoubleVector.broadcast(S, a[aAt + i]).mul(DoubleVector.fromArray(S, m, from)));
    s.intoArray(out, at);
  }

  @Override
  public void best(double[] a, int aAt, int R, double[] m, double[] out, int L) {
    if (L < LEAST) {
      narrow.best(a, aAt, R, m, out, L);
      return;
    }
    int j = 0;
    for (; j <= L - 4 * W; j += 4 * W) bestOfFour(a, aAt, R, m, out, j, L);
    if (j < L && L >= 4 * W && L - j > W) {
      bestOfFour(a, aAt, R, m, out, L - 4 * W, L);
      return;
    }
    for (; j <= L - W; j += W) bestOfOne(a, aAt, R, m, out, j, L);
    if (j < L) bestOfOne(a, aAt, R, m, out, L - W, L);
  }

  private static void bestOfFour(
      double[] a, int aAt, int R, double[] m, double[] out, int at, int L) {
    DoubleVector b0 = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY),
        b1 = b0,
        b2 = b0,
        b3 = b0;
    for (int i = 0, from = at; i < R; i++, from += L) {
      DoubleVector x = DoubleVector.broadcast(S, a[aAt + i]);
      b0 = b0.max(x.add(DoubleVector.fromArray(S, m, from)));
      b1 = b1.max(x.add(DoubleVector.fromArray(S, m, from + W)));
      b2 = b2.max(x.add(DoubleVector.fromArray(S, m, from + 2 * W)));
      b3 = b3.max(x.add(DoubleVector.fromArray(S, m, from + 3 * W)));
    }
    b0.intoArray(out, at);
    b1.intoArray(out, at + W);
    b2.intoArray(out, at + 2 * W);
    b3.intoArray(out, at + 3 * W);
  }

  private static void bestOfOne(
      double[] a, int aAt, int R, double[] m, double[] out, int at, int L) {
    DoubleVector best = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
    for (int i = 0, from = at; i < R; i++, from += L)
      best =
          best.max(DoubleVector.broadcast(S, a[aAt + i]).add(DoubleVector.fromArray(S, m, from)));
    best.intoArray(out, at);
  }

  @Override
  public void exponentials(double[] x, int xAt, double[] y, int yAt, int n) {
    if (n < LEAST) narrow.exponentials(x, xAt, y, yAt, n);
    else SimdExponential.fill(x, xAt, y, yAt, n);
  }
}
