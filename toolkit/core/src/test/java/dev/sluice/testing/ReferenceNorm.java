package dev.sluice.testing;

import java.util.Arrays;

/** Layer normalisation of neighbouring columns in double, its gradient by the whole matrix of derivatives. */
final class ReferenceNorm {
  /** Below this standard deviation a derivative changes too fast for central differences, and rounding to float is magnified too much to compare. */
  private static final double STEEP = 0.05;

  private static final double EPSILON = 1e-5;

  private final ReferenceWeights weights;
  private final String gain;
  private final int from;
  private final int n;

  /** What a row leaves behind. */
  static final class Trace {
    double[] hat;
    double scale;
  }

  ReferenceNorm(ReferenceWeights weights, String gain, int from, int n) {
    this.weights = weights;
    this.gain = gain;
    this.from = from;
    this.n = n;
  }

  /** Normalises the columns in place. */
  Trace forward(double[] x) {
    double mean = 0, variance = 0;
    for (int j = 0; j < n; j++) mean += x[from + j] / n;
    for (int j = 0; j < n; j++) variance += Math.pow(x[from + j] - mean, 2) / n;
    Trace t = new Trace();
    t.hat = new double[n];
    t.scale = Math.pow(variance + EPSILON, -0.5);
    for (int j = 0; j < n; j++) {
      t.hat[j] = (x[from + j] - mean) * t.scale;
      x[from + j] = weights.of(gain)[0][from + j] * t.hat[j];
    }
    return t;
  }

  /** Adds the gradient of the gain, and turns that of the normalised columns into that of the columns. */
  void backward(Trace t, double[] d) {
    double[] dHat = new double[n];
    for (int j = 0; j < n; j++) {
      dHat[j] = d[from + j] * weights.of(gain)[0][from + j];
      weights.gradient(gain)[0][from + j] += d[from + j] * t.hat[j];
    }
    for (int i = 0; i < n; i++) {
      d[from + i] = 0;
      for (int j = 0; j < n; j++) {
        double slope = t.scale * ((i == j ? 1 : 0) - 1.0 / n - t.hat[i] * t.hat[j] / n);
        d[from + i] += dHat[j] * slope;
      }
    }
  }

  /** Whether the columns differ so little that small changes turn them over; equal columns, as before the first token, do not. */
  static boolean isSteep(Trace t) {
    return t.scale > 1 / STEEP && Arrays.stream(t.hat).anyMatch(h -> Math.abs(h) > 1e-9);
  }
}
