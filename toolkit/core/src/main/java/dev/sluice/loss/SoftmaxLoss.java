package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import dev.sluice.network.Emissions;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Softmax with cross entropy, per token, per sentence or per symbol that is written.
 * <pre>
 *   p[j] = exp(emit[j]) / Σ exp(emit)    target[j] = (1-ε)·[j = label] + ε/L
 *   loss = -w[label]·Σⱼ target[j]·log p[j]    dEmit[j] = w[label]·(p[j] - target[j])
 * </pre>
 * ε smooths the labels (Szegedy et al. 2016), w weighs the classes. The loss is summed over the tokens of a sentence, or over the symbols that are written of it.
 */
public final class SoftmaxLoss implements Loss {
  private final Of of;
  private final int L;
  private final float[] weights; // per label; null when all are 1
  private final float smoothing;
  private final float[] e;
  private final double[] stripes = new double[16];

  /** What is labelled. */
  private enum Of {
    TOKENS,
    SENTENCES,
    WRITTEN
  }

  private SoftmaxLoss(Of of, int labels, float[] weights, double smoothing) {
    this.of = of;
    this.weights = weights;
    this.smoothing = (float) smoothing;
    L = labels;
    e = new float[L];
  }

  /**
   * The loss of the labels of tokens.
   *
   * @param weights w per label; null when all are 1
   * @param smoothing ε, 0 to 1
   */
  public static SoftmaxLoss ofTokens(int labels, float[] weights, double smoothing) {
    return new SoftmaxLoss(Of.TOKENS, labels, weights, smoothing);
  }

  /** The loss of the label of the sentence. */
  public static SoftmaxLoss ofSentences(int labels, float[] weights, double smoothing) {
    return new SoftmaxLoss(Of.SENTENCES, labels, weights, smoothing);
  }

  /** The loss of the symbols that a decoder is to write. */
  public static SoftmaxLoss ofWritten(int symbols, double smoothing) {
    return new SoftmaxLoss(Of.WRITTEN, symbols, null, smoothing);
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    Batch batch = ws.batch();
    Emissions emissions =
        switch (of) {
          case TOKENS -> ws.tokens();
          case SENTENCES -> ws.sentence();
          case WRITTEN -> ws.decoder().scores();
        };
    float[] emit = emissions.scores(), d = emissions.gradient();
    int rows =
        switch (of) {
          case TOKENS -> batch.rows();
          case SENTENCES -> batch.sentences();
          case WRITTEN -> ws.decoder().rows();
        };
    int ld = emissions.ld();
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * ld;
      int label =
          switch (of) {
            case TOKENS -> batch.labels()[r];
            case SENTENCES -> intent(batch, r);
            case WRITTEN -> ws.decoder().symbols()[r];
          };
      if (label < 0) {
        Arrays.fill(d, at, at + L, 0f);
        continue;
      }
      double logZ = Sums.logSumExp(emit, at, L, e, stripes);
      double target = emit[at + label];
      if (smoothing > 0) {
        double mean = 0;
        for (int j = 0; j < L; j++) mean += emit[at + j];
        target = (1 - smoothing) * target + smoothing * mean / L;
      }
      float w = weights == null ? 1f : weights[label];
      loss += w * (logZ - target);
      Softmax.normalise(emit, at, L, logZ, e);
      float s = w * scale, off = smoothing / L;
      for (int j = 0; j < L; j++) d[at + j] = (e[j] - off) * s;
      d[at + label] = (e[label] - off - (1f - smoothing)) * s;
    }
    return loss;
  }

  private static int intent(Batch batch, int i) {
    int[] intents = batch.example(i).intents();
    return intents.length == 0 ? -1 : intents[0];
  }
}
