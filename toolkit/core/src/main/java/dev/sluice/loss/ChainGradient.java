package dev.sluice.loss;

import java.util.Arrays;

/**
 * The loss of a chain on one sentence and its gradient, with class weights and label smoothing. A chain is a Markov chain from left to right given the
 * sentence, and the loss is the cross entropy of its conditionals:
 * <pre>
 *   loss = -Σₜ w[y[t]]·Σⱼ q[t,j]·log p(j | y[t-1], x)        q[t,j] = (1-ε)·[j = y[t]] + ε/n for the n labels j that may stand between y[t-1] and the end
 * </pre>
 * With weights of 1 and ε = 0 this is -log p(y | x), the loss of a conditional random field; without transition weights and forbidden moves it is softmax with
 * weighted, smoothed cross entropy. No term is negative. (Smoothing emissions alone would leave the loss of a chain without a lower bound: raising all
 * emissions of a label and lowering its transitions by as much changes no path.)
 *
 * <p>log p(j | i, x) = ψ[t](i,j) + log β[t,j] - log β[t-1,i] ({@link Suffixes} has the letters), and the gradient of log β[t,j] is what one unit of mass expects
 * when it walks from label j at token t through the conditionals to the end. So one pass from left to right gives the whole gradient: it starts with mass w[y[0]]
 * shared out by P[0], and at token t it takes in w[y[t+1]] at label y[t] and gives up w[y[t]]·q[t,j] at every label j. O(T·L²).
 *
 * <p>A gold label that is not known (-1) is summed out: the loss is that of the labels that are known, each given the last known one before it,
 * <pre>
 *   loss = -Σₖ w[y[k]]·log p(y[k] | y[k-1], x)        k over the tokens that are known
 * </pre>
 * which is -log p(known labels | x) with weights of 1. A token is smoothed if its label and the one before are known. A sentence without any known label has no
 * loss and no gradient.
 *
 * <p>An instance has scratch memory and serves one thread, that of its chain.
 */
final class ChainGradient {
  private final Chain chain;
  private final Moves moves;
  private final ChainWeights w;
  private final int L;
  private final double[] classWeights;
  private final double smoothing;
  private final LogSuffixes known;

  /** Masses of the pass over all paths, [T,L]. */
  private double[] arriving = new double[0];

  private double[] leaving = new double[0];

  /** The same over the paths that have the known labels. */
  private double[] arrivingKnown = new double[0];

  private double[] leavingKnown = new double[0];

