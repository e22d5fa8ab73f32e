package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Kernels;
import java.util.Arrays;

/**
 * The weight of each token in a sentence's vector, learned from the states.
 * <pre>
 *   h [rows,W]    u [rows,W]    v [W]
 *   u = tanh(bias + h·weights)    s = u·v    share = softmax of s over the tokens of a sentence
 * </pre>
 * Source: Yang et al. 2016, "Hierarchical Attention Networks", equations 5 to 7, with v called the context vector there.
 */
final class AttentionPooling {
  private final int width;
  private final Linear linear;
  private final Block context;

  AttentionPooling(Parameters.Layout layout, int width) {
    this.width = width;
    linear = new Linear(layout, "sentence.attention", width, width);
    context = layout.dense("sentence.attention.context", 1, 1, width);
  }

  /** The numbers of one batch. */
  static final class State {
    float[] u = new float[0]; // [rows, W], then its gradient
    float[] share = new float[0]; // [rows]
    float[] dShare = new float[0]; // [rows]
  }

  /** How many numbers a row of the batch takes here. */
  int perRow(boolean training) {
    return linear.ld() + (training ? 2 : 1);
  }

  void reserve(State s, int rows, boolean training) {
    s.u = Workspace.room(s.u, rows * linear.ld());
    s.share = Workspace.room(s.share, rows);
    if (training) s.dShare = Workspace.room(s.dShare, rows);
  }

  void pack(Kernels k, float[] dense, boolean training) {
    linear.pack(k, dense, training);
  }

  void initialise(Parameters p, Recurrent.Initial initial) {
    linear.initialise(p, initial);
    initial.uniform(p.dense(), context, Math.sqrt(3.0 / width));
  }

  /** Fills the shares. */
  void weigh(Kernels k, float[] dense, Batch batch, State s, float[] top, int ld) {
    int rows = batch.rows(), W = linear.ld();
    linear.forward(k, dense, top, ld, rows, s.u);
    for (int r = 0; r < rows; r++) {
      float score = 0;
      for (int j = 0; j < width; j++) {
        float u = Functions.tanh(s.u[r * W + j]);
        s.u[r * W + j] = u;
        score += u * dense[context.at() + j];
      }
      s.share[r] = score;
    }
    for (int i = 0; i < batch.sentences(); i++) softmax(batch, i, s.share);
  }

  private static void softmax(Batch batch, int i, float[] x) {
    int T = batch.length(i);
    float most = Float.NEGATIVE_INFINITY, sum = 0;
    for (int t = 0; t < T; t++) most = Math.max(most, x[batch.row(t, i)]);
    for (int t = 0; t < T; t++) {
      int row = batch.row(t, i);
      x[row] = Functions.exp(x[row] - most);
      sum += x[row];
    }
    for (int t = 0; t < T; t++) x[batch.row(t, i)] /= sum;
  }

  /** From the gradient of the pooled vectors, adds that of the states to {@code dTop} and that of the weights to the workspace's gradient. */
  void backward(Workspace ws, State s, float[] dPooled, float[] top, int ld, float[] dTop) {
    Batch batch = ws.batch;
    float[] dense = ws.network.parameters().dense(), g = ws.gradient;
    int rows = batch.rows(), W = linear.ld();
    for (int i = 0; i < batch.sentences(); i++) {
      float mean = 0; // Σ share·dShare
      for (int t = 0; t < batch.length(i); t++) {
        int row = batch.row(t, i);
        float d = 0;
        for (int j = 0; j < width; j++) {
          d += dPooled[i * ld + j] * top[row * ld + j];
          dTop[row * ld + j] += s.share[row] * dPooled[i * ld + j];
        }
        s.dShare[row] = d;
        mean += s.share[row] * d;
      }
      for (int t = 0; t < batch.length(i); t++) {
        int row = batch.row(t, i);
        s.dShare[row] = s.share[row] * (s.dShare[row] - mean); // now that of the score
      }
    }
    for (int r = 0; r < rows; r++) {
      float d = s.dShare[r];
      for (int j = 0; j < width; j++) {
        float u = s.u[r * W + j];
        g[context.at() + j] += d * u;
        s.u[r * W + j] = d * dense[context.at() + j] * (1 - u * u);
      }
      Arrays.fill(s.u, r * W + width, (r + 1) * W, 0f);
    }
    linear.backward(ws.kernels, top, ld, s.u, rows, g, dTop, true);
  }
}
