package dev.sluice.testing;

import dev.sluice.network.NetworkShape.Attention;

/** The context of every token beside its state, token by token and head by head, in double. */
final class ReferenceAttention {
  private final ReferenceWeights weights;
  private final int W;
  private final int A;
  private final int heads;
  private final int perHead;

  ReferenceAttention(ReferenceWeights weights, int states, Attention shape) {
    this.weights = weights;
    W = states;
    A = shape.width();
    heads = shape.heads();
    perHead = A / heads;
    for (String part : new String[] {"query", "key", "value"}) {
      weights.add("attention." + part + ".weight", W, A);
      weights.add("attention." + part + ".bias", 1, A);
    }
  }

  private double[][] linear(String part, double[][] h) {
    double[][] y = new double[h.length][];
    for (int t = 0; t < h.length; t++) {
      y[t] = weights.of("attention." + part + ".bias")[0].clone();
      ReferenceWeights.addProduct(y[t], h[t], weights.of("attention." + part + ".weight"));
    }
    return y;
  }

  private void linearGradient(String part, double[][] h, double[][] dy, double[][] dh) {
    for (int t = 0; t < h.length; t++) {
      ReferenceWeights.add(weights.gradient("attention." + part + ".bias")[0], dy[t]);
      ReferenceWeights.addOuter(weights.gradient("attention." + part + ".weight"), h[t], dy[t]);
      ReferenceWeights.addTransposed(dh[t], weights.of("attention." + part + ".weight"), dy[t]);
    }
  }

  /** What every token has of a token's context, by one head. */
  private double[] shares(double[] q, double[][] k, int head) {
    double[] a = new double[k.length];
    double most = Double.NEGATIVE_INFINITY, sum = 0;
    for (int s = 0; s < k.length; s++) {
      for (int j = head * perHead; j < (head + 1) * perHead; j++) a[s] += q[j] * k[s][j];
      a[s] /= Math.sqrt(perHead);
      most = Math.max(most, a[s]);
    }
    for (int s = 0; s < k.length; s++) {
      a[s] = Math.exp(a[s] - most);
      sum += a[s];
    }
    for (int s = 0; s < k.length; s++) a[s] /= sum;
    return a;
  }

  /** States and contexts side by side, the contexts times the mask. */
  double[][] forward(double[][] h, double[] mask) {
    double[][] q = linear("query", h), k = linear("key", h), v = linear("value", h);
    double[][] out = new double[h.length][W + A];
    for (int t = 0; t < h.length; t++) {
      System.arraycopy(h[t], 0, out[t], 0, W);
      for (int head = 0; head < heads; head++) {
        double[] a = shares(q[t], k, head);
        for (int s = 0; s < h.length; s++) {
          for (int j = head * perHead; j < (head + 1) * perHead; j++)
            out[t][W + j] += a[s] * v[s][j] * mask[j];
        }
      }
    }
    return out;
  }

  /** The gradient of the states, from that of states and contexts; adds those of the weights. */
  double[][] backward(double[][] h, double[] mask, double[][] dOut) {
    int T = h.length;
    double[][] q = linear("query", h), k = linear("key", h), v = linear("value", h);
    double[][] dq = new double[T][A], dk = new double[T][A], dv = new double[T][A];
    double[][] dh = new double[T][W];
    for (int t = 0; t < T; t++) {
      System.arraycopy(dOut[t], 0, dh[t], 0, W);
      for (int head = 0; head < heads; head++) {
        int from = head * perHead, to = from + perHead;
        double[] a = shares(q[t], k, head), dShare = new double[T];
        double mean = 0;
        for (int s = 0; s < T; s++) {
          for (int j = from; j < to; j++) {
            double dContext = dOut[t][W + j] * mask[j];
            dShare[s] += dContext * v[s][j];
            dv[s][j] += a[s] * dContext;
          }
          mean += a[s] * dShare[s];
        }
        for (int s = 0; s < T; s++) {
          double dScore = a[s] * (dShare[s] - mean) / Math.sqrt(perHead);
          for (int j = from; j < to; j++) {
            dq[t][j] += dScore * k[s][j];
            dk[s][j] += dScore * q[t][j];
          }
        }
      }
    }
    linearGradient("query", h, dq, dh);
    linearGradient("key", h, dk, dh);
    linearGradient("value", h, dv, dh);
    return dh;
  }
}
