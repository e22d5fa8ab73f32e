package dev.sluice.peers.kernels;

import dev.sluice.kernel.Kernels;
import org.openjdk.jmh.annotations.Param;

/** Kernels that come as scalar definition and SIMD twin. */
public abstract class TwinBenchmark extends KernelBenchmark {
  /** Which of the two. */
  @Param({"simd", "scalar"})
  public String kernels;

  /** A new instance of those asked for. */
  Kernels create() {
    if (kernels.equals("scalar")) return Kernels.scalar();
    if (!Kernels.isSimd())
      throw new IllegalStateException(
          "no SIMD kernels. Fix: -p kernels=scalar, or start Java with --add-modules jdk.incubator.vector");
    return Kernels.create();
  }
}
