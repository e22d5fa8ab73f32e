package dev.sluice.peers.ceiling;

import dev.sluice.peers.Arguments;
import java.time.Duration;
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
    return Arguments.read(
        new CeilingOptions(
            5, Arguments.seconds("0.2"), Arguments.seconds("3"), List.of(100, 200, 256)),
        CeilingOptions::with,
        arguments);
  }

  private CeilingOptions with(String name, String value) {
    return switch (name) {
      case "--rounds" -> new CeilingOptions(Arguments.count(value), product, training, hidden);
      case "--product-seconds" ->
          new CeilingOptions(rounds, Arguments.seconds(value), training, hidden);
      case "--training-seconds" ->
          new CeilingOptions(rounds, product, Arguments.seconds(value), hidden);
      case "--hidden" ->
          new CeilingOptions(rounds, product, training, Arguments.list(value, Integer::valueOf));
      default -> throw new IllegalArgumentException("no such option");
    };
  }
}
