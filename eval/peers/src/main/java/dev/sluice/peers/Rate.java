package dev.sluice.peers;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** Runs a piece of work again and again for a time, at least once. */
public final class Rate {
  private static final int MOST_TIMES = 200_000;

  private Rate() {}

  /** Units per second, where one run returns how many units it did. */
  public static double perSecond(Duration duration, IntSupplier run) {
    long start = System.nanoTime();
    long units = 0;
    long spent;
    do {
      units += run.getAsInt();
      spent = System.nanoTime() - start;
    } while (spent < duration.toNanos());
    return units * 1e9 / spent;
  }

  /** The time of each run in microseconds; a run is given its number. */
  static double[] micros(Duration duration, IntConsumer run) {
    double[] times = new double[MOST_TIMES];
    long start = System.nanoTime();
    long before = start;
    int n = 0;
    do {
      run.accept(n);
      long after = System.nanoTime();
      times[n++] = (after - before) / 1e3;
      before = after;
    } while (before - start < duration.toNanos() && n < MOST_TIMES);
    return Arrays.copyOf(times, n);
  }
}
