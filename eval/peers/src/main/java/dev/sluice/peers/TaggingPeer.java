package dev.sluice.peers;

import java.time.Duration;

/** A system under measurement that tags, kept from round to round. All methods are called from the thread that made it. */
interface TaggingPeer extends AutoCloseable {

  /** The system, e.g. {@code libtorch}. */
  String system();

  /** What tells this peer from others of the same system in a measurement, e.g. {@code 2 threads}. */
  String variant(Measure measure);

  /**
   * Tags many sentences again and again, in batches where the system has any.
   *
   * @return tokens per second
   */
  double tagTokensPerSecond(Duration duration);

  /**
   * Tags sentence after sentence, each by a call of its own.
   *
   * @return the time of each, in microseconds
   */
  double[] sentenceMicros(Duration duration);

  /** One round: the figure to compare, and for a sentence also the 99th percentile. */
  default double[] round(Measure measure, Duration duration) {
    return switch (measure) {
      case TRAIN -> throw new IllegalArgumentException(system() + " is not trained in rounds");
      case TAG -> new double[] {tagTokensPerSecond(duration)};
      case SENTENCE -> {
        Spread times = new Spread(sentenceMicros(duration));
        yield new double[] {times.median(), times.quantile(0.99)};
      }
    };
  }

  @Override
  void close();
}
