package dev.sluice.loss;

import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A chain twice over, both times in the plainest way: by listing every path, for tiny ones, and by the textbook's forward and backward recursions in logarithms,
 * for all others. Its numbers are doubles that may be changed; those that {@link #chain} hands on are floats.
 */
final class ReferenceChain {
  private static final int LD = 16;

  final Moves moves;
  final int T, L;
  final double[][] emit, trans, start, stop;
  double temperature = 1;

  /** The labels of a legal path. */
  final int[] gold;

  ReferenceChain(Moves moves, int T, int[] gold) {
    this.moves = moves;
    this.T = T;
    this.gold = gold;
    L = moves.labels();
    emit = new double[T][L];
    trans = new double[L][L];
    start = new double[1][L];
    stop = new double[1][L];
  }

  /** Scores from a normal distribution times a scale. */
  static ReferenceChain random(SplittableRandom random, Moves moves, int T, double scale) {
    ReferenceChain c = new ReferenceChain(moves, T, legalPath(random, moves, T));
    for (double[][] m : List.of(c.emit, c.trans, c.start, c.stop)) {
      for (double[] row : m) {
        for (int j = 0; j < row.length; j++) row[j] = (float) (Seeds.gaussian(random) * scale);
      }
    }
    return c;
  }

  /** 1 to 4 tokens, 1 to 4 labels, and in every second one forbidden moves. */
  static ReferenceChain tiny(SplittableRandom random) {
    int T = 1 + random.nextInt(4), L = 1 + random.nextInt(4);
    Moves moves = random.nextBoolean() ? Moves.free(L) : someMoves(random, T, L);
    return random(random, moves, T, 2);
  }

  /** About half of all moves, and those of one path. */
  private static Moves someMoves(SplittableRandom random, int T, int L) {
    boolean[][] next = new boolean[L][L];
    boolean[] first = new boolean[L], last = new boolean[L];
    for (int i = 0; i < L; i++) {
      first[i] = random.nextBoolean();
      last[i] = random.nextBoolean();
      for (int j = 0; j < L; j++) next[i][j] = random.nextBoolean();
    }
    int[] path = random.ints(T, 0, L).toArray();
    first[path[0]] = true;
    last[path[T - 1]] = true;
    for (int t = 1; t < T; t++) next[path[t - 1]][path[t]] = true;
    return new Moves(next, first, last);
  }

  private static int[] legalPath(SplittableRandom random, Moves moves, int T) {
    Endings endings = new Endings(moves);
    int[] path = new int[T];
    for (int t = 0; t < T; t++) {
      int j;
      do {
        j = random.nextInt(moves.labels());
      } while (!(t == 0 ? moves.mayBegin(j) : moves.mayFollow(path[t - 1], j))
          || !endings.reaches(T - 1 - t, j));
      path[t] = j;
    }
    return path;
  }

  /** The class under test with the same numbers, rows of weights and emissions lying apart and out of order. */
  Chain chain() {
    Chain chain = new Chain(moves);
    load(chain);
    read(chain);
    return chain;
  }

  void load(Chain chain) {
    int ld = LD * (L / LD + 1);
    float[] weights = new float[7 + (L + 2) * ld];
    Arrays.fill(weights, Float.NaN); // what is not a weight must not be read
    for (int i = 0; i < L; i++) {
      for (int j = 0; j < L; j++)
        if (moves.mayFollow(i, j)) weights[7 + i * ld + j] = (float) trans[i][j];
      weights[7 + L * ld + i] = (float) start[0][i];
      weights[7 + (L + 1) * ld + i] = (float) stop[0][i];
    }
    chain.load(weights, 7, ld, weights, 7 + L * ld, weights, 7 + (L + 1) * ld, temperature);
  }

  void read(Chain chain) {
    float[] scores = new float[T * rowDistance()];
    Arrays.fill(scores, Float.NaN);
    int[] rows = rows();
    for (int t = 0; t < T; t++) {
      for (int j = 0; j < L; j++) scores[rows[t] + j] = (float) emit[t][j];
    }
    chain.read(scores, rows, T);
  }

  int rowDistance() {
    return L + 3;
  }

  /** The last token first. */
  int[] rows() {
    int[] rows = new int[T];
    for (int t = 0; t < T; t++) rows[t] = (T - 1 - t) * rowDistance();
    return rows;
  }

  // by listing

  /** Every legal path in the order of its labels. */
  List<int[]> everyPath() {
    List<int[]> paths = new ArrayList<>();
    int[] path = new int[T];
    for (long n = 0, all = Math.round(Math.pow(L, T)); n < all; n++) {
      long rest = n;
      for (int t = T - 1; t >= 0; t--, rest /= L) path[t] = (int) (rest % L);
      if (moves.legal(path, T)) paths.add(path.clone());
    }
    return paths;
  }

  double score(int[] path) {
    double score = start[0][path[0]] + stop[0][path[T - 1]];
    for (int t = 0; t < T; t++) score += emit[t][path[t]];
    for (int t = 1; t < T; t++) score += trans[path[t - 1]][path[t]];
    return score / temperature;
  }

  /** The log of the total weight of the paths of a kind. */
  double logWeight(Predicate<int[]> kind) {
    return logSum(everyPath().stream().filter(kind).mapToDouble(this::score).toArray());
  }

  double probability(Predicate<int[]> kind) {
    return Math.exp(logWeight(kind) - logWeight(path -> true));
  }

  /** The loss from its definition, over known labels, each given the known one before. */
  double loss(int[] known, double[] classWeights, double smoothing) {
    List<int[]> paths = everyPath();
    double[] scores = paths.stream().mapToDouble(this::score).toArray();
    double loss = 0;
    int before = -1;
    for (int t = 0; t < T; t++) {
      if (known[t] < 0) continue;
      double[] log = logConditional(paths, scores, before, known, t);
      double w = classWeights[known[t]];
      boolean smoothed = before == t - 1;
      loss -= w * (smoothed ? 1 - smoothing : 1) * log[known[t]];
      double[] possible = Arrays.stream(log).filter(x -> x > Double.NEGATIVE_INFINITY).toArray();
      if (smoothed) loss -= w * smoothing * Arrays.stream(possible).average().orElseThrow();
      before = t;
    }
    return loss;
  }

  /** log p(y[t] = j | y[before] = known[before]) for every j; before is -1 at the beginning. */
  private double[] logConditional(
      List<int[]> paths, double[] scores, int before, int[] known, int t) {
    double[][] byLabel = new double[L + 1][paths.size()];
    for (double[] row : byLabel) Arrays.fill(row, Double.NEGATIVE_INFINITY);
    for (int n = 0; n < scores.length; n++) {
      if (before >= 0 && paths.get(n)[before] != known[before]) continue;
      byLabel[paths.get(n)[t]][n] = scores[n];
      byLabel[L][n] = scores[n];
    }
    double all = logSum(byLabel[L]);
    double[] log = new double[L];
    for (int j = 0; j < L; j++) log[j] = logSum(byLabel[j]) - all;
    return log;
  }

  // by recursion

  private double psi(int t, int i, int j) {
    if (t == 0) return moves.mayBegin(j) ? (start[0][j] + emit[0][j]) / temperature : -1 / 0.0;
    return moves.mayFollow(i, j) ? (trans[i][j] + emit[t][j]) / temperature : -1 / 0.0;
  }

  double[][] alpha() {
    double[][] alpha = new double[T][L];
    double[] terms = new double[L];
    for (int j = 0; j < L; j++) alpha[0][j] = psi(0, 0, j);
    for (int t = 1; t < T; t++) {
      for (int j = 0; j < L; j++) {
        for (int i = 0; i < L; i++) terms[i] = alpha[t - 1][i] + psi(t, i, j);
        alpha[t][j] = logSum(terms);
      }
    }
    return alpha;
  }

  double[][] beta() {
    double[][] beta = new double[T][L];
    double[] terms = new double[L];
    for (int i = 0; i < L; i++)
      beta[T - 1][i] = moves.mayEnd(i) ? stop[0][i] / temperature : -1 / 0.0;
    for (int t = T - 1; t > 0; t--) {
      for (int i = 0; i < L; i++) {
        for (int j = 0; j < L; j++) terms[j] = psi(t, i, j) + beta[t][j];
        beta[t - 1][i] = logSum(terms);
      }
    }
    return beta;
  }

  double logPartition() {
    double[] last = alpha()[T - 1], end = beta()[T - 1], terms = new double[L];
    for (int j = 0; j < L; j++) terms[j] = last[j] + end[j];
    return logSum(terms);
  }

  double[][] marginals() {
    double[][] alpha = alpha(), beta = beta(), p = new double[T][L];
    double logZ = logPartition();
    for (int t = 0; t < T; t++) {
      for (int j = 0; j < L; j++) p[t][j] = Math.exp(alpha[t][j] + beta[t][j] - logZ);
    }
    return p;
  }

  /** Expected numbers of moves, from row to column. */
  double[][] transitions() {
    double[][] alpha = alpha(), beta = beta(), n = new double[L][L];
    double logZ = logPartition();
    for (int t = 1; t < T; t++) {
      for (int i = 0; i < L; i++) {
        for (int j = 0; j < L; j++)
          n[i][j] += Math.exp(alpha[t - 1][i] + psi(t, i, j) + beta[t][j] - logZ);
      }
    }
    return n;
  }

  static double logSum(double[] terms) {
    double max = Arrays.stream(terms).max().orElse(Double.NEGATIVE_INFINITY);
    if (max == Double.NEGATIVE_INFINITY) return max;
    return max + Math.log(Arrays.stream(terms).map(x -> Math.exp(x - max)).sum());
  }

  @Override
  public String toString() {
    return T
        + " tokens, "
        + L
        + " labels, free moves "
        + moves.isFree()
        + ", gold "
        + Arrays.toString(gold)
        + ", "
        + Seeds.describe();
  }
}
