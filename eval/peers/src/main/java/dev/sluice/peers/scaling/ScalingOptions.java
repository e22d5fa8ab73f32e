package dev.sluice.peers.scaling;

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
    ScalingOptions options = new ScalingOptions(5, Duration.ofSeconds(3), 1000);
    if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option has no value");
    for (int i = 0; i < arguments.length; i += 2)
      options = options.with(arguments[i], arguments[i + 1]);
    return options;
  }

  private ScalingOptions with(String name, String value) {
    try {
      return switch (name) {
        case "--rounds" ->
            new ScalingOptions(Math.max(1, Integer.parseInt(value)), duration, batches);
        case "--seconds" ->
            new ScalingOptions(
                rounds, Duration.ofMillis(Math.round(1000 * Double.parseDouble(value))), batches);
        case "--batches" ->
            new ScalingOptions(rounds, duration, Math.max(1, Integer.parseInt(value)));
        default -> throw new IllegalArgumentException("no such option");
      };
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + " " + value + ": " + wrong.getMessage(), wrong);
    }
  }
}
