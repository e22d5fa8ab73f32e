package dev.sluice.testing;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Seeds for tests: fixed by default so that a run repeats, another with {@code -Dtest.seed=N}. A test prints its seed in its failure
 * message by including {@link #describe()}.
 */
public final class Seeds {
  private static final long BASE = Long.getLong("test.seed", 20261121L);
  private static final AtomicLong COUNT = new AtomicLong();

  static {
    System.out.println("seeds: " + describe());
  }

  private Seeds() {}

  /** A fresh generator. */
  public static SplittableRandom next() {
    return of(COUNT.incrementAndGet());
  }

  /** The generator number n of this run. */
  public static SplittableRandom of(long n) {
    return new SplittableRandom(BASE * 1_000_003 + n);
  }

  /** How to run again with the same numbers. */
  public static String describe() {
    return "replay with -Dtest.seed=" + BASE;
  }

  /** An array of normal numbers times a scale. */
  public static float[] floats(SplittableRandom random, int size, double scale) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) x[i] = (float) (gaussian(random) * scale);
    return x;
  }

  /** A normal number (Box and Muller). */
  public static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
