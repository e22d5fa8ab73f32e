package dev.sluice.peers.scaling;

import dev.sluice.peers.Machine;
import dev.sluice.peers.SluicePeer;
import dev.sluice.peers.Spread;
import dev.sluice.peers.Turns;
import dev.sluice.peers.Work;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Measures how the cost of our own training and tagging grows, several sizes in turns, and prints a Markdown report; progress goes to standard error.
 */
public final class Scaling {
  private static final int HIDDEN = 200;
  private static final int THREADS = 2;
  private static final int[] WORDS = {10_000, 100_000, 1_000_000};
  private static final int[] LENGTHS = {100, 1_000, 10_000};

  private final ScalingOptions options;
  private final PrintStream out;

  private Scaling(ScalingOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the measurements. */
  public static void main(String... arguments) throws InterruptedException {
    ScalingOptions options;
    try {
      options = ScalingOptions.read(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(ScalingOptions.USAGE);
      System.exit(2);
      return;
    }
    new Scaling(options, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
  }

  private void run() throws InterruptedException {
    out.printf(
        Locale.ROOT,
        "# How the cost of a step grows%n%nBidirectional LSTM, one layer of %d, embeddings of width 130, 50 labels, Adam, %d threads; %d rounds of %d ms in turns: median (smallest..largest).%n%n",
        HIDDEN,
        THREADS,
        options.rounds(),
        options.duration().toMillis());
    out.print(Machine.markdown());
    vocabulary();
    lengths();
    allocation();
  }

  private void vocabulary() throws InterruptedException {
    List<Work> works = new ArrayList<>();
    for (int words : WORDS) works.add(Work.of(HIDDEN).withWords(words));
    out.println(
        "\n## Vocabulary\n\nOne step of training, batches of 32 sentences of 20 tokens whose words are drawn evenly.\n");
    Duration duration = options.duration();
    table(
        "rows of the table",
        "ms per batch",
        works,
        Work::words,
        (work, peer) -> 1e3 * work.tokens() / peer.trainTokensPerSecond(duration));
  }

  private void lengths() throws InterruptedException {
    List<Work> works = new ArrayList<>();
    for (int length : LENGTHS) works.add(Work.of(HIDDEN).withSentences(1, length));
    Duration duration = options.duration();
    out.println("\n## Length: tagging\n\nOne sentence at a time, from word ids to labels.\n");
    table(
        "tokens in a sentence",
        "µs per token",
        works,
        Work::length,
        (work, peer) -> new Spread(peer.sentenceMicros(duration)).median() / work.length());
    works.replaceAll(work -> work.withSentences(4, work.length()));
    out.println("\n## Length: training\n\nBatches of 4 sentences.\n");
    table(
        "tokens in a sentence",
        "µs per token",
        works,
        Work::length,
        (work, peer) -> 1e6 / peer.trainTokensPerSecond(duration));
  }

  /** Measures every size in turns; the last column compares with the first size, round by round. */
  private void table(
      String size,
      String figure,
      List<Work> works,
      ToDoubleFunction<Work> sizes,
      ToDoubleBiFunction<Work, SluicePeer> measure)
      throws InterruptedException {
    List<SluicePeer> peers = new ArrayList<>();
    double[][] figures = new double[works.size()][options.rounds()];
    try {
      for (Work work : works) {
        SluicePeer peer = new SluicePeer(work, THREADS);
        peers.add(peer);
        report("for warming up", size, work, sizes, measure.applyAsDouble(work, peer), figure);
      }
      Turns.run(
          works.size(),
          options.rounds(),
          (entrant, round) -> {
            figures[entrant][round] = measure.applyAsDouble(works.get(entrant), peers.get(entrant));
            report(
                "round " + (round + 1) + "/" + options.rounds(),
                size,
                works.get(entrant),
                sizes,
                figures[entrant][round],
                figure);
          });
    } finally {
      peers.forEach(SluicePeer::close);
    }
    out.printf("| %s | %s | beside the first |%n|---|---|---|%n", size, figure);
    for (int i = 0; i < figures.length; i++) {
      double[] ratios = new double[options.rounds()];
      for (int r = 0; r < ratios.length; r++) ratios[r] = figures[i][r] / figures[0][r];
      out.printf(
          Locale.ROOT,
          "| %,.0f | %s | %s |%n",
          sizes.applyAsDouble(works.get(i)),
          new Spread(figures[i]).text(3),
          new Spread(ratios).text(3));
    }
  }

  private static void report(
      String round,
      String size,
      Work work,
      ToDoubleFunction<Work> sizes,
      double value,
      String figure) {
    System.err.printf(
        Locale.ROOT,
        "%s  %s %,.0f: %.3f %s%n",
        round,
        size,
        sizes.applyAsDouble(work),
        value,
        figure);
  }

  private void allocation() {
    out.printf(
        Locale.ROOT,
        "%n## Memory taken per batch%n%nBytes that all threads together allocate, over %,d batches in a row after as many for warming up.%n%n| work | threads | bytes per batch: median (smallest..largest) |%n|---|---|---|%n",
        options.batches());
    for (int threads : new int[] {1, THREADS}) {
      try (SluicePeer peer = new SluicePeer(Work.of(100), threads)) {
        double[] training = Allocation.ofTraining(peer, options.batches());
        double[] tagging = Allocation.ofTagging(peer, options.batches());
        out.printf(
            Locale.ROOT,
            "| training | %d | %s |%n| tagging, the labels that are returned included | %d | %s |%n",
            threads,
            new Spread(training).text(0),
            threads,
            new Spread(tagging).text(0));
      }
    }
  }
}
