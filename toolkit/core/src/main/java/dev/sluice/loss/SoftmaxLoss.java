package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Sums;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Softmax with cross entropy, per token or per sentence, and the decoder that belongs to it: the most probable label of each row.
 * <pre>
 *   p[j] = exp(emit[j]) / Σ exp(emit)    loss = -log p[label]    dEmit[j] = p[j] - [j = label]
 * </pre>
 * The loss is summed over the tokens of a sentence. An instance has scratch memory and serves one thread.
 */
public final class SoftmaxLoss {
  private final Network network;
  private final boolean perSentence;
  private final int L;
  private final int ld;
  private final float[] e;
  private final double[] stripes = new double[16];

  /** The loss of a network. */
  public SoftmaxLoss(Network network) {
    this.network = network;
    perSentence = network.shape().pooling() != null;
    L = network.shape().labels();
    ld = network.emissionWidth();
    e = new float[L];
  }

  /**
   * The loss of the workspace's batch after its forward pass; also writes the gradient of the label scores.
   *
   * @param scale what the gradient is multiplied by, such as one over the sentences of the whole batch
   * @return the loss summed over the batch, not scaled
   */
  public double gradient(Workspace ws, float scale) {
    Batch batch = ws.batch();
    float[] emit = ws.emissions(), d = ws.emissionGradient();
    double loss = 0;
    int results = results(batch);
    for (int r = 0; r < results; r++) {
      int at = r * ld, label = perSentence ? batch.example(r).label() : batch.labels()[r];
      if (label < 0) {
        Arrays.fill(d, at, at + L, 0f);
        continue;
      }
      double logZ = Sums.logSumExp(emit, at, L, e, stripes);
      loss += logZ - emit[at + label];
      normalise(emit, at, logZ);
      for (int j = 0; j < L; j++) d[at + j] = e[j] * scale;
      d[at + label] = (e[label] - 1f) * scale;
    }
    return loss;
  }

  /** Turns exp(emit - max) into probabilities that sum to 1. */
  private void normalise(float[] emit, int at, double logZ) {
    float max = emit[at];
    for (int j = 1; j < L; j++) max = Math.max(max, emit[at + j]);
    float inverse = (float) StrictMath.exp(max - logZ);
    for (int j = 0; j < L; j++) e[j] *= inverse;
  }

  private int results(Batch batch) {
    return perSentence ? batch.sentences() : batch.rows();
  }

  /** The most probable label of a row (the first of equals); rows are those of the batch, or its sentences for a label per sentence. */
  public int best(Workspace ws, int row) {
    float[] emit = ws.emissions();
    int best = 0;
    for (int j = 1; j < L; j++) {
      if (emit[row * ld + j] > emit[row * ld + best]) best = j;
    }
    return best;
  }

  /** The probability of every label of a row, written to {@code to} from {@code at} on. */
  public void probabilities(Workspace ws, int row, float[] to, int at) {
    double logZ = Sums.logSumExp(ws.emissions(), row * ld, L, e, stripes);
    normalise(ws.emissions(), row * ld, logZ);
    System.arraycopy(e, 0, to, at, L);
  }

  /** The network it belongs to. */
  public Network network() {
    return network;
  }
}
