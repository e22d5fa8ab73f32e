package dev.sluice.peers.kernels;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How the benchmarks run: nanoseconds per element, three JVMs each, since the compiler decides differently from one to the next, and time to warm up: vectors are thousands of times
 * slower before they are compiled.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public abstract class KernelBenchmark {
  static final int SENTENCES = 32;
  static final int LENGTH = 20;
  static final int TOKENS = SENTENCES * LENGTH;
  static final int DIMENSION = 130;
  static final int HIDDEN = 200;
  static final int GATES = 4;
  static final int LABELS = 50;

  static float[] some(int n) {
    SplittableRandom random = new SplittableRandom(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) values[i] = (float) (2 * random.nextDouble() - 1);
    return values;
  }
}