  /**
   * The loss of a chain.
   *
   * @param classWeights a weight per label, 0 or more; null if all are 1
   * @param smoothing ε in [0, 1)
   */
  ChainGradient(Chain chain, double[] classWeights, double smoothing) {
    this.chain = chain;
    moves = chain.moves();
    w = chain.weights();
    L = moves.labels();
    if (!(smoothing >= 0 && smoothing < 1))
      throw new IllegalArgumentException("smoothing is " + smoothing + ", expected [0, 1)");
    this.smoothing = smoothing;
    this.classWeights = new double[L];
    Arrays.fill(this.classWeights, 1);
    if (classWeights != null) System.arraycopy(classWeights, 0, this.classWeights, 0, L);
    for (double weight : this.classWeights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY))
        throw new IllegalArgumentException("a class weight is " + weight + ", expected 0 or more");
    }
    known = new LogSuffixes(w);
  }

  /**
   * The loss of the sentence the chain has read.
   *
   * @param gold a label per token, -1 where it is not known
   * @return the loss; NaN if an emission or a weight is not finite, infinite if the moves forbid the gold labels
   */
  double loss(int[] gold) {
    if (!chain.finite()) return Double.NaN;
    int T = chain.length(), count = 0;
    for (int t = 0; t < T; t++) {
      if (gold[t] >= 0) count++;
    }
    if (count == 0) return 0;
    double loss = count == T ? lossOfAll(gold, T) : lossOfKnown(gold, T);
    if (smoothing == 0 || loss == Double.POSITIVE_INFINITY) return loss;
    for (int t = 0; t < T; t++) {
      if (smoothed(gold, t)) loss += lossOfSmoothing(gold, t);
    }
    return loss;
  }

  private double lossOfAll(int[] gold, int T) {
    if (!moves.legal(gold, T)) return Double.POSITIVE_INFINITY;
    Suffixes s = chain.suffixes();
    double loss = 0;
    for (int t = 0; t < T; t++) {
      int i = t == 0 ? -1 : gold[t - 1];
      loss -= classWeights[gold[t]] * s.logConditional(t, i, gold[t]);
    }
    return Math.max(0, loss);
  }

  private double lossOfKnown(int[] gold, int T) {
    known.compute(chain.emissions(), T, gold);
    if (known.logPartition() == Double.NEGATIVE_INFINITY) return Double.POSITIVE_INFINITY;
    Suffixes s = chain.suffixes();
    double loss = 0, before = known.logPartition() - s.logPartition();
    for (int t = 0; t < T; t++) {
      if (gold[t] < 0) continue;
      double rest = known.logBeta(t, gold[t]) - s.logBeta(t, gold[t]); // log p(known labels behind)
      loss -= classWeights[gold[t]] * (before - rest);
      before = rest;
    }
    return Math.max(0, loss);
  }

  private boolean smoothed(int[] gold, int t) {
    return gold[t] >= 0 && (t == 0 || gold[t - 1] >= 0);
  }

  /** w·ε·(log p(y | i) - mean of log p(j | i)). */
  private double lossOfSmoothing(int[] gold, int t) {
    Suffixes s = chain.suffixes();
    int i = t == 0 ? -1 : gold[t - 1], n = 0;
    double sum = 0;
    for (int j = 0; j < L; j++) {
      if (!possible(s, t, i, j)) continue;
      sum += s.logConditional(t, i, j);
      n++;
    }
    double excess = s.logConditional(t, i, gold[t]) - sum / n;
    return classWeights[gold[t]] * smoothing * excess;
  }

  private boolean possible(Suffixes s, int t, int i, int j) {
    return (t == 0 ? moves.mayBegin(j) : moves.mayFollow(i, j)) && s.alive(t, j);
  }

  /**
   * The loss of the sentence the chain has read, and its gradient.
   *
   * @param gold a label per token, -1 where it is not known
   * @param scale what the gradient is multiplied by; the loss is not
   * @param dEmit written, the gradient of the emissions
   * @param rows for each token the index in {@code dEmit} where its row begins
   * @param dTrans [L,L] added to, the gradient of the transition weights; null for a chain without weights, as the next two
   * @param dStart [L] added to
   * @param dStop [L] added to
   * @return the loss as {@link #loss} gives it; if it is not finite, {@code dEmit} is filled with 0 and nothing is added
   */
  double gradient(
      int[] gold,
      double scale,
      float[] dEmit,
      int[] rows,
      double[] dTrans,
      double[] dStart,
      double[] dStop) {
    int T = chain.length();
    double loss = loss(gold);
    if (!(loss < Double.POSITIVE_INFINITY) || !anyKnown(gold, T)) {
      for (int t = 0; t < T; t++) Arrays.fill(dEmit, rows[t], rows[t] + L, 0f);
      return loss;
    }
    double factor = scale / w.temperature; // of a derivative by score / τ
    Suffixes s = chain.suffixes();
    arriving = Scratch.room(arriving, T * L);
    leaving = cleared(leaving, T);
    double first = takeUp(gold, T, leaving);
    if (smoothing > 0) smooth(gold, T, factor, dTrans);
    s.flow(first, arriving, leaving);
    if (dTrans != null) s.transitions(leaving, factor, dTrans);
    boolean all = giveUpAll(gold, T, factor, dTrans);
    if (!all) giveUpKnown(gold, T, first, factor, dTrans);
    for (int t = 0; t < T; t++) {
      for (int j = 0; j < L; j++) dEmit[rows[t] + j] = (float) (factor * leaving[t * L + j]);
    }
    if (dStart != null) add(0, factor, dStart); // the first token's emission and the start
    if (dStop != null) add(T - 1, factor, dStop); // always stand together, as do last and stop
    return loss;
  }

  private static boolean anyKnown(int[] gold, int T) {
    for (int t = 0; t < T; t++) {
      if (gold[t] >= 0) return true;
    }
    return false;
  }

  private double[] cleared(double[] a, int T) {
    double[] room = Scratch.room(a, T * L);
    Arrays.fill(room, 0, T * L, 0);
    return room;
  }

  /** At each known label what the next known one brings less its own weight; returns the weight of the first. */
  private double takeUp(int[] gold, int T, double[] to) {
    double next = 0;
    for (int t = T - 1; t >= 0; t--) {
      if (gold[t] < 0) continue;
      double weight = classWeights[gold[t]];
      to[t * L + gold[t]] += next - weight;
      next = weight;
    }
    return next;
  }

  /** w·ε·([j = y] - 1/n), for tokens and for the moves that lead to them. */
  private void smooth(int[] gold, int T, double factor, double[] dTrans) {
    Suffixes s = chain.suffixes();
    for (int t = 0; t < T; t++) {
      if (!smoothed(gold, t)) continue;
      int i = t == 0 ? -1 : gold[t - 1], n = 0;
      for (int j = 0; j < L; j++) {
        if (possible(s, t, i, j)) n++;
      }
      double whole = classWeights[gold[t]] * smoothing;
      for (int j = 0; j < L; j++) {
        if (!possible(s, t, i, j)) continue;
        double part = (j == gold[t] ? whole : 0) - whole / n;
        leaving[t * L + j] += part;
        if (t > 0 && dTrans != null) dTrans[i * L + j] += factor * part;
      }
    }
  }

  /**
   * Turns the mass that leaves each known token into the gradient of its emissions, which has no part in what follows: less the weight of the next known label.
   * If all labels are known, also takes the gold moves off.
   */
  private boolean giveUpAll(int[] gold, int T, double factor, double[] dTrans) {
    boolean all = true;
    double next = 0;
    for (int t = T - 1; t >= 0; t--) {
      all &= gold[t] >= 0;
      if (gold[t] < 0) continue;
      leaving[t * L + gold[t]] -= next;
      next = classWeights[gold[t]];
    }
    if (!all || dTrans == null) return all;
    for (int t = 1; t < T; t++) dTrans[gold[t - 1] * L + gold[t]] -= factor * classWeights[gold[t]];
    return true;
  }

  /** Takes off what the paths with the known labels expect. */
  private void giveUpKnown(int[] gold, int T, double first, double factor, double[] dTrans) {
    arrivingKnown = Scratch.room(arrivingKnown, T * L);
    leavingKnown = cleared(leavingKnown, T);
    takeUp(gold, T, leavingKnown);
    known.flow(first, arrivingKnown, leavingKnown);
    if (dTrans != null) known.transitions(leavingKnown, -factor, dTrans);
    for (int t = 0; t < T; t++) {
      if (gold[t] >= 0) continue;
      for (int k = t * L; k < (t + 1) * L; k++) leaving[k] -= arrivingKnown[k];
    }
  }

  private void add(int t, double factor, double[] to) {
    for (int j = 0; j < L; j++) to[j] += factor * leaving[t * L + j];
  }
}
