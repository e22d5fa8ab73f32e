package dev.sluice.loss;

import dev.sluice.network.Network;
import java.util.Arrays;
import java.util.List;

/**
 * A linear chain over the labels of a sentence: every path of labels has a score, the sum of the emissions of its tokens, of its moves from label to label, and of
 * its start and stop; its probability is exp(score / τ) / Z with a temperature τ. With trained weights this is a conditional random field (Lafferty, McCallum
 * and Pereira 2001). Without weights all allowed moves have the score 0: the product of the tokens' softmax distributions, restricted to legal paths and
 * renormalised. Forbidden {@link Moves} have probability 0 in both.
 *
 * <p>Weights are loaded once per change, then sentence after sentence is read and asked. All answers are exact, in double, O(T·L²) or better; scores of any
 * finite size are fine. If an emission or a weight is not finite, every number asked for is NaN, and {@link #best(int[])} gives some legal path.
 *
 * <p>An instance has scratch memory, which grows with the longest sentence and is reused; it serves one thread. Labels are ids from 0 to L-1.
 */
final class Chain {
  private final Moves moves;
  private final int L;
  private final ChainWeights w;
  private final Endings endings;
  private final ScaledSuffixes scaled;
  private final LogSuffixes logarithmic;
  private final BestPaths paths;
  private int T;

  /** [T,L]. */
  private double[] emit = new double[0];

  private boolean finite;

  /** The suffixes of the sentence in hand, null before someone asks. */
  private Suffixes suffixes;

  private double[] marginals = new double[0];
  private double[] below = new double[0]; // the best score of a token, over τ
  private boolean marginalsKnown;
  private double[] leaving = new double[0];
  private double[] counts = new double[0];

  /** A chain without weights at temperature 1. */
  Chain(Moves moves) {
    this(new ChainWeights(moves));
  }

  /** A chain with weights that others may read too; whoever loads them sees to it that no chain reads meanwhile, and has sentences read anew. */
  Chain(ChainWeights weights) {
    w = weights;
    moves = w.moves;
    L = moves.labels();
    endings = new Endings(moves);
    scaled = new ScaledSuffixes(w);
    logarithmic = new LogSuffixes(w);
    paths = new BestPaths(w);
  }

  /** The moves it allows. */
  Moves moves() {
    return moves;
  }

  /**
   * Takes trained weights. The sentence in hand is forgotten.
   *
   * @param trans [L,L], the score of moving from the label of the row to that of the column
   * @param transAt index of its first element
   * @param ld distance between its rows
   * @param start [L], the score of beginning with a label
   * @param startAt index of its first element
   * @param stop [L], the score of ending with a label
   * @param stopAt index of its first element
   * @param temperature τ, above 0: what scores are divided by; above 1 it makes paths more alike and leaves their order as it is
   */
  void load(
      float[] trans,
      int transAt,
      int ld,
      float[] start,
      int startAt,
      float[] stop,
      int stopAt,
      double temperature) {
    check(temperature);
    w.load(trans, transAt, ld, start, startAt, stop, stopAt, temperature);
    forget();
  }

  /** Takes the weights of a network that has any, and none else. The sentence in hand is forgotten. */
  void load(Network network, double temperature) {
    check(temperature);
    w.load(network, temperature);
    forget();
  }

  /** Does without weights: moves cost nothing or are forbidden. The sentence in hand is forgotten. */
  void loadNone(double temperature) {
    check(temperature);
    w.loadNone(temperature);
    forget();
  }

  private void forget() {
    T = 0;
    finite = false;
    suffixes = null;
  }

