package dev.sluice.onnx;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Seeds for tests: fixed by default so that a run repeats, another with {@code -Dtest.seed=N}. */
final class Seeds {
  private static final long BASE = Long.getLong("test.seed", 20261126L);
  private static final AtomicLong COUNT = new AtomicLong();

  static {
    System.out.println("seeds: " + describe());
  }

  private Seeds() {}

  /** A fresh generator. */
  static SplittableRandom next() {
    return new SplittableRandom(BASE * 1_000_003 + COUNT.incrementAndGet());
  }

  /** How to run again with the same numbers. */
  static String describe() {
    return "replay with -Dtest.seed=" + BASE;
  }
}
