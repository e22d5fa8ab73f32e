package dev.sluice.peers;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the systems side by side in one process and prints a Markdown report; progress goes to
 * standard error. {@link Options} tells the arguments.
 */
public final class Speed {
  private Speed() {}

  /** Runs the measurements. */
  public static void main(String... arguments) throws InterruptedException {
    Options options;
    try {
      options = Options.read(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("# Speed beside other systems\n");
    out.println(
        "Bidirectional LSTM, embeddings 10,000 × 130, 50 labels, batches of 32 sentences of"
            + " 20 tokens, Adam, clipping by global norm; "
            + options.rounds()
            + " rounds of "
            + options.duration().toMillis()
            + " ms in turns: median (smallest..largest).\n");
    out.print(Machine.markdown(LibtorchPeer.library()));
    for (Stack stack : options.stacks()) {
      for (Measure measure : options.measures()) {
        out.println("\n## Hidden " + stack + ": " + measure.title + "\n");
        Work work = Work.of(stack.hidden()).withLayers(stack.layers());
        List<Peer> peers = peers(work, measure, options);
        try {
          Rounds rounds = Rounds.run(measure, peers, options.rounds(), options.duration());
          out.print(rounds.markdown("sluice"));
        } finally {
          peers.forEach(Peer::close);
        }
      }
    }
  }

  private static List<Peer> peers(Work work, Measure measure, Options options) {
    List<Peer> peers = new ArrayList<>();
    for (int count : options.threads()) {
      if (measure != Measure.SENTENCE || count == 1) peers.add(new SluicePeer(work, count));
    }
    for (int count : options.libtorch()) {
      peers.add(new LibtorchPeer(work, count, LibtorchPeer.Update.DENSE));
      if (measure == Measure.TRAIN) {
        peers.add(new LibtorchPeer(work, count, LibtorchPeer.Update.ROWS));
      }
    }
    return peers;
  }
}
