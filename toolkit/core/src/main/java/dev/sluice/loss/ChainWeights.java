package dev.sluice.loss;

import dev.sluice.kernel.ChainKernels;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.ChainBlocks;
import dev.sluice.network.Network;
import java.util.Arrays;

/**
 * The scores of moves between L labels, as they are and as exponentials, ready for both directions. Forbidden moves have the score -∞ and the exponential 0.
 * Scores are kept undivided by the temperature τ; exponentials are those of (score - highest) / τ. Between two loads they only are read, by the chains of any number
 * of threads.
 */
final class ChainWeights {
  static final ChainKernels KERNELS = Kernels.create().chain();

  /** Exponentials without vectors, which take a thousand times as long before they are compiled: a tagger derives once, without weights and then with them. */
  private static final ChainKernels PLAIN = Kernels.scalar().chain();

  private static final int COLD = 2;

  final Moves moves;
  final int L;

  /** Scores [L,L] from row to column, and [L] of the borders. */
  final double[] trans, start, stop;

  /** {@link #trans} from column to row. */
  final double[] transBack;

  /** exp((score - highest) / τ). */
  final double[] expTrans, expBack, expStart, expStop;

  private int derived; // how often

  /** The highest scores that are not forbidden. */
  double highTrans, highStart, highStop;

  double temperature = 1;

  /** Whether there are weights at all; without, allowed moves have the score 0. */
  boolean weighted;

  /** Whether all weights that may be used are numbers; if not, all count as 0 so that decoding still gives a legal path. */
  boolean finite = true;

  ChainWeights(Moves moves) {
    this.moves = moves;
    L = moves.labels();
    trans = new double[L * L];
    transBack = new double[L * L];
    expTrans = new double[L * L];
    expBack = new double[L * L];
    start = new double[L];
    stop = new double[L];
    expStart = new double[L];
    expStop = new double[L];
    loadNone(1);
  }

  void loadNone(double temperature) {
    this.temperature = temperature;
    weighted = false;
    finite = true;
    for (int i = 0; i < L; i++) {
      start[i] = moves.mayBegin(i) ? 0 : Double.NEGATIVE_INFINITY;
      stop[i] = moves.mayEnd(i) ? 0 : Double.NEGATIVE_INFINITY;
      for (int j = 0; j < L; j++)
        trans[i * L + j] = moves.mayFollow(i, j) ? 0 : Double.NEGATIVE_INFINITY;
    }
    derive();
  }

  void load(
      float[] fromTrans,
      int transAt,
      int ld,
      float[] fromStart,
      int startAt,
      float[] fromStop,
      int stopAt,
      double temperature) {
    this.temperature = temperature;
    weighted = true;
    finite = true;
    for (int i = 0; i < L; i++) {
      if (moves.mayBegin(i)) start[i] = checked(fromStart[startAt + i]);
      if (moves.mayEnd(i)) stop[i] = checked(fromStop[stopAt + i]);
      for (int j = 0; j < L; j++) {
        if (moves.mayFollow(i, j)) trans[i * L + j] = checked(fromTrans[transAt + i * ld + j]);
      }
    }
    if (finite) {
      derive();
    } else {
      loadNone(temperature);
      finite = false;
    }
  }

  /** Takes the weights of a network that has any, and none else. */
  void load(Network network, double temperature) {
    network
        .chain()
        .ifPresentOrElse(
            blocks -> load(network.parameters().dense(), blocks, temperature),
            () -> loadNone(temperature));
  }

  /** Takes the weights of a chain from among the dense ones of its network. */
  void load(float[] dense, ChainBlocks blocks, double temperature) {
    load(
        dense,
        blocks.transition().at(),
        blocks.transition().ld(),
        dense,
        blocks.start().at(),
        dense,
        blocks.stop().at(),
        temperature);
  }

  private double checked(float x) {
    finite &= Math.abs(x) <= Float.MAX_VALUE;
    return x;
  }

  private void derive() {
    derived++;
    highTrans = exponentials(trans, expTrans);
    highStart = exponentials(start, expStart);
    highStop = exponentials(stop, expStop);
    for (int i = 0; i < L; i++) {
      for (int j = 0; j < L; j++) {
        transBack[j * L + i] = trans[i * L + j];
        expBack[j * L + i] = expTrans[i * L + j];
      }
    }
  }

  private double exponentials(double[] scores, double[] to) {
    double high = Double.NEGATIVE_INFINITY;
    for (double score : scores) high = Math.max(high, score);
    if (high == Double.NEGATIVE_INFINITY) high = 0; // all forbidden
    double[] scratch = transBack; // filled later
    for (int i = 0; i < scores.length; i++) scratch[i] = (scores[i] - high) / temperature;
    ChainKernels kernels = derived > COLD ? KERNELS : PLAIN;
    for (int at = 0; at < scores.length; at += L) kernels.exponentials(scratch, at, to, at, L);
    return high;
  }

  /** Whether every label may follow every other one at the same score, so that tokens do not depend on each other. */
  boolean uniform() {
    return !weighted && moves.isFree();
  }

  /** out[i] = Σⱼ expTrans[i,j]·u[j], u read from {@code at} on. */
  void backward(double[] u, int at, double[] out) {
    if (uniform()) fillWithSum(u, at, out);
    else KERNELS.multiply(u, at, L, expBack, 0, out, L);
  }

  /** out[j] = Σᵢ a[i]·expTrans[i,j], a read from {@code at} on. */
  void forward(double[] a, int at, double[] out) {
    if (uniform()) fillWithSum(a, at, out);
    else KERNELS.multiply(a, at, L, expTrans, 0, out, L);
  }

  /** out[i] = maxⱼ (trans[i,j] + x[j]), x read from {@code at} on. */
  void best(double[] x, int at, double[] out) {
    if (uniform()) {
      double best = x[at];
      for (int j = 1; j < L; j++) best = Math.max(best, x[at + j]);
      Arrays.fill(out, 0, L, best);
    } else {
      KERNELS.best(x, at, L, transBack, out, L);
    }
  }

  private void fillWithSum(double[] x, int at, double[] out) {
    double sum = 0;
    for (int j = 0; j < L; j++) sum += x[at + j];
    Arrays.fill(out, 0, L, sum);
  }

  /** The score of moving from label i to j, over τ and relative to the highest one. */
  double logTrans(int i, int j) {
    return (trans[i * L + j] - highTrans) / temperature;
  }

  double logStart(int j) {
    return (start[j] - highStart) / temperature;
  }

  double logStop(int i) {
    return (stop[i] - highStop) / temperature;
  }

  /** The score of a path over τ, -∞ for a forbidden one. */
  double score(double[] emit, int[] labels, int T) {
    double score = start[labels[0]] + stop[labels[T - 1]];
    for (int t = 0; t < T; t++) {
      score += emit[t * L + labels[t]];
      if (t > 0) score += trans[labels[t - 1] * L + labels[t]];
    }
    return score / temperature;
  }
}
