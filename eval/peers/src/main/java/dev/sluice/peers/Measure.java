package dev.sluice.peers;

import java.time.Duration;

/** What is measured, and which way is better. */
enum Measure {
  TRAIN("Training, tokens/s", true, 0),
  TAG("Tagging in batches, tokens/s", true, 0),
  SENTENCE("One sentence, µs", false, 0);

  /** Heading of the table. */
  final String title;

  /** Whether more is better. */
  final boolean more;

  /** Decimals worth printing. */
  final int decimals;

  Measure(String title, boolean more, int decimals) {
    this.title = title;
    this.more = more;
    this.decimals = decimals;
  }

  /** One round of a peer: the figure to compare, and for a sentence also the 99th percentile. */
  double[] run(Peer peer, Duration duration) {
    return switch (this) {
      case TRAIN -> new double[] {peer.trainTokensPerSecond(duration)};
      case TAG -> new double[] {peer.tagTokensPerSecond(duration)};
      case SENTENCE -> {
        Spread times = new Spread(peer.sentenceMicros(duration));
        yield new double[] {times.median(), times.quantile(0.99)};
      }
    };
  }
}
