package dev.sluice.peers;

import java.util.Arrays;
import java.util.Locale;

/** Some measurements of one thing, written as median (smallest..largest). */
final class Spread {
  private final double[] sorted;

  Spread(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  double median() {
    return quantile(0.5);
  }

  /** The value below which the share {@code q} lies, between neighbours in a straight line. */
  double quantile(double q) {
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Median and range with a fixed number of decimals, thousands set apart. */
  String text(int decimals) {
    String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + ".." + number + ")",
        median(),
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
