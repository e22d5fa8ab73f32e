package dev.sluice.kernel;

/** The kernel of one optimizer, with two implementations like {@link Kernels}, which hands them out. It has no scratch memory: one instance serves any thread. */
public abstract class AdamKernel {
  /** For the two implementations. */
  protected AdamKernel() {}

  /**
   * Changes weights [from, to) and their moments.
   * <pre>
   *   w, m, v changed    g read, that of weight i at i + shift    every operation rounded by itself
   *
   *   d = g·scale    m = β₁·m + (1-β₁)·d    v = β₂·v + (1-β₂)·d²    w = keep·w - rate·m / (√v·spread + ε)
   * </pre>
   * Source: Kingma and Ba 2015, algorithm 1, with decay as Loshchilov and Hutter 2019; the corrections for the start of the moments are in {@code rate} and {@code spread}.
   *
   * @param b1 β₁, and {@code c1} what it lacks to 1
   * @param b2 β₂, and {@code c2} what it lacks to 1
   */
  public abstract void update(
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
      float epsilon);
}
