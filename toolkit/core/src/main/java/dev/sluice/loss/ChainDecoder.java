package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.label.Span;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.List;
import java.util.OptionalDouble;

/** The exact answers of a {@link Chain}: the distribution of the CRF, or the product of the tokens' softmax distributions over the sequences that may be given. */
final class ChainDecoder implements TokenDecoder {
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
  ChainDecoder(Network network, Moves moves, SpanQuery spans, double temperature) {
    this.network = network;
    this.spans = spans;
    this.temperature = temperature;
    chain = new Chain(moves);
  }

  @Override
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

  @Override
  public void readNext(Workspace ws, boolean first) {
    read(ws, 0);
  }

  @Override
  public int[] best() {
    int[] labels = new int[chain.length()];
    chain.best(labels);
    return labels;
  }

  @Override
  public List<LabelPath> best(int k) {
    return chain.best(k);
  }

  @Override
  public double[] conditionals(int[] labels) {
    double[] p = new double[labels.length];
    for (int t = 0; t < p.length; t++)
      p[t] = chain.conditionalOf(t, t == 0 ? -1 : labels[t - 1], labels[t]);
    return p;
  }

  @Override
  public double marginal(int t, int j) {
    return chain.marginal(t, j);
  }

  @Override
  public double logProbability(int[] labels) {
    return chain.logProbability(labels);
  }

  @Override
  public double probability(Span span) {
    return spans.probability(chain, span);
  }

  @Override
  public OptionalDouble entropy() {
    return OptionalDouble.of(chain.entropy());
  }
}
