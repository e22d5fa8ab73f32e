package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Sums;
import dev.sluice.network.Emissions;
import dev.sluice.network.Workspace;

/** PLACEHOLDER until the chain lands. */
public final class TokenDecoder {
  private final int L;
  private final float[] e;
  private final double[] stripes = new double[16];
  private Workspace ws;
  private int sentence;

  public TokenDecoder(int labels) {
    L = labels;
    e = new float[L];
  }

  public void read(Workspace workspace, int i) {
    ws = workspace;
    sentence = i;
  }

  public int[] best() {
    Batch batch = ws.batch();
    Emissions em = ws.tokens();
    int[] labels = new int[batch.length(sentence)];
    for (int t = 0; t < labels.length; t++) {
      int at = batch.row(t, sentence) * em.ld(), best = 0;
      for (int j = 1; j < L; j++) if (em.scores()[at + j] > em.scores()[at + best]) best = j;
      labels[t] = best;
    }
    return labels;
  }

  public void marginals(float[] to) {
    Batch batch = ws.batch();
    Emissions em = ws.tokens();
    for (int t = 0; t < batch.length(sentence); t++) {
      int at = batch.row(t, sentence) * em.ld();
      double logZ = Sums.logSumExp(em.scores(), at, L, e, stripes);
      Softmax.normalise(em.scores(), at, L, logZ, e);
      System.arraycopy(e, 0, to, t * L, L);
    }
  }
}
