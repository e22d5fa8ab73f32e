package dev.sluice.kernel;

/** The last step of a softmax. */
public final class Softmax {
  private Softmax() {}

  /**
   * Turns e[j] = exp(emit[at+j] - max), which {@link Sums#logSumExp} leaves, into probabilities that sum to 1.
   *
   * @param logZ what it returned
   */
  public static void normalise(float[] emit, int at, int L, double logZ, float[] e) {
    float max = emit[at];
    for (int j = 1; j < L; j++) max = Math.max(max, emit[at + j]);
    float inverse = (float) StrictMath.exp(max - logZ);
    for (int j = 0; j < L; j++) e[j] *= inverse;
  }
}
