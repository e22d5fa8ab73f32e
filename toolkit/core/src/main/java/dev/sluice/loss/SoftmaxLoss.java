package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import dev.sluice.network.Emissions;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Softmax with cross entropy, per token or per sentence.
 * <pre>
 *   p[j] = exp(emit[j]) / Σ exp(emit)    target[j] = (1-ε)·[j = label] + ε/L
 *   loss = -w[label]·Σⱼ target[j]·log p[j]    dEmit[j] = w[label]·(p[j] - target[j])
 * </pre>
 * ε smooths the labels (Szegedy et al. 2016), w weighs the classes. The loss is summed over the tokens of a sentence.
 */
public final class SoftmaxLoss implements Loss {
  private final boolean perSentence;
  private final int L;
  private final float[] weights; // per label; null when all are 1
  private final float smoothing;
  private final float[] e;
  private final double[] stripes = new double[16];

  private SoftmaxLoss(boolean perSentence, int labels, float[] weights, double smoothing) {
    this.perSentence = perSentence;
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
    return new SoftmaxLoss(false, labels, weights, smoothing);
  }

  /** The loss of the label of the sentence. */
  public static SoftmaxLoss ofSentences(int labels, float[] weights, double smoothing) {
    return new SoftmaxLoss(true, labels, weights, smoothing);
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    Batch batch = ws.batch();
    Emissions emissions = perSentence ? ws.sentence() : ws.tokens();
    float[] emit = emissions.scores(), d = emissions.gradient();
    int rows = perSentence ? batch.sentences() : batch.rows(), ld = emissions.ld();
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * ld, label = perSentence ? intent(batch, r) : batch.labels()[r];
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
