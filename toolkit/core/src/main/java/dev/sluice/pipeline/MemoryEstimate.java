package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.batch.Passage;
import dev.sluice.batch.Spelling;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Parameters;
import dev.sluice.network.Workspace;
import dev.sluice.optimizer.AverageConfig;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A rough guess of the memory that a network takes, from its sizes.
 *
 * @param training bytes while it is trained
 * @param batch bytes of them that a batch of the longest sentences takes
 * @param tagging bytes of the model alone
 */
record MemoryEstimate(long training, long batch, long tagging) {
  /** The JVM and the classes. */
  private static final long BASE = 48L << 20;

  /** A sentence's token as objects: the word, its place, its tag and its id. */
  private static final long TOKEN = 120;

  /** A word's spelling beside its letters, or a passage beside its ids: two objects and a reference. */
  private static final long SPELLING = 48;

  private static final int FLOAT = 4;
  private static final int DOUBLE = 8;

  /** The parts of a batch that have gradients of their own. */
  private static final int SHARDS = 4;

  static MemoryEstimate of(Preparation p) {
    Network network = p.model().network();
    NetworkShape shape = network.shape();
    long weights = weights(network.parameters());
    long frozen = frozen(network.parameters());
    long dense = FLOAT * (long) network.parameters().dense().length;
    // best weights, two moments, averages, and all of them once more in a checkpoint
    long copies = 4 + 2 * averages(p.config().training().average());
    long gradients = (SHARDS + 1) * dense; // one for each part of a batch, and their sum
    long packed = FLOAT * products(shape) + dense; // as products read them
    long batch = ofBatch(network, p.examples(), p.config().training().batch());
    long tokens = p.splits().stream().mapToLong(split -> split.tokens()).sum();
    double splits = (double) tokens / Math.max(1, p.train().tokens());
    long training =
        BASE
            + weights
            + copies * (weights - frozen)
            + gradients
            + packed
            + dense // packed once more, transposed
            + batch
            + TOKEN * tokens
            + (long) (splits * encoded(p.examples()));
    return new MemoryEstimate(training, batch, BASE + weights + packed);
  }

  /** The bytes of all weights, padding and frozen tables included. */
  static long weights(Parameters p) {
    long tables = p.tables().stream().mapToLong(table -> table.values().length).sum();
    return FLOAT * (p.dense().length + tables) + frozen(p);
  }

  private static long frozen(Parameters p) {
    return FLOAT * p.frozen().stream().mapToLong(matrix -> matrix.block().size()).sum();
  }

  /** How many copies of the weights an average keeps. */
  private static long averages(AverageConfig average) {
    if (average instanceof AverageConfig.Checkpoints c) return c.epochs();
    return average instanceof AverageConfig.Ema ? 1 : 0;
  }

  /** The products of letters and filters that a convolution keeps. */
  private static long products(NetworkShape shape) {
    long products = 0;
    for (NetworkShape.Input input : shape.inputs()) {
      if (input instanceof NetworkShape.Input.Characters c && c.reader() == NetworkShape.Reader.CNN)
        products += (long) c.vocabulary() * c.window() * Kernels.padded(c.size());
    }
    return products;
  }

  /** The bytes that a batch of the longest of some examples takes in training. */
  static long ofBatch(Network network, Example[] examples, int size) {
    Example[] longest = examples.clone();
    Arrays.sort(
        longest, Comparator.comparing((Example e) -> e.length() + e.target().length).reversed());
    Workspace workspace = network.workspace(true);
    workspace.batch().fill(longest, 0, 1, Math.min(longest.length, size));
    return FLOAT * workspace.needed() + SHARDS * chain(network.shape(), workspace.batch().steps());
  }

  /** What a loss keeps of a chain: moves as scores and probabilities, both ways, with their gradient, and some rows of labels for each token. */
  private static long chain(NetworkShape shape, long longest) {
    if (shape.tokens().isEmpty() || !shape.tokens().get().chain()) return 0;
    long labels = shape.tokens().get().labels();
    return DOUBLE * (5 * labels * labels + 8 * labels * longest);
  }

  /** The ids and letters of sentences. */
  private static long encoded(Example[] examples) {
    long bytes = 0;
    for (Example e : examples) {
      bytes += (long) Integer.BYTES * e.inputs().length * e.length();
      for (Passage p : e.passages())
        bytes += SPELLING + (long) Integer.BYTES * (p.symbols().length() + p.ends().length);
      for (Spelling s : e.spellings()) bytes += SPELLING + (long) Integer.BYTES * s.length();
    }
    return bytes;
  }
}
