package dev.sluice.peers.ceiling;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.peers.Rate;
import java.time.Duration;
import java.util.Arrays;

/** Who computes a product, on how many threads. */
enum Way {
  /** One thread. */
  OPENBLAS("OpenBLAS, 1 thread", 1),
  /** The library shares out one product. */
  OPENBLAS_TWO("OpenBLAS, 2 threads", 1),
  /** Two threads call it, each for half of the rows; the library uses one thread per call. */
  OPENBLAS_HALVES("OpenBLAS, 2 callers", 2),
  /** One thread. */
  SLUICE("sluice, 1 thread", 1),
  /** Two threads, each for half of the rows, as training shares out a batch. */
  SLUICE_HALVES("sluice, 2 threads", 2),
  /** The scalar kernels on one thread. */
  SCALAR("sluice without SIMD, 1 thread", 1);

  /** Threads that ever multiply at a time. */
  static final int THREADS = 2;

  /** Heading of the table. */
  final String title;

  private final int callers;

  Way(String title, int callers) {
    this.title = title;
    this.callers = callers;
  }

  private Multiplier multiplier(Product product, long seed) {
    Operands operands = Operands.of(product, seed);
    return switch (this) {
      case OPENBLAS, OPENBLAS_TWO, OPENBLAS_HALVES -> new OpenBlas(product, operands);
      case SLUICE, SLUICE_HALVES -> new KernelMultiplier(Kernels.create(), product, operands);
      case SCALAR -> new KernelMultiplier(Kernels.scalar(), product, operands);
    };
  }

  private void limitLibrary() {
    OpenBlas.threads(this == OPENBLAS_TWO ? THREADS : 1);
  }

  /** The result of a product whose operands the seed gives, by one caller. */
  float[] result(Product product, long seed) {
    limitLibrary();
    try (Multiplier multiplier = multiplier(product, seed)) {
      multiplier.multiply();
      return multiplier.result();
    }
  }

  /**
   * Computes a product again and again for a time, several callers without waiting for each other, as the shards of a batch do.
   *
   * @param workers a team of {@link #THREADS}
   * @return GFLOP/s of all callers together
   */
  double gflops(Product product, Duration duration, Workers workers) {
    limitLibrary();
    Product share = product.share(callers);
    Multiplier[] multipliers = new Multiplier[callers];
    Arrays.setAll(multipliers, i -> multiplier(share, i));
    try {
      for (Multiplier multiplier : multipliers) multiplier.multiply(); // the first touch of memory
      return share.flop() / 1e9 * perSecond(workers, duration, multipliers);
    } finally {
      for (Multiplier multiplier : multipliers) multiplier.close();
    }
  }

  private static double perSecond(Workers workers, Duration duration, Multiplier[] multipliers) {
    double[] rates = new double[multipliers.length];
    workers.run(
        rates.length,
        i ->
            rates[i] =
                Rate.perSecond(
                    duration,
                    () -> {
                      multipliers[i].multiply();
                      return 1;
                    }));
    return Arrays.stream(rates).sum();
  }
}
