package dev.sluice.loss;

import dev.sluice.kernel.Sums;
import dev.sluice.label.Span;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Labels from left to right where the scores of a token depend on the labels before it: greedily, or by beam search.
 * <pre>
 *   p(y[0..T-1]) = Πₜ p(y[t] | y[0..t-1])    p(j | y[0..t-1]) = exp(score[t,j] / τ) / Σₖ exp(score[t,k] / τ)
 * </pre>
 * k runs over the labels that may follow and from which a legal sequence can still come to its end, so the probabilities of all legal sequences sum to 1. The beam keeps the most probable beginnings
 * of each length; of equally probable ones those of the better beginning, then of the lower label. As wide as there are beginnings it finds the most probable sequence (enumeration), else that is not
 * sure. It compares probabilities at τ = 1, so that a temperature changes what is said of a sequence but not which one is given.
 *
 * <p>If a score is not finite, every number asked for is NaN, and the sequence is some legal one.
 */
final class FeedbackDecoder implements TokenDecoder {
  private final Network network;
  private final SpanQuery spans; // null for labels that spell none
  private final double temperature;
  private final int beam;
  private final int L;
  private final Endings endings;

  private Workspace ws;
  private int sentence;
  private int T;
  private int[] best; // of the sentence in hand; null before someone asks
  private int begin = Network.NO_LABEL; // the label before the sentence in hand
  private float[] beginStates = new float[0]; // of the token before the sentence in hand
  private float[] ends = new float[0]; // of the last token of the best sequence
  private double bestLogProbability;
  private double[] given = new double[0]; // [T,L] p(j | best labels before), when known
  private boolean givenKnown;

  // scratch of one step: a row per beginning
  private int[] last = new int[0];
  private float[] before = new float[0];
  private float[] after = new float[0];
  private float[] scores = new float[0];
  private double[] ranks = new double[0]; // log p at a temperature of 1
  private double[] sums = new double[0]; // log p

  // the beginnings of the next step, best first
  private double[] keptRanks = new double[0];
  private double[] keptSums = new double[0];
  private int[] keptFrom = new int[0];
  private int[] keptLabels = new int[0];
  private int kept;

  // the distribution of one token's labels
  private final int[] allowed;
  private int allowedCount;
  private final float[] legal; // their scores
  private final float[] warm; // the same divided by the temperature
  private final float[] e;
  private final double[] stripes = new double[16];
  private double logZ;
  private double logZOfRanks;

  FeedbackDecoder(Network network, Moves moves, SpanQuery spans, double temperature, int beam) {
    this.network = network;
    this.spans = spans;
    this.temperature = temperature;
    this.beam = beam;
    L = moves.labels();
    endings = new Endings(moves);
    allowed = new int[L];
    legal = new float[L];
    warm = new float[L];
    e = new float[L];
  }

  @Override
  public void read(Workspace workspace, int i) {
    ws = workspace;
    sentence = i;
    T = workspace.batch().length(i);
    begin = Network.NO_LABEL;
    best = null;
    givenKnown = false;
  }

  @Override
  public void readNext(Workspace workspace, boolean first) {
    int before = first ? Network.NO_LABEL : found()[0];
    if (!first) {
      float[] swap = beginStates;
      beginStates = ends;
      ends = swap;
    }
    read(workspace, 0);
    begin = before;
  }

  private void start() {
    last[0] = begin;
    if (begin != Network.NO_LABEL) System.arraycopy(beginStates, 0, before, 0, beginStates.length);
  }

  /** Room for so many beginnings and what may become of them; nothing of the beginnings is lost. */
  private void reserve(int beginnings) {
    if (last.length >= beginnings) return;
    int size = Math.max(beginnings, 2 * last.length), H = network.feedbackWidth();
    last = Arrays.copyOf(last, size);
    before = Arrays.copyOf(before, Math.multiplyExact(size, H));
    after = new float[before.length];
    scores = new float[Math.multiplyExact(size, ws.tokens().ld())];
    ranks = Arrays.copyOf(ranks, size);
    sums = Arrays.copyOf(sums, size);
    keptRanks = new double[size];
    keptSums = new double[size];
    keptFrom = new int[size];
    keptLabels = new int[size];
  }

  /** The distribution of the labels of token t behind a label, from the scores in row i. */
  private void distribution(int t, int previous, int row) {
    int at = row * ws.tokens().ld(), n = 0;
    for (int j = 0; j < L; j++) {
      if (!endings.allow(previous, j, T - 1 - t)) continue;
      allowed[n] = j;
      legal[n++] = scores[at + j];
    }
    allowedCount = n;
    logZOfRanks = n == 0 ? 0 : Sums.logSumExp(legal, 0, n, e, stripes);
    logZ = logZOfRanks;
    if (n == 0 || temperature == 1) return;
    for (int i = 0; i < n; i++) warm[i] = (float) (legal[i] / temperature);
    logZ = Sums.logSumExp(warm, 0, n, e, stripes);
  }

  /** The logarithm of the probability of the n-th of the allowed labels. */
  private double logP(int n) {
    return (temperature == 1 ? legal[n] : warm[n]) - logZ;
  }

