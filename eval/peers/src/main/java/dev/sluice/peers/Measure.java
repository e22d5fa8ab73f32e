package dev.sluice.peers;

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
}
