package dev.sluice.peers;

import java.time.Duration;

/**
 * A system under measurement: one network over one {@link Work}, kept from round to round. All methods
 * are called from the thread that made it.
 */
interface Peer extends AutoCloseable {

  /** The system, e.g. {@code libtorch}. */
  String system();

  /** What tells this peer from others of the same system in a measurement, e.g. {@code 2 threads}. */
  String variant(Measure measure);

  /**
   * Trains on batch after batch, embeddings included: forward, cross entropy, backward, clipping, Adam.
   *
   * @return tokens per second
   */
  double trainTokensPerSecond(Duration duration);

  /** The loss per token lately in training: near log(labels) at first, then falling. */
  double loss();

  /**
   * Tags batch after batch, from word ids in Java arrays to label ids in Java arrays.
   *
   * @return tokens per second
   */
  double tagTokensPerSecond(Duration duration);

  /**
   * Tags sentence after sentence, from word ids to label ids in Java arrays.
   *
   * @return the time of each, in microseconds
   */
  double[] sentenceMicros(Duration duration);

  @Override
  void close();
}
