package dev.sluice.peers.ceiling;

import static dev.sluice.peers.ceiling.Way.OPENBLAS;
import static dev.sluice.peers.ceiling.Way.OPENBLAS_HALVES;
import static dev.sluice.peers.ceiling.Way.OPENBLAS_TWO;
import static dev.sluice.peers.ceiling.Way.SLUICE;
import static dev.sluice.peers.ceiling.Way.SLUICE_HALVES;

import dev.sluice.peers.Spread;
import dev.sluice.peers.Work;
import java.util.Arrays;
import java.util.Locale;

/** Training at one width and the products it is made of, round by round. */
final class TrainingRates {
  final Work work;
  final ProductRates step;
  final ProductRates second;
  private final double[][] tokens; // per second, [threads - 1][round]

  TrainingRates(Work work, int rounds) {
    this.work = work;
    step = new ProductRates(TrainingStep.products(work), rounds);
    second = new ProductRates(TrainingStep.secondInput(work), rounds);
    tokens = new double[Way.THREADS][rounds];
  }

  void put(int threads, int round, double tokensPerSecond) {
    tokens[threads - 1][round] = tokensPerSecond;
  }

  /** What training gets out of its products, in GFLOP/s: tokens per second times FLOP per token. */
  double[] gflops(int threads) {
    double perToken = TrainingStep.flopPerToken(work) / 1e9;
    return Arrays.stream(tokens[threads - 1]).map(rate -> rate * perToken).toArray();
  }

  /**
   * Products and shares as Markdown.
   *
   * @param square the big product
   * @param fma GFLOP/s of the loop on registers, [threads - 1][round]
   */
  String markdown(ProductRates square, double[][] fma) {
    StringBuilder out = new StringBuilder();
    out.append("\n## Hidden %d\n\n".formatted(work.hidden())).append(ProductRates.head());
    out.append(step.rows()).append(step.overallRow("all products of a training step"));
    out.append(second.rows());
    out.append(
        String.format(
            Locale.ROOT,
            "\nA token costs %,.0f FLOP. Training: %s tokens/s on 1 thread, %s on 2.%n%n",
            TrainingStep.flopPerToken(work),
            new Spread(tokens[0]).text(0),
            new Spread(tokens[1]).text(0)));
    out.append(
        "| | 1 thread, GFLOP/s | training's share | 2 threads, GFLOP/s | training's share |\n");
    out.append("|---|---|---|---|---|\n");
    out.append(row("training", gflops(1), gflops(2)));
    out.append(
        row("our kernels, the same products", step.overall(SLUICE), step.overall(SLUICE_HALVES)));
    double[] sgemm = step.overall(OPENBLAS, OPENBLAS_TWO);
    out.append(row("OpenBLAS, the same products", step.overall(OPENBLAS), sgemm));
    out.append(
        row(
            "the same, two callers allowed",
            step.overall(OPENBLAS),
            step.overall(OPENBLAS, OPENBLAS_TWO, OPENBLAS_HALVES)));
    out.append(
        row(
            "OpenBLAS, 1024 square",
            square.overall(OPENBLAS),
            square.overall(OPENBLAS, OPENBLAS_TWO)));
    out.append(row("multiply-adds on registers", fma[0], fma[1]));
    return out.append(
            "%n**Training at hidden %d runs at %s of the sgemm rate of OpenBLAS on the same two cores.**%n"
                .formatted(work.hidden(), share(gflops(2), sgemm)))
        .toString();
  }

  private String row(String title, double[] one, double[] two) {
    return "| %s | %s | %s | %s | %s |%n"
        .formatted(
            title,
            new Spread(one).text(1),
            share(gflops(1), one),
            new Spread(two).text(1),
            share(gflops(2), two));
  }

  /** How much of the second the first is, formed round by round. */
  static String share(double[] part, double[] whole) {
    double[] percent = new double[part.length];
    for (int round = 0; round < percent.length; round++)
      percent[round] = 100 * part[round] / whole[round];
    return new Spread(percent).text(0) + " %";
  }
}
