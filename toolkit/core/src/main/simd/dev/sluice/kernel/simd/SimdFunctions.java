package dev.sluice.kernel.simd;

import static dev.sluice.kernel.Functions.*;
import static dev.sluice.kernel.simd.SimdKernels.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link dev.sluice.kernel.Functions}, operation by operation, on arrays. Both loops are written out in full: what takes and returns vectors becomes a call that makes
 * objects whenever the compiler has already compiled it by itself, which differs from one JVM to the next.
 */
final class SimdFunctions {
  private static final int W = S.length();

  private SimdFunctions() {}

  /** y = 1 / (1 + e⁻ˣ) for n elements; y may be x. */
  static void sigmoids(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f), round = FloatVector.broadcast(S, ROUND);
    for (int i = 0; i < n; i += W) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);

      IntVector bits = v.neg().reinterpretAsInts();
      IntVector most = bits.and(MAGNITUDE).min(Float.floatToRawIntBits(SIGMOID_MAX));
      FloatVector z = most.or(bits.and(~MAGNITUDE)).reinterpretAsFloats();

      FloatVector t = z.fma(FloatVector.broadcast(S, LOG2_E), round);
      IntVector power = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
      FloatVector scale = power.reinterpretAsFloats(), whole = t.sub(round);

      FloatVector r = whole.fma(FloatVector.broadcast(S, -LN2_HIGH), z);
      r = whole.fma(FloatVector.broadcast(S, -LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(S, C7), FloatVector.broadcast(S, C6));
      p = r.fma(p, FloatVector.broadcast(S, C5));
      p = r.fma(p, FloatVector.broadcast(S, C4));
      p = r.fma(p, FloatVector.broadcast(S, C3));
      p = r.fma(p, FloatVector.broadcast(S, C2));
      p = r.fma(p, one);

      FloatVector e = scale.fma(r.mul(p), scale);
      one.div(e.add(v.sub(v).add(1f))).intoArray(y, yAt + i);
    }
  }

  /** y = (e²ˣ - 1) / (e²ˣ + 1) for n elements; y may be x. */
  static void tanhs(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f), round = FloatVector.broadcast(S, ROUND);
    for (int i = 0; i < n; i += W) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);

      IntVector bits = v.add(v).reinterpretAsInts();
      IntVector most = bits.and(MAGNITUDE).min(Float.floatToRawIntBits(TANH_MAX));
      FloatVector z = most.or(bits.and(~MAGNITUDE)).reinterpretAsFloats();

      FloatVector t = z.fma(FloatVector.broadcast(S, LOG2_E), round);
      IntVector power = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
      FloatVector scale = power.reinterpretAsFloats(), whole = t.sub(round);

      FloatVector r = whole.fma(FloatVector.broadcast(S, -LN2_HIGH), z);
      r = whole.fma(FloatVector.broadcast(S, -LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(S, C7), FloatVector.broadcast(S, C6));
      p = r.fma(p, FloatVector.broadcast(S, C5));
      p = r.fma(p, FloatVector.broadcast(S, C4));
      p = r.fma(p, FloatVector.broadcast(S, C3));
      p = r.fma(p, FloatVector.broadcast(S, C2));
      p = r.fma(p, one);

      FloatVector e = scale.fma(r.mul(p), scale.sub(1f));
      e.div(e.add(v.sub(v).add(2f))).intoArray(y, yAt + i);
    }
  }
}
