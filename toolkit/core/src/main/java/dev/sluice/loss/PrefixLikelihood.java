package dev.sluice.loss;

import dev.sluice.kernel.Workers;

/**
 * The likelihood of gold sequences where the scores of a token depend on the labels before it, as {@link FeedbackDecoder} has it: the product of the probability of each label, the gold labels before it
 * given, among those that may stand there.
 */
public final class PrefixLikelihood implements Likelihood {
  private final Moves moves;
  private final Endings endings;
  private final float[][] scores;
  private final int[][] gold;

  /**
   * Takes scores and gold labels; the arrays are shared, not copied.
   *
   * @param moves which label may follow which
   * @param scores for each sentence the label scores of its tokens behind the gold labels, [T,L]
   * @param gold for each sentence its label ids, [T], none unknown and together allowed by the moves
   */
  public PrefixLikelihood(Moves moves, float[][] scores, int[][] gold) {
    this.moves = moves;
    this.scores = scores;
    this.gold = gold;
    endings = new Endings(moves);
  }

  private boolean may(int i, int t, int j) {
    return endings.allow(t == 0 ? -1 : gold[i][t - 1], j, gold[i].length - 1 - t);
  }

  @Override
  public double negative(double temperature, Workers workers) {
    double sum = 0;
    for (int i = 0; i < gold.length; i++) {
      for (int t = 0; t < gold[i].length; t++) sum += negative(i, t, temperature);
    }
    return sum;
  }

  private double negative(int i, int t, double temperature) {
    int L = moves.labels(), at = t * L;
    double high = Double.NEGATIVE_INFINITY, sum = 0;
    for (int j = 0; j < L; j++) if (may(i, t, j)) high = Math.max(high, scores[i][at + j]);
    for (int j = 0; j < L; j++)
      if (may(i, t, j)) sum += StrictMath.exp((scores[i][at + j] - high) / temperature);
    return StrictMath.log(sum) - (scores[i][at + gold[i][t]] - high) / temperature;
  }

  @Override
  public int cases() {
    return gold.length;
  }

  /** Sentences that are not labelled right greedily; as long as labels are right, those before them are the gold ones. */
  @Override
  public int mistakes() {
    int mistakes = 0;
    for (int i = 0; i < gold.length; i++) if (isMistake(i)) mistakes++;
    return mistakes;
  }

  private boolean isMistake(int i) {
    int L = moves.labels();
    for (int t = 0; t < gold[i].length; t++) {
      for (int j = 0; j < L; j++) {
        if (may(i, t, j) && scores[i][t * L + j] > scores[i][t * L + gold[i][t]]) return true;
      }
    }
    return false;
  }
}
