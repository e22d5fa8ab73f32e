package dev.sluice.loss;

import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import dev.sluice.network.Emissions;

/** Turns the scores of a sentence's labels into probabilities: softmax for one label, a sigmoid each for several. It has scratch memory and serves one thread. */
public final class SentenceDecoder {
  private final boolean several;
  private final float[] scores;
  private final float[] e;
  private final double[] stripes = new double[16];

  /** A decoder for a number of labels. */
  public SentenceDecoder(int labels, boolean several) {
    this.several = several;
    scores = new float[labels];
    e = new float[labels];
  }

  /**
   * The probability of every label of a sentence.
   *
   * @param row the sentence's row
   * @param temperature what scores are divided by, above 0
   * @param to [L], written
   */
  public void probabilities(Emissions emissions, int row, double temperature, float[] to) {
    int L = scores.length, at = row * emissions.ld();
    for (int j = 0; j < L; j++) scores[j] = (float) (emissions.scores()[at + j] / temperature);
    if (several) {
      for (int j = 0; j < L; j++) to[j] = Functions.sigmoid(scores[j]);
      return;
    }
    double logZ = Sums.logSumExp(scores, 0, L, e, stripes);
    Softmax.normalise(scores, 0, L, logZ, e);
    System.arraycopy(e, 0, to, 0, L);
  }
}
