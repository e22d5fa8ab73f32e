package dev.sluice.peers.ceiling;

import dev.sluice.kernel.Workers;
import dev.sluice.peers.Machine;
import dev.sluice.peers.SluicePeer;
import dev.sluice.peers.Spread;
import dev.sluice.peers.Work;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures training, the products it is made of by OpenBLAS and by our kernels, a big product, and multiply-adds on registers, in rounds that take turns, and prints a Markdown report; progress
 * goes to standard error. {@link CeilingOptions} tells the arguments.
 */
public final class Ceiling implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50; // lets OpenBLAS's own threads stop spinning
  private static final Duration WARMING =
      Duration.ofSeconds(1); // of the loop, until it is compiled
  private static final int SQUARE = 1024;

  private final CeilingOptions options;
  private final Workers workers = new Workers(Way.THREADS);
  private final FmaLoop loop = FmaLoop.create();
  private final List<TrainingRates> trainings = new ArrayList<>();
  private final List<SluicePeer[]> peers = new ArrayList<>(); // [threads - 1] of each training
  private final ProductRates square;
  private final double[][] fma; // [threads - 1][round]

  private Ceiling(CeilingOptions options) {
    this.options = options;
    for (int hidden : options.hidden()) {
      Work work = Work.of(hidden);
      trainings.add(new TrainingRates(work, options.rounds()));
      SluicePeer[] pair = new SluicePeer[Way.THREADS];
      for (int threads = 1; threads <= pair.length; threads++)
        pair[threads - 1] = new SluicePeer(work, threads);
      peers.add(pair);
    }
    Product product = new Product("square", Product.Kind.FORWARD, SQUARE, SQUARE, 1, SQUARE, 1);
    square = new ProductRates(List.of(product), options.rounds());
    fma = new double[Way.THREADS][options.rounds()];
  }

  /** Runs the measurements. */
  public static void main(String... arguments) throws InterruptedException {
    CeilingOptions options;
    try {
      options = CeilingOptions.read(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(CeilingOptions.USAGE);
      System.exit(2);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Ceiling ceiling = new Ceiling(options)) {
      out.print(ceiling.introduction());
      ceiling.check();
      ceiling.measure();
      out.print(ceiling.markdown());
    }
  }

  private String introduction() {
    return """
        # Training and the ceilings of the processor

        GFLOP/s, median (smallest..largest) of %d rounds in turns; a product M × N × K has 2·M·N·K FLOP, a fused multiply-add 2 per lane.

        %s- vectors: %d bits

        - **FLOP of a token**: those of all matrix products of a training step, forward and backward, without padding, by the tokens of its batch.
        - **training**, in GFLOP/s: tokens/s × FLOP of a token. What else training does, from gates to Adam, takes its time and counts for nothing.
        - **the same products**: the FLOP of all products of a step by the sum of their times, each measured by itself, its operands warm. On two threads the time of OpenBLAS is, for each product and
          round, the shorter of sgemm with 1 and with 2 threads; with *two callers allowed* also of two threads that each call it for half of the rows, which is how our two threads go about it.
        - **the sgemm rate of OpenBLAS on the same two cores** is the line "OpenBLAS, the same products", 2 threads.
        """
        .formatted(options.rounds(), Machine.markdown(OpenBlas.library()), loop.bits());
  }

  /** Wrong products are not worth measuring. */
  private void check() {
    for (TrainingRates training : trainings) {
      training.step.products().forEach(Agreement::require);
      training.second.products().forEach(Agreement::require);
    }
    square.products().forEach(Agreement::require);
  }

  /** One round for warming up that does not count, then the rounds. */
  private void measure() throws InterruptedException {
    for (int round = -1; round < options.rounds(); round++) {
      for (int t = 0; t < trainings.size(); t++) {
        train(trainings.get(t), peers.get(t), round);
        multiply(trainings.get(t).step, round);
        multiply(trainings.get(t).second, round);
      }
      multiply(square, round);
      for (int threads = 1; threads <= Way.THREADS; threads++) {
        Thread.sleep(PAUSE_MILLIS);
        double rate = loop.gflops(threads, round < 0 ? WARMING : options.product(), workers);
        if (round >= 0) fma[threads - 1][round] = rate;
      }
    }
  }

  private void train(TrainingRates training, SluicePeer[] pair, int round)
      throws InterruptedException {
    for (int i = 0; i < pair.length; i++) {
      int threads = round % 2 == 0 ? i + 1 : pair.length - i;
      Thread.sleep(PAUSE_MILLIS);
      double rate = pair[threads - 1].trainTokensPerSecond(options.training());
      if (round >= 0) training.put(threads, round, rate);
      progress(
          round,
          "hidden %d: training, %d threads, %,.0f tokens/s",
          training.work.hidden(),
          threads,
          rate);
    }
  }

  private void multiply(ProductRates rates, int round) throws InterruptedException {
    Way[] ways = Way.values();
    for (int p = 0; p < rates.products().size(); p++) {
      for (int i = 0; i < ways.length; i++) {
        Way way = ways[round % 2 == 0 ? i : ways.length - 1 - i];
        Thread.sleep(PAUSE_MILLIS);
        double rate = way.gflops(rates.products().get(p), options.product(), workers);
        if (round >= 0) rates.put(p, way, round, rate);
      }
      progress(round, "%s", rates.products().get(p).title());
    }
  }

  private void progress(int round, String format, Object... values) {
    String which = round < 0 ? "warming up" : "round " + (round + 1) + "/" + options.rounds();
    System.err.println(which + "  " + String.format(Locale.ROOT, format, values));
  }

  private String markdown() {
    StringBuilder out = new StringBuilder("\n## Ceilings\n\n");
    out.append(ProductRates.head()).append(square.rows());
    out.append("\n| | 1 thread | 2 threads |\n|---|---|---|\n");
    out.append(
        "| multiply-adds on registers | %s | %s |%n"
            .formatted(new Spread(fma[0]).text(1), new Spread(fma[1]).text(1)));
    for (TrainingRates training : trainings) out.append(training.markdown(square, fma));
    return out.toString();
  }

  @Override
  public void close() {
    for (SluicePeer[] pair : peers) for (SluicePeer peer : pair) peer.close();
    workers.close();
  }
}
