package dev.sluice.peers;

import java.time.Duration;

/** One network over one {@link Work}: it is trained, and it tags from word ids in Java arrays to label ids in Java arrays. */
interface Peer extends TaggingPeer {

  /**
   * Trains on batch after batch, embeddings included: forward, cross entropy, backward, clipping, Adam.
   *
   * @return tokens per second
   */
  double trainTokensPerSecond(Duration duration);

  /** The loss per token lately in training: near log(labels) at first, then falling. */
  double loss();

  /** The same; for training also the loss. */
  @Override
  default double[] round(Measure measure, Duration duration) {
    if (measure != Measure.TRAIN) return TaggingPeer.super.round(measure, duration);
    return new double[] {trainTokensPerSecond(duration), loss()};
  }
}
