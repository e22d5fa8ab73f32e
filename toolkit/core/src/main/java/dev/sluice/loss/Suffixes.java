package dev.sluice.loss;

/**
 * The backward recursion over one sentence: β[t,i], the total weight of all ways to label the tokens behind t when t has label i. From it follow log Z and the
 * conditionals, which make the chain a Markov chain from left to right:
 * <pre>
 *   ψ[t](i,j) = (trans[i,j] + emit[t,j]) / τ
 *   log β[T-1,j] = stop[j] / τ
 *   log β[t-1,i] = log Σⱼ exp(ψ[t](i,j) + log β[t,j])          log Z = log Σⱼ exp((start[j] + emit[0,j]) / τ + log β[0,j])
 *   P[t](j|i)    = exp(ψ[t](i,j) + log β[t,j] - log β[t-1,i])  P[0](j) = exp((start[j] + emit[0,j]) / τ + log β[0,j] - log Z)
 * </pre>
 * Source: Sutton and McCallum, arXiv:1011.4088, backward recursion for linear chains; the conditionals follow by division.
 *
 * <p>Numbers are kept relative to an offset per token, so that long sentences and high scores lose no digits.
 */
abstract class Suffixes {
  final ChainWeights w;
  final int L;

  /** T, the tokens of the sentence in hand. */
  int T;

  /** log of what β[t] is relative to. */
  double[] offset = new double[0];

  /** log Z relative to {@link #offsetOfAll}. */
  double logTotal;

  double offsetOfAll;

  Suffixes(ChainWeights w) {
    this.w = w;
    L = w.L;
  }

  final double logPartition() {
    return logTotal + offsetOfAll;
  }

  /** log β[t,i], absolute. */
  final double logBeta(int t, int i) {
    return logSuffix(t, i) + offset[t];
  }

  /** Whether label i at token t can be followed by labels up to the end. */
  abstract boolean alive(int t, int i);

  /** log β[t,i] relative to its offset. */
  abstract double logSuffix(int t, int i);

  /** log (exp(emit[t,j] / τ)·β[t,j]), relative so that log P[t](j|i) = logTrans(i,j) + logStep(t,j) - logSuffix(t-1,i). */
  abstract double logStep(int t, int j);

  /** log P[t](j|i), and log P[0](j) for t = 0, where i does not matter; not for moves from a label that is not alive. */
  final double logConditional(int t, int i, int j) {
    return t == 0
        ? w.logStart(j) + logStep(0, j) - logTotal
        : w.logTrans(i, j) + logStep(t, j) - logSuffix(t - 1, i);
  }

  /** P[t](j|i), t ≥ 1. */
  abstract double conditional(int t, int i, int j);

  /** Writes P[0](j) times a factor to the first row. */
  abstract void first(double factor, double[] arriving);

  /** Moves the masses of row t-1 to row t: arriving[t,j] = Σᵢ leaving[t-1,i]·P[t](j|i). */
  abstract void step(int t, double[] leaving, double[] arriving);

  /** Adds factor · Σₜ leaving[t-1,i]·P[t](j|i) to to[i,j]. */
  abstract void transitions(double[] leaving, double factor, double[] to);

  /**
   * One pass from left to right that carries mass through the conditionals.
   * <pre>
   *   arriving [T,L] written    leaving [T,L] read and written
   *
   *   arriving[0,j] = factor·P[0](j)                 leaving[t] = arriving[t] + what leaving[t] held before
   *   arriving[t,j] = Σᵢ leaving[t-1,i]·P[t](j|i)
   * </pre>
   * With factor 1 and nothing held before, rows are the marginals of the tokens.
   */
  final void flow(double factor, double[] arriving, double[] leaving) {
    for (int t = 0; t < T; t++) {
      if (t == 0) first(factor, arriving);
      else step(t, leaving, arriving);
      for (int j = t * L; j < (t + 1) * L; j++) leaving[j] += arriving[j];
    }
  }
}
