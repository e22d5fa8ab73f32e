package dev.sluice.testing;

import dev.sluice.network.EncoderConfig.Connection;

/** What goes past a recurrent layer, one token at a time, in double. */
final class ReferenceShortcut {
  private final ReferenceWeights weights;
  private final Connection connection;
  private final String name;
  private final int outputs;
  private final boolean projected;

  ReferenceShortcut(
      ReferenceWeights weights, Connection connection, String name, int inputs, int outputs) {
    this.weights = weights;
    this.connection = connection;
    this.name = name;
    this.outputs = outputs;
    projected = inputs != outputs && connection != Connection.NONE;
    if (projected) weights.add(name + ".projection.weight", inputs, outputs);
    if (connection != Connection.HIGHWAY) return;
    weights.add(name + ".highway.weight", inputs, outputs);
    weights.add(name + ".highway.bias", 1, outputs);
  }

  private double[] carried(double[] x) {
    if (!projected) return x;
    double[] y = new double[outputs];
    ReferenceWeights.addProduct(y, x, weights.of(name + ".projection.weight"));
    return y;
  }

  private double[] gate(double[] x) {
    double[] g = weights.of(name + ".highway.bias")[0].clone();
    ReferenceWeights.addProduct(g, x, weights.of(name + ".highway.weight"));
    for (int j = 0; j < g.length; j++) g[j] = ReferenceCell.sigmoid(g[j]);
    return g;
  }

  /** The output, from that of the layer and its input. */
  double[] forward(double[] h, double[] x) {
    double[] y = h.clone();
    if (connection == Connection.RESIDUAL) ReferenceWeights.add(y, carried(x));
    if (connection != Connection.HIGHWAY) return y;
    double[] g = gate(x), past = carried(x);
    for (int j = 0; j < y.length; j++) y[j] = g[j] * h[j] + (1 - g[j]) * past[j];
    return y;
  }

  /** Adds the gradients of the weights and of x, and returns that of h. */
  double[] backward(double[] h, double[] x, double[] dy, double[] dx) {
    double[] dh = dy.clone();
    if (connection == Connection.NONE) return dh;
    double[] dPast = dy.clone();
    if (connection == Connection.HIGHWAY) {
      double[] g = gate(x), past = carried(x), dSum = new double[g.length];
      for (int j = 0; j < g.length; j++) {
        dh[j] = dy[j] * g[j];
        dPast[j] = dy[j] * (1 - g[j]);
        dSum[j] = dy[j] * (h[j] - past[j]) * g[j] * (1 - g[j]);
      }
      ReferenceWeights.add(weights.gradient(name + ".highway.bias")[0], dSum);
      ReferenceWeights.addOuter(weights.gradient(name + ".highway.weight"), x, dSum);
      ReferenceWeights.addTransposed(dx, weights.of(name + ".highway.weight"), dSum);
    }
    if (projected) {
      ReferenceWeights.addOuter(weights.gradient(name + ".projection.weight"), x, dPast);
      ReferenceWeights.addTransposed(dx, weights.of(name + ".projection.weight"), dPast);
    } else {
      ReferenceWeights.add(dx, dPast);
    }
    return dh;
  }
}
