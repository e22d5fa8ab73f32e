package dev.sluice.loss;

/**
 * Suffixes in the domain of logarithms: the definition, which no score can drive out of range, at an exponential per move. Also takes labels that are already
 * known, and then counts only the paths that have them.
 */
final class LogSuffixes extends Suffixes {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  /** log β[t,i], relative. */
  private double[] suffix = new double[0];

  /** emit[t,j] / τ + log β[t,j], relative to the highest of the token, which has 0. */
  private double[] x = new double[0];

  private final double[] terms;

  LogSuffixes(ChainWeights w) {
    super(w);
    terms = new double[L];
  }

  /**
   * Runs the recursion. log Z is -∞ when no path is legal, and nothing else may be asked then.
   *
   * @param known a label per token, -1 where it is not known; or null
   */
  void compute(double[] emit, int T, int[] known) {
    this.T = T;
    suffix = Scratch.room(suffix, T * L);
    x = Scratch.room(x, T * L);
    offset = Scratch.room(offset, T);
    double log = w.highStop / w.temperature;
    for (int i = 0; i < L; i++) suffix[(T - 1) * L + i] = w.logStop(i);
    for (int t = T - 1; t >= 0; t--) {
      offset[t] = log;
      double high = weigh(emit, t, known == null ? -1 : known[t]);
      if (high == NONE) {
        logTotal = NONE;
        offsetOfAll = 0;
        return;
      }
      log += high;
      if (t > 0) {
        log += w.highTrans / w.temperature;
        for (int i = 0; i < L; i++) suffix[(t - 1) * L + i] = logSumOfMoves(i, t);
      }
    }
    for (int j = 0; j < L; j++) terms[j] = w.logStart(j) + x[j];
    logTotal = logSum();
    offsetOfAll = log + w.highStart / w.temperature;
  }

  /** Fills x[t] and returns what it is relative to; -∞ if no label is possible. */
  private double weigh(double[] emit, int t, int known) {
    double high = NONE;
    for (int j = 0; j < L; j++) {
      int at = t * L + j;
      x[at] = known >= 0 && known != j ? NONE : emit[at] / w.temperature + suffix[at];
      high = Math.max(high, x[at]);
    }
    if (high == NONE) return NONE;
    for (int at = t * L; at < (t + 1) * L; at++) x[at] -= high;
    return high;
  }

  private double logSumOfMoves(int i, int t) {
    for (int j = 0; j < L; j++) terms[j] = w.logTrans(i, j) + x[t * L + j];
    return logSum();
  }

  private double logSum() {
    double high = NONE, sum = 0;
    for (int j = 0; j < L; j++) high = Math.max(high, terms[j]);
    if (high == NONE) return NONE;
    for (int j = 0; j < L; j++) {
      if (terms[j] != NONE) sum += StrictMath.exp(terms[j] - high);
    }
    return high + StrictMath.log(sum);
  }

  @Override
  boolean alive(int t, int i) {
    return suffix[t * L + i] != NONE;
  }

  @Override
  double logSuffix(int t, int i) {
    return suffix[t * L + i];
  }

  @Override
  double logStep(int t, int j) {
    return x[t * L + j];
  }

  @Override
  double conditional(int t, int i, int j) {
    double log = w.logTrans(i, j) + x[t * L + j];
    return log == NONE ? 0 : StrictMath.exp(log - suffix[(t - 1) * L + i]);
  }

  @Override
  void first(double factor, double[] arriving) {
    for (int j = 0; j < L; j++)
      arriving[j] = factor * StrictMath.exp(w.logStart(j) + x[j] - logTotal);
  }

  @Override
  void step(int t, double[] leaving, double[] arriving) {
    int before = (t - 1) * L, at = t * L;
    for (int j = 0; j < L; j++) arriving[at + j] = 0;
    for (int i = 0; i < L; i++) {
      double mass = leaving[before + i];
      if (mass == 0) continue;
      for (int j = 0; j < L; j++) arriving[at + j] += mass * conditional(t, i, j);
    }
  }

  @Override
  void transitions(double[] leaving, double factor, double[] to) {
    for (int t = 1; t < T; t++) {
      for (int i = 0; i < L; i++) {
        double mass = leaving[(t - 1) * L + i];
        if (mass == 0) continue;
        for (int j = 0; j < L; j++) to[i * L + j] += factor * (mass * conditional(t, i, j));
      }
    }
  }
}
