package dev.sluice.kernel;

/** The definition of Adam's step, in a plain loop; its twin ends with it where no whole vector is left. */
public final class ScalarAdamKernel extends AdamKernel {
  /** Without state. */
  public ScalarAdamKernel() {}

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
    for (int i = from; i < to; i++) {
      float d = g[i + shift] * scale;
      m[i] = b1 * m[i] + c1 * d;
      v[i] = b2 * v[i] + c2 * (d * d);
      w[i] = keep * w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) * spread + epsilon);
    }
  }
}
