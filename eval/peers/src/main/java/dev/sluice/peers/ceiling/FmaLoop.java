package dev.sluice.peers.ceiling;

import dev.sluice.kernel.Workers;
import dev.sluice.peers.Rate;
import java.time.Duration;
import java.util.Arrays;

/** Fused multiply-adds on vector registers alone: what no product can exceed, since it has to fetch its operands besides. */
interface FmaLoop {
  /** Times round the loop in one call: enough that the call hardly counts, and few enough that there are many calls, of which HotSpot takes notice. */
  int ROUNDS = 2_000;

  /** Calls between two looks at the clock. */
  int CALLS = 20;

  /** Bits of a vector. */
  int bits();

  /** FLOP of one round. */
  int flopPerRound();

  /** Goes round the loop; returns a number that depends on all of it. */
  float run(int rounds);

  /** The loop of this JVM, which needs the module jdk.incubator.vector. */
  static FmaLoop create() {
    try {
      return (FmaLoop)
          Class.forName("dev.sluice.peers.ceiling.SimdFmaLoop")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "no vectors. Fix: start Java with --add-modules jdk.incubator.vector", e);
    }
  }

  /** GFLOP/s of some threads together. */
  default double gflops(int threads, Duration duration, Workers workers) {
    double[] rates = new double[threads];
    float[] results = new float[threads];
    workers.run(
        threads,
        i ->
            rates[i] =
                Rate.perSecond(
                    duration,
                    () -> {
                      for (int call = 0; call < CALLS; call++) results[i] = run(ROUNDS);
                      return CALLS * ROUNDS;
                    }));
    for (float result : results) {
      if (!Float.isFinite(result)) throw new IllegalStateException("the loop gave " + result);
    }
    return Arrays.stream(rates).sum() * flopPerRound() / 1e9;
  }
}
