package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Workspace;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shards of a training step share what is derived from the moves of a chain. */
class StepWeightsTest {
  private static final int LABELS = 9, SHARDS = 4;

  private final SplittableRandom random = Seeds.of(311);
  private final Kernels kernels = Kernels.scalar();
  private final Network network =
      new Network(
          new NetworkShape(
              List.of(new Input.Table("word", 20, 3)),
              new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(4), false),
              Optional.of(new NetworkShape.Tokens(LABELS, true)),
              Optional.empty()));

  /** New weights, as an optimizer's step leaves them. */
  private void change() {
    float[] dense = network.parameters().dense();
    for (Block b : network.parameters().blocks()) {
      float[] values = new float[Math.toIntExact(b.weights())];
      for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble(-2, 2);
      b.fill(dense, values);
    }
  }

  private Example[] examples() {
    Example[] examples = new Example[24];
    for (int n = 0; n < examples.length; n++) {
      int[] words = random.ints(1 + n % 7, 0, 20).toArray();
      int[] labels = random.ints(words.length, 0, LABELS).toArray();
      examples[n] = new Example(n, new int[][] {words}, new Spelling[0], labels, new int[0]);
    }
    return examples;
  }

  private double gradient(Loss loss, Workspace ws, Example[] examples, int shard) {
    ws.batch().fill(examples, shard, SHARDS, examples.length);
    network.forward(ws, Dropping.NONE);
    return loss.gradient(ws, 1f / examples.length);
  }

  private static float[] dEmit(Workspace ws) {
    return Arrays.copyOf(ws.tokens().gradient(), ws.batch().rows() * ws.tokens().ld());
  }

  /** Losses on threads that share their moves against one that derives its own, over steps that change them. */
  @Test
  void lossesThatShareTheirMovesGiveTheSameBits() {
    network.initialise(1);
    Example[] examples = examples();
    Supplier<Loss> losses = CrfLoss.forThreads(network, Moves.free(LABELS), null, 0.1);
    List<Loss> shared = Stream.generate(losses).limit(SHARDS).toList();
    List<Workspace> shards =
        Stream.generate(() -> network.workspace(Kernels.scalar(), true)).limit(SHARDS).toList();
    Workspace ws = network.workspace(kernels, true);
    double[] found = new double[SHARDS];
    try (Workers workers = new Workers(3)) {
      for (int step = 0; step < 20; step++) {
        change();
        network.pack(kernels, true);
        workers.run(SHARDS, s -> found[s] = gradient(shared.get(s), shards.get(s), examples, s));
        for (int s = 0; s < SHARDS; s++) {
          Loss alone = new CrfLoss(network, Moves.free(LABELS), null, 0.1);
          assertEquals(gradient(alone, ws, examples, s), found[s]);
          assertArrayEquals(ws.gradient(), shards.get(s).gradient());
          assertArrayEquals(dEmit(ws), dEmit(shards.get(s)));
        }
      }
    }
  }

  @Test
  void movesAreDerivedOncePerPackedNetwork() {
    network.initialise(1);
    network.pack(kernels, true);
    StepWeights weights = new StepWeights(network, Moves.free(LABELS));
    weights.refresh();
    double[] before = weights.shared().expTrans.clone();
    change();
    weights.refresh();
    assertArrayEquals(before, weights.shared().expTrans, "the network was not packed anew");
    network.pack(kernels, true);
    weights.refresh();
    ChainWeights own = new ChainWeights(Moves.free(LABELS));
    own.load(network, 1);
    assertArrayEquals(own.expTrans, weights.shared().expTrans);
    assertEquals(-1, Arrays.mismatch(own.expStart, weights.shared().expStart));
    assertEquals(0, Arrays.mismatch(before, own.expTrans), "the weights did change");
  }
}