  private List<LabelPath> search(int width) {
    reserve(1);
    int[][] from = new int[T][], labels = new int[T][];
    int count = 1;
    start();
    ranks[0] = 0;
    sums[0] = 0;
    for (int t = 0; t < T; t++) {
      int most = (int) Math.min(width, (long) count * L);
      reserve(Math.max(count, most));
      network.scoreLabels(ws, ws.batch().row(t, sentence), count, last, before, after, scores);
      kept = 0;
      for (int i = 0; i < count; i++) {
        distribution(t, last[i], i);
        for (int n = 0; n < allowedCount; n++)
          offer(most, ranks[i] + (legal[n] - logZOfRanks), sums[i] + logP(n), i, allowed[n]);
      }
      count = kept;
      from[t] = Arrays.copyOf(keptFrom, count);
      labels[t] = Arrays.copyOf(keptLabels, count);
      System.arraycopy(keptRanks, 0, ranks, 0, count);
      System.arraycopy(keptSums, 0, sums, 0, count);
      System.arraycopy(keptLabels, 0, last, 0, count);
      int H = network.feedbackWidth();
      for (int i = 0; i < count; i++) System.arraycopy(after, keptFrom[i] * H, before, i * H, H);
    }
    List<LabelPath> paths = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int[] path = new int[T];
      for (int t = T - 1, at = i; t >= 0; at = from[t][at], t--) path[t] = labels[t][at];
      paths.add(new LabelPath(path, sums[i]));
    }
    return paths;
  }

  /** Keeps a beginning if it is among the best so far. */
  private void offer(int most, double rank, double sum, int from, int label) {
    if (kept == most && !(rank > keptRanks[kept - 1])) return;
    int at = kept < most ? kept++ : kept - 1;
    for (; at > 0 && rank > keptRanks[at - 1]; at--) {
      keptRanks[at] = keptRanks[at - 1];
      keptSums[at] = keptSums[at - 1];
      keptFrom[at] = keptFrom[at - 1];
      keptLabels[at] = keptLabels[at - 1];
    }
    keptRanks[at] = rank;
    keptSums[at] = sum;
    keptFrom[at] = from;
    keptLabels[at] = label;
  }

  private int[] found() {
    if (best != null) return best;
    LabelPath path = search(beam).get(0);
    best = path.labels();
    bestLogProbability = path.logProbability();
    if (ends.length == 0) ends = new float[network.feedbackWidth()];
    System.arraycopy(before, 0, ends, 0, ends.length);
    return best;
  }

  @Override
  public int[] best() {
    return found().clone();
  }

  @Override
  public List<LabelPath> best(int k) {
    int[] first = found();
    List<LabelPath> paths = search(Math.max(k, beam));
    paths.removeIf(path -> Arrays.equals(path.labels(), first));
    paths.add(0, new LabelPath(first, bestLogProbability));
    return paths.subList(0, Math.min(k, paths.size()));
  }

  /**
   * Walks along a sequence.
   *
   * @param table [T,L] takes p(j | labels before); null when nobody wants it
   * @return p of each label given those before it, [T]
   */
  private double[] walk(int[] labels, double[] table) {
    reserve(1);
    double[] p = new double[T];
    start();
    for (int t = 0; t < T; t++) {
      network.scoreLabels(ws, ws.batch().row(t, sentence), 1, last, before, after, scores);
      distribution(t, last[0], 0);
      for (int n = 0; n < allowedCount; n++) {
        double q = StrictMath.exp(logP(n));
        if (table != null) table[t * L + allowed[n]] = q;
        if (allowed[n] == labels[t]) p[t] = q;
      }
      last[0] = labels[t];
      float[] swap = before;
      before = after;
      after = swap;
    }
    return p;
  }

  @Override
  public double[] conditionals(int[] labels) {
    return walk(labels, null);
  }

  /** p(j | the best labels before token t), [T,L]. */
  private double[] given() {
    if (givenKnown) return given;
    if (given.length < T * L) given = new double[T * L];
    else Arrays.fill(given, 0, T * L, 0);
    walk(found(), given);
    givenKnown = true;
    return given;
  }

  @Override
  public double marginal(int t, int j) {
    return given()[t * L + j];
  }

  @Override
  public double logProbability(int[] labels) {
    double sum = 0;
    for (double p : conditionals(labels)) sum += StrictMath.log(p);
    return sum;
  }

  @Override
  public double probability(Span span) {
    if (span.end() > T) throw new IllegalArgumentException(span + " in " + T + " tokens");
    int[] labels = found();
    double p = 1;
    for (int t = span.start(); t < span.end(); t++) p *= marginal(t, labels[t]);
    if (span.end() == T) return p;
    double ends = 0;
    for (int j = 0; j < L; j++)
      if (!spans.goesOn(span.type(), labels[span.end() - 1], j)) ends += marginal(span.end(), j);
    return p * ends;
  }

  @Override
  public OptionalDouble entropy() {
    return OptionalDouble.empty();
  }
}
