package dev.sluice.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The best paths of one sentence. Viterbi runs from right to left, so that the best completion of every beginning is known; scores are not divided by the
 * temperature, which does not change their order. Of equal paths the first in the order of their labels wins, read from left to right.
 * <pre>
 *   h[T-1,j] = stop[j]    x[t,j] = emit[t,j] + h[t,j]    h[t-1,i] = maxⱼ (trans[i,j] + x[t,j])
 * </pre>
 * Further paths leave one that was found at some token for the next best label there and go on as well as they can (Eppstein 1998, sidetracks): every path is
 * made once, none is made before a better one, and k paths take O(T·L²) + O(k·T·L) steps.
 */
final class BestPaths {
  private static final int NONE = -1;

  private final ChainWeights w;
  private final int L;

  /** The score of the best rest of the sentence that begins with label j at token t. */
  private double[] x = new double[0];

  private final double[] row;

  BestPaths(ChainWeights w) {
    this.w = w;
    L = w.L;
    row = new double[L];
  }

  /** Writes the best path. */
  void best(double[] emit, int T, int[] to) {
    if (!w.weighted) {
      for (int t = 0; t < T; t++) to[t] = highest(emit, t * L);
      if (w.moves.isFree() || w.moves.legal(to, T)) return;
    }
    rests(emit, T);
    complete(to, 0, T);
  }

  private int highest(double[] emit, int at) {
    int best = 0;
    for (int j = 1; j < L; j++) {
      if (emit[at + j] > emit[at + best]) best = j;
    }
    return best;
  }

  private void rests(double[] emit, int T) {
    x = Scratch.room(x, T * L);
    System.arraycopy(w.stop, 0, row, 0, L);
    for (int t = T - 1; t >= 0; t--) {
      for (int j = 0; j < L; j++) x[t * L + j] = emit[t * L + j] + row[j];
      if (t > 0) w.best(x, t * L, row);
    }
  }

  /** Fills in the best labels from a token on. */
  private void complete(int[] labels, int from, int T) {
    for (int t = from; t < T; t++)
      labels[t] = after(t, t == 0 ? NONE : labels[t - 1], Double.POSITIVE_INFINITY, NONE);
  }

  /** The score of label j at token t behind label i, and of the best rest. */
  private double ahead(int t, int i, int j) {
    return move(t, i, j) + x[t * L + j];
  }

  private double move(int t, int i, int j) {
    return t == 0 ? w.start[j] : w.trans[i * L + j];
  }

  /** The label that comes next behind one with this score, best first and the first of equals before the others; or none. */
  private int after(int t, int i, double score, int label) {
    int next = NONE;
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < L; j++) {
      double s = ahead(t, i, j);
      if (s > most && (s < score || s == score && j > label)) {
        most = s;
        next = j;
      }
    }
    return next;
  }

  /**
   * A path that leaves another one.
   *
   * @param labels the other one, shared up to the token
   * @param t the token where it is left
   * @param label the label there
   * @param before the score of the tokens before
   * @param score the score of the path
   * @param number how many were made before, which settles equal scores
   */
  private record Sidetrack(
      int[] labels, int t, int label, double before, double score, int number) {
    int previous() {
      return t == 0 ? NONE : labels[t - 1];
    }
  }

  /** Up to k paths, best first: fewer if there are no more. */
  List<LabelPath> best(double[] emit, int T, int k, double logPartition) {
    rests(emit, T);
    List<LabelPath> found = new ArrayList<>();
    PriorityQueue<Sidetrack> queue =
        new PriorityQueue<>(
            Comparator.<Sidetrack>comparingDouble(s -> -s.score)
                .thenComparingInt(Sidetrack::number));
    int made = push(queue, 0, new int[T], 0, 0, Double.POSITIVE_INFINITY, NONE);
    while (found.size() < k && !queue.isEmpty()) {
      Sidetrack s = queue.poll();
      int[] labels = Arrays.copyOf(s.labels, T);
      labels[s.t] = s.label;
      complete(labels, s.t + 1, T);
      found.add(new LabelPath(labels, s.score / w.temperature - logPartition));
      int[] old = s.labels;
      double before = s.before;
      for (int t = s.t, i = s.previous(); t < T; i = labels[t], t++) {
        double score = ahead(t, i, labels[t]);
        made = push(queue, made, t == s.t ? old : labels, t, before, score, labels[t]);
        before += move(t, i, labels[t]) + emit[t * L + labels[t]];
      }
    }
    return found;
  }

  /** Queues the path that takes the next best label at a token, if there is one; returns how many were made. */
  private int push(
      PriorityQueue<Sidetrack> queue,
      int made,
      int[] labels,
      int t,
      double before,
      double score,
      int label) {
    int i = t == 0 ? NONE : labels[t - 1];
    int next = after(t, i, score, label);
    if (next == NONE) return made;
    queue.add(new Sidetrack(labels, t, next, before, before + ahead(t, i, next), made));
    return made + 1;
  }
}
