package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Functions;
import dev.sluice.network.Emissions;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Binary cross entropy for sentences that may have several labels: each label is a question of its own.
 * <pre>
 *   p[j] = σ(emit[j])    loss = -Σⱼ w[j]·(y[j]·log p[j] + (1-y[j])·log(1-p[j]))    dEmit[j] = w[j]·(p[j] - y[j])
 * </pre>
 * y[j] is 1 for the labels a sentence has, smoothed to (1-ε)·y[j] + ε/2; w weighs the labels. A sentence whose labels are unknown teaches nothing.
 */
public final class SigmoidLoss implements Loss {
  private final float[] weights; // per label; null when all are 1
  private final float smoothing;
  private final float[] y;

  /**
   * A loss.
   *
   * @param weights w per label; null when all are 1
   * @param smoothing ε, 0 to 1
   */
  public SigmoidLoss(int labels, float[] weights, double smoothing) {
    this.weights = weights;
    this.smoothing = (float) smoothing;
    y = new float[labels];
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    Batch batch = ws.batch();
    Emissions emissions = ws.sentence();
    float[] emit = emissions.scores(), d = emissions.gradient();
    double loss = 0;
    for (int i = 0; i < batch.sentences(); i++) {
      int at = i * emissions.ld();
      int[] intents = batch.example(i).intents();
      if (intents.length == 0) {
        Arrays.fill(d, at, at + y.length, 0f);
        continue;
      }
      Arrays.fill(y, smoothing / 2);
      for (int label : intents) y[label] = 1 - smoothing / 2;
      for (int j = 0; j < y.length; j++) {
        float x = emit[at + j], w = weights == null ? 1f : weights[j];
        // -log σ(x) = max(0,-x) + log(1 + e^-|x|), and -log(1-σ(x)) is that plus x
        loss +=
            w
                * (Math.max(0f, x)
                    - (double) x * y[j]
                    + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));
        d[at + j] = w * scale * (Functions.sigmoid(x) - y[j]);
      }
    }
    return loss;
  }
}
