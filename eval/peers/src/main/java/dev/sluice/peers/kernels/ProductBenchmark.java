package dev.sluice.peers.kernels;

import dev.sluice.peers.ceiling.KernelMultiplier;
import dev.sluice.peers.ceiling.Product;
import dev.sluice.peers.ceiling.Product.Kind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** Matrix products with W packed beforehand; an operation is a FLOP. Results are written to arrays that outlive the call, so nothing can be left out. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProductBenchmark extends TwinBenchmark {
  static final int ONE_ROW = 2 * GATES * HIDDEN * HIDDEN;
  static final int FEW_ROWS = SENTENCES * ONE_ROW;
  static final int MANY_ROWS = 2 * TOKENS * GATES * HIDDEN * DIMENSION;
  static final int WEIGHTS = TOKENS * ONE_ROW;

  private KernelMultiplier one;
  private KernelMultiplier few;
  private KernelMultiplier fewBack;
  private KernelMultiplier many;
  private KernelMultiplier weights;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    one = multiplier(Kind.FORWARD, 1, HIDDEN);
    few = multiplier(Kind.FORWARD, SENTENCES, HIDDEN);
    fewBack = multiplier(Kind.INPUT_GRADIENT, SENTENCES, HIDDEN);
    many = multiplier(Kind.FORWARD, TOKENS, DIMENSION);
    weights = multiplier(Kind.WEIGHT_GRADIENT, TOKENS, HIDDEN);
  }

  private KernelMultiplier multiplier(Kind kind, int rows, int inputs) {
    return new KernelMultiplier(create(), Product.of(kind, rows, inputs, GATES, HIDDEN));
  }

  /** The recurrence for one sentence: 1 × 800 × 200. */
  @Benchmark
  @OperationsPerInvocation(ONE_ROW)
  @Unit("GFLOP/s")
  public void oneRow() {
    one.multiply();
  }

  /** The recurrence for a batch: 32 × 800 × 200. */
  @Benchmark
  @OperationsPerInvocation(FEW_ROWS)
  @Unit("GFLOP/s")
  public void fewRows() {
    few.multiply();
  }

  /** Its way back: 32 × 200 × 800. */
  @Benchmark
  @OperationsPerInvocation(FEW_ROWS)
  @Unit("GFLOP/s")
  public void fewRowsBack() {
    fewBack.multiply();
  }

  /** The input of all tokens of a batch: 640 × 800 × 130. */
  @Benchmark
  @OperationsPerInvocation(MANY_ROWS)
  @Unit("GFLOP/s")
  public void manyRows() {
    many.multiply();
  }

  /** The gradient of the recurrent weights: 200 × 800 × 640. */
  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  @Unit("GFLOP/s")
  public void weightGradient() {
    weights.multiply();
  }
}
