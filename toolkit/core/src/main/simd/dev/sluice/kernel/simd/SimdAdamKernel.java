package dev.sluice.kernel.simd;

import static dev.sluice.kernel.simd.SimdKernels.S;

import dev.sluice.kernel.AdamKernel;
import dev.sluice.kernel.ScalarAdamKernel;
import jdk.incubator.vector.FloatVector;

/** The SIMD twin of Adam's step: products and sums stay apart as in the definition, and roots and quotients are exact in both. */
final class SimdAdamKernel extends AdamKernel {
  private static final int W = S.length();

  private final AdamKernel rest = new ScalarAdamKernel();

  @Override
  public void update(
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      int shift,
      float scale,
      float b1,
      float c1,
      float b2,
      float c2,
      float keep,
      float rate,
      float spread,
      float epsilon) {
    int i = from;
    for (; i <= to - W; i += W) {
      FloatVector d = FloatVector.fromArray(S, g, i + shift).mul(scale);
      FloatVector mean = FloatVector.fromArray(S, m, i).mul(b1).add(d.mul(c1));
      FloatVector square = FloatVector.fromArray(S, v, i).mul(b2).add(d.mul(d).mul(c2));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector step = mean.mul(rate).div(square.sqrt().mul(spread).add(epsilon));
      FloatVector.fromArray(S, w, i).mul(keep).sub(step).intoArray(w, i);
    }
    rest.update(w, g, m, v, i, to, shift, scale, b1, c1, b2, c2, keep, rate, spread, epsilon);
  }
}