  private static void check(double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY))
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", expected a number above 0");
  }

  /**
   * Takes a sentence.
   *
   * @param scores emissions, L in a row per token
   * @param rows for each token the index in {@code scores} where its row begins
   * @param T the number of tokens, at least 1
   */
  void read(float[] scores, int[] rows, int T) {
    if (T < 1) throw new IllegalArgumentException("a sentence without tokens");
    emit = Scratch.room(emit, T * L);
    this.T = T;
    suffixes = null;
    marginalsKnown = false;
    boolean numbers = w.finite;
    for (int t = 0; t < T; t++) {
      int from = rows[t], at = t * L;
      for (int j = 0; j < L; j++) {
        float score = scores[from + j];
        numbers &= Math.abs(score) <= Float.MAX_VALUE;
        emit[at + j] = score;
      }
    }
    finite = numbers;
    if (!numbers) Arrays.fill(emit, 0, T * L, 0);
  }

  /** T, the number of tokens of the sentence in hand. */
  int length() {
    return T;
  }

  /** log Z, the log of the sum over all legal paths of exp(score / τ); -∞ if there is none. */
  double logPartition() {
    return finite ? suffixes().logPartition() : Double.NaN;
  }

  /** The score of a path over τ; -∞ if it is not legal. */
  double score(int[] labels) {
    return finite ? w.score(emit, labels, T) : Double.NaN;
  }

  /** The natural logarithm of the probability of a path; -∞ if it is not legal. */
  double logProbability(int[] labels) {
    if (!finite) return Double.NaN;
    if (!moves.legal(labels, T)) return Double.NEGATIVE_INFINITY;
    Suffixes s = suffixes();
    double log = 0;
    for (int t = 0; t < T; t++) log += s.logConditional(t, t == 0 ? -1 : labels[t - 1], labels[t]);
    return Math.min(0, log);
  }

  /** The probability of label j at token t, summed over all paths. */
  double marginal(int t, int j) {
    if (!finite) return Double.NaN;
    if (t < 0 || t >= T) throw new IllegalArgumentException("token " + t + " of " + T);
    return marginals()[t * L + j];
  }

  /**
   * The entropy of the distribution over paths in nats: 0 if one path is certain, log n if n paths are equally probable.
   * <pre>
   *   H = -Σₜ Σᵢⱼ p(y[t-1] = i)·P[t](j|i)·log P[t](j|i)
   * </pre>
   */
  double entropy() {
    if (!finite) return Double.NaN;
    Suffixes s = suffixes();
    double[] p = marginals();
    double h = s.logTotal;
    for (int j = 0; j < L; j++) {
      if (p[j] > 0) h -= p[j] * w.logStart(j);
    }
    for (int t = 0; t < T; t++) {
      for (int j = 0; j < L; j++) {
        double mass = p[t * L + j];
        if (mass > 0) h -= mass * (s.logStep(t, j) - (t < T - 1 ? s.logSuffix(t, j) : 0));
      }
    }
    if (w.weighted) {
      counts = Scratch.room(counts, L * L);
      Arrays.fill(counts, 0, L * L, 0);
      s.transitions(p, 1, counts);
      for (int k = 0; k < L * L; k++) {
        if (counts[k] > 0) h -= counts[k] * w.logTrans(k / L, k % L);
      }
    }
    return Math.max(0, h);
  }

  /**
   * Writes the most probable path, the first of equals in the order of their labels.
   *
   * @param to written from index 0 on, at least T long
   */
  void best(int[] to) {
    checkRead();
    paths.best(emit, T, to);
  }

  /**
   * The k most probable paths, best first; equal ones in an order that is always the same.
   *
   * @return fewer than k if there are no more legal paths
   */
  List<LabelPath> best(int k) {
    checkRead();
    return paths.best(emit, T, k, logPartition());
  }

  private void checkRead() {
    if (T == 0) throw new IllegalStateException("no sentence was read");
  }

  ChainWeights weights() {
    return w;
  }

  /** [T,L]. */
  double[] emissions() {
    return emit;
  }

  /** Whether all emissions and weights are numbers. */
  boolean finite() {
    return finite;
  }

  /** P[t](j|i), t ≥ 1, i a label that can be reached. */
  double conditional(int t, int i, int j) {
    return suffixes().conditional(t, i, j);
  }

  /** P[t](j|i) of a move on a legal path; of t = 0 whatever i is. NaN if scores are not finite. */
  double conditionalOf(int t, int i, int j) {
    return finite ? Math.min(1, StrictMath.exp(suffixes().logConditional(t, i, j))) : Double.NaN;
  }

  Suffixes suffixes() {
    if (suffixes == null) {
      if (scaled.compute(emit, T, endings)) {
        suffixes = scaled;
      } else {
        logarithmic.compute(emit, T, null);
        suffixes = logarithmic;
      }
    }
    return suffixes;
  }

  private double[] marginals() {
    if (!marginalsKnown) {
      marginals = Scratch.room(marginals, T * L);
      if (w.uniform()) {
        for (int t = 0; t < T; t++) softmax(t * L);
      } else {
        leaving = Scratch.room(leaving, T * L);
        Arrays.fill(leaving, 0, T * L, 0);
        suffixes().flow(1, marginals, leaving);
      }
      marginalsKnown = true;
    }
    return marginals;
  }

  /** The marginals of a token on which no other has a say, from its scores alone: the same to the last bit in whatever sentence it stands. */
  private void softmax(int at) {
    double high = emit[at], sum = 0;
    for (int k = at + 1; k < at + L; k++) high = Math.max(high, emit[k]);
    below = Scratch.room(below, L);
    for (int k = 0; k < L; k++) below[k] = (emit[at + k] - high) / w.temperature;
    ChainWeights.KERNELS.exponentials(below, 0, marginals, at, L);
    for (int k = at; k < at + L; k++) sum += marginals[k];
    for (int k = at; k < at + L; k++) marginals[k] /= sum;
  }
}
