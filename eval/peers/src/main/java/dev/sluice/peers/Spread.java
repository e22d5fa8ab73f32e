package dev.sluice.peers;

import java.util.Arrays;
import java.util.Locale;

/** Some measurements of one thing, written as median (smallest..largest). */
public final class Spread {
  private final double[] sorted;

  /** Of at least one measurement. */
  public Spread(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** The one in the middle, or halfway between the two in the middle. */
  public double median() {
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
  public String text(int decimals) {
    String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + ".." + number + ")",
        median(),
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
