package dev.sluice.testing;

import dev.sluice.network.NetworkShape.Pooling;

/** The states of a sentence as one vector, in double. */
final class ReferencePooling {
  private static final String NAME = "sentence.attention";

  private final ReferenceWeights weights;
  private final Pooling pooling;
  private final int W;
  private final int backwardFrom; // columns of the direction that reads from the end
  private final int backwardTo;

  ReferencePooling(ReferenceWeights weights, Pooling pooling, int width, int H, int directions) {
    this.weights = weights;
    this.pooling = pooling;
    W = width;
    backwardFrom = H;
    backwardTo = H * directions;
    if (pooling != Pooling.ATTENTION) return;
    weights.add(NAME + ".weight", W, W);
    weights.add(NAME + ".bias", 1, W);
    weights.add(NAME + ".context", 1, W);
  }

  private double[][] hidden(double[][] x) {
    double[][] u = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      u[t] = weights.of(NAME + ".bias")[0].clone();
      ReferenceWeights.addProduct(u[t], x[t], weights.of(NAME + ".weight"));
      for (int j = 0; j < W; j++) u[t][j] = Math.tanh(u[t][j]);
    }
    return u;
  }

  private double[] shares(double[][] u) {
    double[] a = new double[u.length];
    double sum = 0;
    for (int t = 0; t < u.length; t++) {
      for (int j = 0; j < W; j++) a[t] += u[t][j] * weights.of(NAME + ".context")[0][j];
      sum += a[t] = Math.exp(a[t]);
    }
    for (int t = 0; t < u.length; t++) a[t] /= sum;
    return a;
  }

  private static int best(double[][] x, int j) {
    int best = 0;
    for (int t = 1; t < x.length; t++) if (x[t][j] > x[best][j]) best = t;
    return best;
  }

  private int last(int j, int T) {
    return j >= backwardFrom && j < backwardTo ? 0 : T - 1;
  }

  double[] forward(double[][] x) {
    int T = x.length;
    double[] pooled = new double[W];
    double[] a = pooling == Pooling.ATTENTION ? shares(hidden(x)) : null;
    for (int j = 0; j < W; j++) {
      switch (pooling) {
        case LAST -> pooled[j] = x[last(j, T)][j];
        case MAX -> pooled[j] = x[best(x, j)][j];
        case MEAN -> {
          for (double[] row : x) pooled[j] += row[j] / T;
        }
        case ATTENTION -> {
          for (int t = 0; t < T; t++) pooled[j] += a[t] * x[t][j];
        }
      }
    }
    return pooled;
  }

  /** Adds the gradient of the states, and those of the weights. */
  void backward(double[][] x, double[] d, double[][] dx) {
    int T = x.length;
    if (pooling == Pooling.ATTENTION) {
      attention(x, d, dx);
      return;
    }
    for (int j = 0; j < W; j++) {
      switch (pooling) {
        case LAST -> dx[last(j, T)][j] += d[j];
        case MAX -> dx[best(x, j)][j] += d[j];
        default -> {
          for (double[] row : dx) row[j] += d[j] / T;
        }
      }
    }
  }

  private void attention(double[][] x, double[] d, double[][] dx) {
    double[][] u = hidden(x);
    double[] a = shares(u), dShare = new double[x.length];
    double mean = 0;
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < W; j++) {
        dShare[t] += d[j] * x[t][j];
        dx[t][j] += a[t] * d[j];
      }
      mean += a[t] * dShare[t];
    }
    double[] v = weights.of(NAME + ".context")[0];
    for (int t = 0; t < x.length; t++) {
      double dScore = a[t] * (dShare[t] - mean);
      double[] du = new double[W];
      for (int j = 0; j < W; j++) {
        weights.gradient(NAME + ".context")[0][j] += dScore * u[t][j];
        du[j] = dScore * v[j] * (1 - u[t][j] * u[t][j]);
      }
      ReferenceWeights.add(weights.gradient(NAME + ".bias")[0], du);
      ReferenceWeights.addOuter(weights.gradient(NAME + ".weight"), x[t], du);
      ReferenceWeights.addTransposed(dx[t], weights.of(NAME + ".weight"), du);
    }
  }

  /** The smallest lead of a maximum. */
  double distanceToKink(double[][] x) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; pooling == Pooling.MAX && j < W; j++) {
      int winner = best(x, j);
      for (int t = 0; t < x.length; t++)
        if (t != winner && x[t][j] != x[winner][j])
          nearest = Math.min(nearest, x[winner][j] - x[t][j]);
    }
    return nearest;
  }
}
