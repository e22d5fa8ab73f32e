package dev.sluice.loss;

/** The last step of a softmax. */
final class Softmax {
  private Softmax() {}

  /** Turns e[j] = exp(emit[at+j] - max) into probabilities that sum to 1. */
  static void normalise(float[] emit, int at, int L, double logZ, float[] e) {
    float max = emit[at];
    for (int j = 1; j < L; j++) max = Math.max(max, emit[at + j]);
    float inverse = (float) StrictMath.exp(max - logZ);
    for (int j = 0; j < L; j++) e[j] *= inverse;
  }
}
