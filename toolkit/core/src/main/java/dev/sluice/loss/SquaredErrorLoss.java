package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import dev.sluice.network.Emissions;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Softmax with squared error, per token: what cross entropy is compared with in textbooks.
 * <pre>
 *   p[j] = exp(emit[j]) / Σ exp(emit)    target[j] = (1-ε)·[j = label] + ε/L    g[j] = p[j] - target[j]
 *   loss = w[label]·½ Σⱼ g[j]²    dEmit[j] = w[label]·p[j]·(g[j] - Σₖ p[k]·g[k])
 * </pre>
 * Source: Golik, Doetsch and Ney 2013, "Cross-Entropy vs. Squared Error Training", Interspeech; the factor ½ is ours, and the gradient follows by that of the softmax, dp[k]/demit[j] =
 * p[k]·([j = k] - p[j]). A token's loss is at most w, and its gradient vanishes not only where the label is sure to be right but also where it is sure to be wrong, so that a network which
 * begins with such labels does not learn better ones. ε and w are those of {@link SoftmaxLoss}. The loss is summed over the tokens of a sentence.
 */
public final class SquaredErrorLoss implements Loss {
  private final int L;
  private final float[] weights; // per label; null when all are 1
  private final double smoothing;
  private final float[] e;
  private final double[] stripes = new double[16];

  /**
   * The loss of the labels of tokens.
   *
   * @param labels L, the number of labels
   * @param weights w per label; null when all are 1
   * @param smoothing ε, 0 to 1
   */
  public SquaredErrorLoss(int labels, float[] weights, double smoothing) {
    L = labels;
    this.weights = weights;
    this.smoothing = smoothing;
    e = new float[L];
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    Batch batch = ws.batch();
    Emissions emissions = ws.tokens();
    float[] emit = emissions.scores(), d = emissions.gradient();
    double loss = 0;
    for (int r = 0; r < batch.rows(); r++) {
      int at = r * emissions.ld(), label = batch.labels()[r];
      if (label < 0) {
        Arrays.fill(d, at, at + L, 0f);
        continue;
      }
      double logZ = Sums.logSumExp(emit, at, L, e, stripes);
      Softmax.normalise(emit, at, L, logZ, e);
      double squares = 0, mean = 0; // mean: Σ p·g
      for (int j = 0; j < L; j++) {
        double g = e[j] - target(j, label);
        squares += g * g;
        mean += e[j] * g;
      }
      float w = weights == null ? 1f : weights[label];
      loss += w * squares / 2;
      double s = (double) w * scale;
      for (int j = 0; j < L; j++) d[at + j] = (float) (s * e[j] * (e[j] - target(j, label) - mean));
    }
    return loss;
  }

  private double target(int j, int label) {
    double spread = smoothing / L;
    return j == label ? 1 - smoothing + spread : spread;
  }
}
