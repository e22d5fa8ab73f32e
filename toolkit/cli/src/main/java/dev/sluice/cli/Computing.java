package dev.sluice.cli;

import dev.sluice.kernel.Kernels;
import dev.sluice.metric.TextLines;
import dev.sluice.network.Network;
import java.io.IOException;

/** What a run says before its first epoch of the network and of what it is trained on, whatever it learns. */
final class Computing {
  private Computing() {}

  /** Says the size of the network, the threads, the kernels and the seed, and that slow kernels are slow. */
  static void say(Transcript transcript, Network network, int threads, long seed)
      throws IOException {
    transcript.say(network(network));
    transcript.say(
        "  computing  "
            + Words.count(threads, "thread")
            + ", "
            + Kernels.create().name()
            + " kernels, seed "
            + seed);
    if (!Kernels.isSimd())
      transcript.warn(
          "note: the vector module is not in use, so training takes several times longer; results are the same");
  }

  /** The layers and the number of weights, in a line or a few. */
  static String network(Network network) {
    return TextLines.wrap(
        "  network    ",
        Words.network(network.shape())
            + ": "
            + Words.count(network.parameters().count(), "parameter"));
  }
}
