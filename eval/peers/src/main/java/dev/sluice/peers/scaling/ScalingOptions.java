package dev.sluice.peers.scaling;

import dev.sluice.peers.Arguments;
import java.time.Duration;

/**
 * What the command line may say: {@code --name value} pairs.
 *
 * @param rounds rounds that count
 * @param duration length of one measurement
 * @param batches batches whose allocation is looked at
 */
record ScalingOptions(int rounds, Duration duration, int batches) {
  static final String USAGE = "usage: scaling [--rounds 5] [--seconds 3] [--batches 1000]";

  /** Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it. */
  static ScalingOptions read(String... arguments) {
    return Arguments.read(
        new ScalingOptions(5, Duration.ofSeconds(3), 1000), ScalingOptions::with, arguments);
  }

  private ScalingOptions with(String name, String value) {
    return switch (name) {
      case "--rounds" -> new ScalingOptions(Arguments.count(value), duration, batches);
      case "--seconds" -> new ScalingOptions(rounds, Arguments.seconds(value), batches);
      case "--batches" -> new ScalingOptions(rounds, duration, Arguments.count(value));
      default -> throw new IllegalArgumentException("no such option");
    };
  }
}
