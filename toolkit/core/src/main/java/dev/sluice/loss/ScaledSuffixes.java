package dev.sluice.loss;

/**
 * Suffixes in the domain of probabilities, each token scaled by a power of two: O(T·L²) multiplications and T·L exponentials. Serves as long as no number comes
 * near the smallest one; {@link LogSuffixes} takes over where it does.
 */
final class ScaledSuffixes extends Suffixes {
  /**
   * What the weight of a label that is alive must reach relative to the best of its token. Terms that underflow are below 1e-307, so that no conditional is
   * off by more than L·1e-207.
   */
  private static final double LEAST = 1e-100;

  /** Rows of {@link #transitions} that stay in the nearest cache. */
  private static final int BLOCK = 32;

  private static final double LN2 = 0.6931471805599453;

  /** β[t,i], relative. */
  private double[] beta = new double[0];

  /** 1 / β[t,i], 0 where β is. */
  private double[] inverse = new double[0];

  /** exp(emit[t,j] / τ)·β[t,j], scaled to a maximum in [1, 2). */
  private double[] u = new double[0];

  /** (emit[t,j] - highest of t) / τ. */
  private double[] scaled = new double[0];

  private double[] exponent = new double[0];
  private double[] ratio = new double[0];
  private double total;
  private final double[] row;
  private final double[] column = new double[BLOCK];

  ScaledSuffixes(ChainWeights w) {
    super(w);
    row = new double[L];
  }

  /**
   * Runs the recursion.
   *
   * @return whether all numbers are exact; if not, nothing else may be asked
   */
  boolean compute(double[] emit, int T, Endings endings) {
    this.T = T;
    beta = Scratch.room(beta, T * L);
    inverse = Scratch.room(inverse, T * L);
    u = Scratch.room(u, T * L);
    scaled = Scratch.room(scaled, T * L);
    exponent = Scratch.room(exponent, T);
    offset = Scratch.room(offset, T);
    System.arraycopy(w.expStop, 0, row, 0, L);
    double log = w.highStop / w.temperature;
    for (int t = T - 1; t >= 0; t--) {
      if (!keep(t, endings)) return false;
      offset[t] = log;
      double high = highest(emit, t);
      if (!weigh(emit, t, high)) return false;
      log += high / w.temperature + exponent[t] * LN2;
      if (t > 0) {
        w.backward(u, t * L, row);
        log += w.highTrans / w.temperature;
      }
    }
    total = 0;
    for (int j = 0; j < L; j++) total += w.expStart[j] * u[j];
    logTotal = StrictMath.log(total);
    offsetOfAll = log + w.highStart / w.temperature;
    return total >= LEAST;
  }

  /** Takes β[t] from {@link #row}; false if one that is alive is too small. */
  private boolean keep(int t, Endings endings) {
    for (int i = 0; i < L; i++) {
      if (row[i] < LEAST && endings.reaches(T - 1 - t, i)) return false;
      beta[t * L + i] = row[i];
      inverse[t * L + i] = row[i] == 0 ? 0 : 1 / row[i];
    }
    return true;
  }

  private double highest(double[] emit, int t) {
    double high = emit[t * L];
    for (int j = 1; j < L; j++) high = Math.max(high, emit[t * L + j]);
    return high;
  }

  /** Fills u[t]; false if all of it is too small. */
  private boolean weigh(double[] emit, int t, double high) {
    int at = t * L;
    for (int j = at; j < at + L; j++) scaled[j] = (emit[j] - high) / w.temperature;
    ChainWeights.KERNELS.exponentials(scaled, at, u, at, L);
    double most = 0;
    for (int j = at; j < at + L; j++) {
      u[j] *= beta[j];
      most = Math.max(most, u[j]);
    }
    if (!(most >= LEAST)) return false;
    int power = Math.getExponent(most);
    exponent[t] = power;
    double scale = Math.scalb(1.0, -power);
    for (int j = at; j < at + L; j++) u[j] *= scale;
    return true;
  }

  @Override
  boolean alive(int t, int i) {
    return beta[t * L + i] > 0;
  }

  @Override
  double logSuffix(int t, int i) {
    return StrictMath.log(beta[t * L + i]);
  }

  @Override
  double logStep(int t, int j) {
    return scaled[t * L + j] + StrictMath.log(beta[t * L + j]) - exponent[t] * LN2;
  }

  @Override
  double conditional(int t, int i, int j) {
    return w.expTrans[i * L + j] * u[t * L + j] * inverse[(t - 1) * L + i];
  }

  @Override
  void first(double factor, double[] arriving) {
    for (int j = 0; j < L; j++) arriving[j] = factor * (w.expStart[j] * u[j] / total);
  }

  @Override
  void step(int t, double[] leaving, double[] arriving) {
    ratio = Scratch.room(ratio, L);
    int before = (t - 1) * L, at = t * L;
    for (int i = 0; i < L; i++) ratio[i] = leaving[before + i] * inverse[before + i];
    w.forward(ratio, 0, row);
    for (int j = 0; j < L; j++) arriving[at + j] = row[j] * u[at + j];
  }

  /** Label by label, so that sums stay in the nearest cache: to[i,j] += factor·exp(trans[i,j])·Σₜ (leaving / β)[t-1,i]·u[t,j]. */
  @Override
  void transitions(double[] leaving, double factor, double[] to) {
    ratio = Scratch.room(ratio, T * L);
    for (int k = 0; k < (T - 1) * L; k++) ratio[k] = leaving[k] * inverse[k];
    for (int begin = 0; begin < T - 1; begin += BLOCK) {
      int rows = Math.min(BLOCK, T - 1 - begin);
      for (int i = 0; i < L; i++) {
        for (int t = 0; t < rows; t++) column[t] = ratio[(begin + t) * L + i];
        ChainWeights.KERNELS.multiply(column, 0, rows, u, (begin + 1) * L, row, L);
        int at = i * L;
        for (int j = 0; j < L; j++) to[at + j] += factor * w.expTrans[at + j] * row[j];
      }
    }
  }
}
