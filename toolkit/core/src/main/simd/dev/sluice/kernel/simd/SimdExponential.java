package dev.sluice.kernel.simd;

import static dev.sluice.kernel.simd.SimdChainKernels.S;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function of weights relative to the best one, x in [-700, 0], operation by operation that of {@link StrictMath#exp}, which Java defines as that of the
 * library fdlibm 5.3: x = k·ln 2 + r with |r| ≤ ½ ln 2, eʳ by a rational function, and k added to the exponent. A vector with an element of another kind is left to
 * {@code StrictMath}.
 */
final class SimdExponential {
  private static final int W = S.length();
  private static final double LOWEST = -700;

  /** Nothing is taken off above it: the first number behind ½ ln 2 with another high word, since fdlibm compares high words. */
  private static final double REDUCED = -Double.longBitsToDouble(0x3fd6_2e43_0000_0000L);

  /** Above it eˣ is 1 + x. */
  private static final double TINY = -0x1p-28;

  private static final double INVERSE_LN2 = 1.44269504088896338700e+00;
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;
  private static final double P1 = 1.66666666666666019037e-01;
  private static final double P2 = -2.77777777770155933842e-03;
  private static final double P3 = 6.61375632143793436117e-05;
  private static final double P4 = -1.65339022054652515390e-06;
  private static final double P5 = 4.13813679705723846039e-08;

  /** Added to a number below it, it leaves the nearest whole number in the lowest bits. */
  private static final double WHOLE = 0x1p52;

  private SimdExponential() {}

  /** y = eˣ for n elements, at least as many as a vector has; where they do not end with a whole vector, the last one reaches back. */
  static void fill(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int next = 0; next < n; next += W) {
      int i = Math.min(next, n - W);
      DoubleVector v = DoubleVector.fromArray(S, x, xAt + i);
      if (!v.compare(VectorOperators.GE, LOWEST).and(v.compare(VectorOperators.LE, 0)).allTrue()) {
        for (int j = i; j < i + W; j++) y[yAt + j] = StrictMath.exp(x[xAt + j]);
        continue;
      }
      // -k: the whole part of what is exact enough, rounded down
      DoubleVector w = v.mul(-INVERSE_LN2).add(0.5);
      DoubleVector k = w.add(WHOLE).sub(WHOLE);
      k = k.blend(k.sub(1), k.compare(VectorOperators.GT, w));
      k = k.blend(DoubleVector.zero(S), v.compare(VectorOperators.GT, REDUCED));

      DoubleVector high = v.add(k.mul(LN2_HIGH)), low = k.mul(-LN2_LOW), r = high.sub(low);
      DoubleVector s = r.mul(r);
      DoubleVector p = s.mul(P5).add(P4);
      p = s.mul(p).add(P3);
      p = s.mul(p).add(P2);
      p = s.mul(p).add(P1);
      DoubleVector c = r.sub(s.mul(p));
      DoubleVector q = r.mul(c).div(c.neg().add(2.0));
      DoubleVector e = high.sub(low.sub(q)).add(1.0);

      LongVector power = k.add(WHOLE).reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      DoubleVector scaled = e.reinterpretAsLongs().sub(power).reinterpretAsDoubles();
      VectorMask<Double> tiny = v.compare(VectorOperators.GT, TINY);
      scaled.blend(v.add(1.0), tiny).intoArray(y, yAt + i);
    }
  }
}
