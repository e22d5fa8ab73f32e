package dev.sluice.testing;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.Dropping;
import dev.sluice.network.NetworkShape;

/** Label scores above a layer that sees the label before, or its distribution, in double. */
final class ReferenceFeedback {
  private static final String NAME = "tokens.feedback";

  private final ReferenceWeights weights;
  private final NetworkShape.Feedback shape;
  private final int L;

  /** What a sentence leaves behind, a row per token. */
  static final class Trace {
    double[][] sums;
    double[][] s;
    double[][] fed; // [T][L] what was fed back; all zero at the first token
    double[][] p; // [T][L]
    double[][] emit;
  }

  ReferenceFeedback(ReferenceWeights weights, int width, int L, NetworkShape.Feedback shape) {
    this.weights = weights;
    this.shape = shape;
    this.L = L;
    int H = shape.hidden();
    weights.add(NAME + ".input.weight", width, H);
    weights.add(NAME + ".input.bias", 1, H);
    weights.add(NAME + ".label", L, H);
    weights.add(NAME + ".start", 1, H);
    if (shape.recurrent()) weights.add(NAME + ".recurrent", H, H);
    weights.add("tokens.weight", H, L);
    weights.add("tokens.bias", 1, L);
  }

  Trace forward(double[][] x, Example e, Dropping drop) {
    int T = x.length, H = shape.hidden();
    Trace trace = new Trace();
    trace.sums = new double[T][];
    trace.s = new double[T][H];
    trace.fed = new double[T][L];
    trace.p = new double[T][];
    trace.emit = new double[T][];
    long stream = Noise.stream(drop.seed(), Purpose.OWN_LABEL, drop.epoch(), 0, e.id());
    for (int t = 0; t < T; t++) {
      double[] a = weights.of(NAME + ".input.bias")[0].clone();
      ReferenceWeights.addProduct(a, x[t], weights.of(NAME + ".input.weight"));
      if (t == 0) {
        ReferenceWeights.add(a, weights.of(NAME + ".start")[0]);
      } else {
        boolean own = Noise.uniform(stream, t) < drop.ownLabels();
        if (shape.distribution()) trace.fed[t] = trace.p[t - 1];
        else trace.fed[t][own ? best(trace.emit[t - 1]) : e.labels()[t - 1]] = 1;
        ReferenceWeights.addProduct(a, trace.fed[t], weights.of(NAME + ".label"));
        if (shape.recurrent())
          ReferenceWeights.addProduct(a, trace.s[t - 1], weights.of(NAME + ".recurrent"));
      }
      trace.sums[t] = a;
      for (int j = 0; j < H; j++) trace.s[t][j] = squashed(a[j]);
      trace.emit[t] = weights.of("tokens.bias")[0].clone();
      ReferenceWeights.addProduct(trace.emit[t], trace.s[t], weights.of("tokens.weight"));
      trace.p[t] = softmax(trace.emit[t]);
    }
    return trace;
  }

  private double squashed(double a) {
    return switch (shape.activation()) {
      case TANH -> Math.tanh(a);
      case SIGMOID -> 1 / (1 + Math.exp(-a));
      case RELU -> Math.max(0, a);
    };
  }

  private double slope(double s) {
    return switch (shape.activation()) {
      case TANH -> 1 - s * s;
      case SIGMOID -> s * (1 - s);
      case RELU -> s > 0 ? 1 : 0;
    };
  }

  private static int best(double[] x) {
    int best = 0;
    for (int j = 1; j < x.length; j++) if (x[j] > x[best]) best = j;
    return best;
  }

  private static double[] softmax(double[] x) {
    double[] p = new double[x.length];
    double sum = 0;
    for (int j = 0; j < p.length; j++) sum += p[j] = Math.exp(x[j]);
    for (int j = 0; j < p.length; j++) p[j] /= sum;
    return p;
  }

  /** Adds the gradients of the weights and of x. */
  void backward(double[][] x, Trace trace, double[][] dEmit, double[][] dx) {
    int H = shape.hidden();
    double[] fromBehind = new double[H]; // of the sums of the token behind
    for (int t = x.length - 1; t >= 0; t--) {
      double[] d = dEmit[t].clone(), ds = new double[H];
      if (t + 1 < x.length) {
        if (shape.recurrent())
          ReferenceWeights.addTransposed(ds, weights.of(NAME + ".recurrent"), fromBehind);
        if (shape.distribution()) throughSoftmax(trace.p[t], fromBehind, d);
      }
      ReferenceWeights.addTransposed(ds, weights.of("tokens.weight"), d);
      ReferenceWeights.addOuter(weights.gradient("tokens.weight"), trace.s[t], d);
      ReferenceWeights.add(weights.gradient("tokens.bias")[0], d);
      double[] da = new double[H];
      for (int j = 0; j < H; j++) da[j] = ds[j] * slope(trace.s[t][j]);
      ReferenceWeights.add(weights.gradient(NAME + ".input.bias")[0], da);
      ReferenceWeights.addOuter(weights.gradient(NAME + ".input.weight"), x[t], da);
      ReferenceWeights.addTransposed(dx[t], weights.of(NAME + ".input.weight"), da);
      if (t == 0) {
        ReferenceWeights.add(weights.gradient(NAME + ".start")[0], da);
      } else {
        ReferenceWeights.addOuter(weights.gradient(NAME + ".label"), trace.fed[t], da);
        if (shape.recurrent())
          ReferenceWeights.addOuter(weights.gradient(NAME + ".recurrent"), trace.s[t - 1], da);
      }
      fromBehind = da;
    }
  }

  private void throughSoftmax(double[] p, double[] da, double[] dEmit) {
    double[] dp = new double[L];
    ReferenceWeights.addTransposed(dp, weights.of(NAME + ".label"), da);
    double mean = 0;
    for (int j = 0; j < L; j++) mean += p[j] * dp[j];
    for (int j = 0; j < L; j++) dEmit[j] += p[j] * (dp[j] - mean);
  }

  /** How close any rectified sum comes to its kink. */
  double distanceToKink(Trace trace) {
    double nearest = Double.POSITIVE_INFINITY;
    if (shape.activation() != Activation.RELU) return nearest;
    for (double[] sums : trace.sums) {
      for (double a : sums) nearest = Math.min(nearest, Math.abs(a));
    }
    return nearest;
  }
}
