package dev.sluice.loss;

import dev.sluice.kernel.Workers;

/**
 * The likelihood of the gold labels of sentences: cross entropy of a softmax, or binary cross entropy summed over the labels where a sentence may have several.
 * <pre>
 *   x = scores / τ        one label y:  -log p = log Σⱼ exp(xⱼ) - x[y]        several:  -log p = Σⱼ log(1 + exp(±xⱼ)), minus for gold ones
 * </pre>
 */
public final class LabelLikelihood implements Likelihood {
  private final boolean several;
  private final float[][] scores;
  private final int[][] gold;

  /**
   * Takes scores and gold labels; the arrays are shared, not copied.
   *
   * @param several whether a sentence may have several labels
   * @param scores for each sentence the scores of its labels, [L]
   * @param gold for each sentence its label ids; exactly one unless there may be several
   */
  public LabelLikelihood(boolean several, float[][] scores, int[][] gold) {
    this.several = several;
    this.scores = scores;
    this.gold = gold;
  }

  @Override
  public double negative(double temperature, Workers workers) {
    double sum = 0;
    for (int i = 0; i < gold.length; i++)
      sum += several ? binary(i, temperature) : categorical(i, temperature);
    return sum;
  }

  private double categorical(int i, double temperature) {
    float[] x = scores[i];
    double high = x[0];
    for (float score : x) high = Math.max(high, score);
    double sum = 0;
    for (float score : x) sum += StrictMath.exp((score - high) / temperature);
    return StrictMath.log(sum) - (x[gold[i][0]] - high) / temperature;
  }

  private double binary(int i, double temperature) {
    double sum = 0;
    for (int j = 0; j < scores[i].length; j++) {
      double x = scores[i][j] / temperature;
      double wrong = isGold(i, j) ? -x : x; // log(1 + exp(wrong)) without overflow
      sum += Math.max(0, wrong) + StrictMath.log1p(StrictMath.exp(-Math.abs(wrong)));
    }
    return sum;
  }

  private boolean isGold(int i, int label) {
    for (int id : gold[i]) if (id == label) return true;
    return false;
  }

  @Override
  public int cases() {
    return gold.length;
  }

  @Override
  public int mistakes() {
    int mistakes = 0;
    for (int i = 0; i < gold.length; i++) if (isMistake(i)) mistakes++;
    return mistakes;
  }

  private boolean isMistake(int i) {
    float[] x = scores[i];
    int best = 0;
    for (int j = 0; j < x.length; j++) {
      if (several && x[j] >= 0 != isGold(i, j)) return true;
      if (x[j] > x[best]) best = j;
    }
    return !several && best != gold[i][0];
  }
}
