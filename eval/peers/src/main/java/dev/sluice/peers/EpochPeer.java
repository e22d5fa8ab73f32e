package dev.sluice.peers;

import java.time.Duration;

/** A system that trains one network over one corpus, epoch by epoch. All methods are called from the thread that made it. */
interface EpochPeer extends AutoCloseable {

  /** The system, e.g. {@code libtorch}. */
  String system();

  /** What tells this peer from others of the same system. */
  String variant();

  /** The number of weights that are trained. */
  long weights();

  /**
   * Trains the next epoch: batches, forward, loss, backward, clipping, Adam.
   *
   * @return seconds
   */
  double trainEpoch();

  /** The mean loss per token over the last epoch. */
  double loss();

  /**
   * Tags the test split again and again in batches, from ids in Java arrays to label ids in Java arrays.
   *
   * @return tokens per second
   */
  double tagTokensPerSecond(Duration duration);

  @Override
  void close();
}
