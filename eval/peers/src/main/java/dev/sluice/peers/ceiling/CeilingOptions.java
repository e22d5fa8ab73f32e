package dev.sluice.peers.ceiling;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line may say: {@code --name value} pairs.
 *
 * @param rounds rounds that count
 * @param product length of one measurement of a product
 * @param training length of one measurement of training
 * @param hidden widths of one direction of the LSTM
 */
record CeilingOptions(int rounds, Duration product, Duration training, List<Integer> hidden) {
  static final String USAGE =
      "usage: ceiling [--rounds 5] [--product-seconds 0.2] [--training-seconds 3] [--hidden 100,200,256]";

  /** Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it. */
  static CeilingOptions read(String... arguments) {
    CeilingOptions options =
        new CeilingOptions(5, seconds("0.2"), seconds("3"), List.of(100, 200, 256));
    if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option has no value");
    for (int i = 0; i < arguments.length; i += 2) {
      options = options.with(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private CeilingOptions with(String name, String value) {
    try {
      return switch (name) {
        case "--rounds" ->
            new CeilingOptions(Math.max(1, Integer.parseInt(value)), product, training, hidden);
        case "--product-seconds" -> new CeilingOptions(rounds, seconds(value), training, hidden);
        case "--training-seconds" -> new CeilingOptions(rounds, product, seconds(value), hidden);
        case "--hidden" ->
            new CeilingOptions(
                rounds,
                product,
                training,
                Arrays.stream(value.split(",")).map(Integer::valueOf).toList());
        default -> throw new IllegalArgumentException("no such option");
      };
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + " " + value + ": " + wrong.getMessage(), wrong);
    }
  }

  private static Duration seconds(String value) {
    return Duration.ofMillis(Math.round(1000 * Double.parseDouble(value)));
  }
}
