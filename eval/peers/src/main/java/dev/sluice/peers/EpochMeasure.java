package dev.sluice.peers;

import java.time.Duration;

/** What is measured of an {@link EpochPeer}. */
enum EpochMeasure {
  /** One epoch over the training split. */
  TRAIN("One epoch, seconds", false, 3),
  /** The test split in batches, for about a second. */
  TAG("Tagging in batches, tokens/s", true, 0);

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  /** Heading of the table. */
  final String title;

  /** Whether more is better. */
  final boolean more;

  /** Decimals worth printing. */
  final int decimals;

  EpochMeasure(String title, boolean more, int decimals) {
    this.title = title;
    this.more = more;
    this.decimals = decimals;
  }

  double run(EpochPeer peer) {
    return this == TRAIN ? peer.trainEpoch() : peer.tagTokensPerSecond(LONG_ENOUGH);
  }
}
