package dev.sluice.eval.agreement;

import java.util.Arrays;

/**
 * How one number comes out over several seeds or sentences.
 *
 * @param values ascending, at least one; infinite ones last
 */
record Spread(double[] values) {
  /** Of values in any order. */
  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  /** The one in the middle, or the mean of the two that are. */
  double median() {
    int n = values.length;
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }

  /** The mean. */
  double mean() {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** The sample standard deviation √(Σ (x - mean)² / (n-1)); not a number for a single value. */
  double deviation() {
    double mean = mean();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /** The smallest. */
  double least() {
    return values[0];
  }

  /** The largest. */
  double most() {
    return values[values.length - 1];
  }

  /** How many there are. */
  int count() {
    return values.length;
  }
}
