package dev.sluice.loss;

import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import dev.sluice.network.NextScores;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Cross entropy of the symbol that comes next, over all symbols.
 * <pre>
 *   loss = log Σⱼ exp(score[j]) - score[next]        dScore[j] = p[j] - [j = next]
 * </pre>
 */
public final class NextSymbolLoss implements Loss {
  private final float[] e;
  private final double[] stripes = new double[16];

  /** Of a network that tells V symbols apart. */
  public NextSymbolLoss(int symbols) {
    e = new float[symbols];
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    NextScores next = ws.next();
    float[] scores = next.scores(), d = next.gradient();
    int[] target = ws.batch().labels();
    int ld = next.ld(), V = next.symbols();
    double loss = 0;
    for (int r = 0; r < ws.batch().rows(); r++) {
      int at = r * ld;
      double logZ = Sums.logSumExp(scores, at, V, e, stripes);
      loss += logZ - scores[at + target[r]];
      Softmax.normalise(scores, at, V, logZ, e);
      for (int j = 0; j < V; j++) d[at + j] = e[j] * scale;
      d[at + target[r]] = (e[target[r]] - 1f) * scale;
      Arrays.fill(d, at + V, at + ld, 0f);
    }
    return loss;
  }
}
