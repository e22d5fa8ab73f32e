package dev.sluice.peers;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Measures whole epochs over a corpus, by our trainer and by the same tagger in libtorch, and prints a Markdown report; progress goes to standard error.
 * {@link EpochOptions} tells the arguments.
 */
public final class EpochSpeed {
  private EpochSpeed() {}

  /** Runs the measurements. */
  public static void main(String... arguments) throws InterruptedException {
    EpochOptions options;
    try {
      options = EpochOptions.read(System.getenv("SLUICE_DATA"), arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(EpochOptions.USAGE);
      System.exit(2);
      return;
    }
    EpochWork work = EpochWork.of(options.corpus(), "encoder.hidden=[" + options.hidden() + "]");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf(
        Locale.ROOT,
        "# Whole epochs on %s, hidden %d%n%n",
        options.corpus().getFileName(),
        options.hidden());
    out.print(work.markdown());
    out.print(Machine.markdown());
    out.printf(
        Locale.ROOT,
        "- rounds in turns, after one that does not count: %d; median (smallest..largest)%n",
        options.rounds());
    for (EpochMeasure measure : options.measures()) {
      List<EpochPeer> peers =
          measure == EpochMeasure.TRAIN ? trainers(work, options, out) : taggers(work, options);
      try {
        if (measure == EpochMeasure.TRAIN) requireSameSize(peers, out);
        out.println("\n## " + measure.title + "\n");
        EpochRounds rounds = EpochRounds.run(measure, peers, options.rounds());
        out.print(rounds.markdown("sluice", work.tokens()));
      } finally {
        peers.forEach(EpochPeer::close);
      }
    }
  }

  private static List<EpochPeer> trainers(EpochWork work, EpochOptions options, PrintStream out) {
    Heats heats = Heats.run(work, LibtorchVariant.all(options.threads()), options.heat());
    out.println("\n## Heats of libtorch's variants: " + options.heat() + " batches each\n");
    out.print(heats.markdown());
    List<EpochPeer> peers = ours(work, options);
    heats.fastest(options.finalists()).forEach(v -> peers.add(new LibtorchEpochs(work, v)));
    peers.add(new LibtorchEpochs(work, heats.usual(), "libtorch written as usual"));
    return peers;
  }

  private static List<EpochPeer> taggers(EpochWork work, EpochOptions options) {
    List<EpochPeer> peers = ours(work, options);
    LibtorchVariant.tagging(options.threads()).forEach(v -> peers.add(new LibtorchEpochs(work, v)));
    return peers;
  }

  private static List<EpochPeer> ours(EpochWork work, EpochOptions options) {
    List<EpochPeer> peers = new ArrayList<>();
    for (int threads : options.threads()) peers.add(new SluiceEpochs(work, threads));
    return peers;
  }

  private static void requireSameSize(List<EpochPeer> peers, PrintStream out) {
    Map<String, Long> weights = new LinkedHashMap<>();
    for (EpochPeer peer : peers) weights.put(peer.system(), peer.weights());
    if (Set.copyOf(weights.values()).size() > 1)
      throw new IllegalStateException("not the same network: " + weights);
    out.println("\nWeights that are trained:\n");
    weights.forEach((system, count) -> out.printf(Locale.ROOT, "- %s: %,d%n", system, count));
  }
}
