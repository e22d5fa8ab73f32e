package dev.sluice.pipeline;

import dev.sluice.kernel.Kernels;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Parameters;
import dev.sluice.optimizer.AverageConfig;

/**
 * A rough guess of the memory that a network takes, from its sizes.
 *
 * @param training bytes while it is trained
 * @param tagging bytes of the model alone
 */
record MemoryEstimate(long training, long tagging) {
  /** The JVM and the classes. */
  private static final long BASE = 48L << 20;

  /** A sentence's token as objects: the word, its place, its tag and its id. */
  private static final long TOKEN = 120;

  private static final int FLOAT = 4;

  static MemoryEstimate of(Preparation p, int longest) {
    Parameters weights = p.model().network().parameters();
    long dense = weights.dense().length, tables = 0;
    long frozen = 0;
    for (Parameters.Table table : weights.tables()) tables += table.values().length;
    for (Parameters.Table table : weights.frozen()) frozen += table.values().length;
    // weights, best weights, two moments, averages, and all of them once more in a checkpoint;
    // gradients of four shards and both packed forms
    long copies = 5 + 2 * averages(p.config().training().average());
    long numbers = copies * (dense + tables) + 6 * dense;
    long rows = (long) p.config().training().batch() * longest;
    long tokens = p.splits().stream().mapToLong(split -> split.tokens()).sum();
    long training =
        BASE
            + FLOAT * (frozen + numbers + rows * perRow(p.model().network().shape()))
            + TOKEN * tokens;
    long tagging = BASE + FLOAT * (2 * dense + tables + frozen);
    return new MemoryEstimate(training, tagging);
  }

  /** How many copies of the weights an average keeps. */
  private static long averages(AverageConfig average) {
    if (average instanceof AverageConfig.Checkpoints c) return c.epochs();
    return average instanceof AverageConfig.Ema ? 1 : 0;
  }

  /**
   * Floats of a token in a batch: its vector, and for each layer gates, sums, states, their gradients, what normalisations leave of them, and the output with mask, gradient
   * and a connection's gate; what attention adds.
   */
  private static long perRow(NetworkShape shape) {
    long gates =
        switch (shape.encoder().cell()) {
          case LSTM -> 4;
          case GRU -> 3;
          case RNN -> 1;
        };
    long floats = 3L * Kernels.padded(Math.max(1, shape.inputWidth()));
    NetworkShape.Encoder encoder = shape.encoder();
    for (int l = 0; l < encoder.layers(); l++) {
      long normalized = encoder.layerNorm() ? 2 * gates + 1 : 0;
      floats +=
          encoder.directions()
              * (2 * gates + 6 + normalized)
              * Kernels.padded(encoder.widths().get(l));
      long connected = l > 0 && encoder.connection() == EncoderConfig.Connection.HIGHWAY ? 4 : 0;
      floats += (3 + connected) * Kernels.padded(encoder.width(l));
    }
    if (encoder.attention().isPresent()) {
      NetworkShape.Attention attention = encoder.attention().get();
      long wide = Kernels.padded(attention.width() / attention.heads()) * (long) attention.heads();
      floats += 6 * wide; // queries, keys, values and their gradients
      floats += 2L * Kernels.padded(encoder.width(encoder.layers() - 1));
      floats += 2L * Kernels.padded(encoder.width());
    }
    return floats + 2L * Kernels.padded(shape.tokens().map(t -> t.labels()).orElse(0));
  }
}
