package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.label.Span;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.List;

/**
 * Turns the label scores of a sentence's tokens into label sequences and probabilities, all of one distribution: that of the CRF, or the product of the tokens' softmax
 * distributions over the sequences that may be given. It has scratch memory and serves one thread.
 */
public final class TokenDecoder {
  private final Network network;
  private final SpanQuery spans; // null for labels that spell none
  private final Chain chain;
  private final double temperature;
  private long loaded = -1;
  private int[] rows = new int[0];

  /**
   * A decoder.
   *
   * @param moves which label may follow which
   * @param spans how labels spell spans; null when they do not
   * @param temperature what scores are divided by, above 0
   */
  public TokenDecoder(Network network, Moves moves, SpanQuery spans, double temperature) {
    this.network = network;
    this.spans = spans;
    this.temperature = temperature;
    chain = new Chain(moves);
  }

  /** Takes sentence i of the workspace's batch after a forward pass. */
  public void read(Workspace ws, int i) {
    if (loaded != network.version()) {
      loaded = network.version();
      chain.load(network, temperature);
    }
    Batch batch = ws.batch();
    int T = batch.length(i);
    if (rows.length < T) rows = new int[Math.max(T, 2 * rows.length)];
    for (int t = 0; t < T; t++) rows[t] = batch.row(t, i) * ws.tokens().ld();
    chain.read(ws.tokens().scores(), rows, T);
  }

  /** The most probable label sequence, [T]. */
  public int[] best() {
    int[] labels = new int[chain.length()];
    chain.best(labels);
    return labels;
  }

  /** The k most probable label sequences with their probabilities, best first. */
  public List<LabelPath> best(int k) {
    return chain.best(k);
  }

  /** The probability of each label of a sequence that may be given, the label before it given, [T]; their product is the probability of the sequence. */
  public double[] conditionals(int[] labels) {
    double[] p = new double[labels.length];
    for (int t = 0; t < p.length; t++)
      p[t] = chain.conditionalOf(t, t == 0 ? -1 : labels[t - 1], labels[t]);
    return p;
  }

  /** The probability that token t has label j. */
  public double marginal(int t, int j) {
    return chain.marginal(t, j);
  }

  /** The natural logarithm of the probability of a label sequence. */
  public double logProbability(int[] labels) {
    return chain.logProbability(labels);
  }

  /** The probability that exactly this span stands in the sentence. */
  public double probability(Span span) {
    return spans.probability(chain, span);
  }

  /** The entropy of the distribution over label sequences, in nats. */
  public double entropy() {
    return chain.entropy();
  }
}
