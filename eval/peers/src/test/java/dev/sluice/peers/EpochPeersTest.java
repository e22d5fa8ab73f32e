package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.network.Block;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.SparseGradient;
import dev.sluice.network.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tagger in libtorch is the tagger of ours, however it is written: the same weights, loss, gradients, labels, and steps of training. */
class EpochPeersTest {
  private static final String[] NO_DROPOUT = {
    "encoder.dropout.input=0", "encoder.dropout.layer=0", "encoder.hidden=[19]", "training.batch=7"
  };

  private final SplittableRandom random = new SplittableRandom(20_261_127L);

  @TempDir private Path corpus;

  /** Made-up words of 1 to 9 letters, some of them rare, in sentences of 1 to 12 tokens; the label depends on the word and on the one before. */
  @BeforeEach
  void writeCorpus() throws IOException {
    List<String> words = new ArrayList<>();
    for (int w = 0; w < 40; w++)
      words.add("abcdefghi".substring(w % 7, 7 + w % 3) + "xy".repeat(w % 2) + w);
    for (String split : List.of("train", "valid", "test")) {
      StringBuilder in = new StringBuilder(),
          out = new StringBuilder(),
          label = new StringBuilder();
      for (int s = 0; s < (split.equals("train") ? 45 : 11); s++) {
        int length = 1 + random.nextInt(12), before = 0;
        for (int t = 0; t < length; t++) {
          int word = random.nextInt(words.size());
          String gap = t == 0 ? "" : " ";
          in.append(gap).append(words.get(word));
          out.append(gap).append(word % 3 == 0 ? "O" : "B-" + (word + before) % 4);
          before = word;
        }
        in.append('\n');
        out.append('\n');
        label.append("none\n");
      }
      Path folder = Files.createDirectory(corpus.resolve(split));
      Files.writeString(folder.resolve("seq.in"), in);
      Files.writeString(folder.resolve("seq.out"), out);
      Files.writeString(folder.resolve("label"), label);
    }
  }

  static Stream<LibtorchVariant> variants() {
    return LibtorchVariant.all(List.of(1)).stream()
        .filter(variant -> variant.update() == LibtorchPeer.Update.DENSE);
  }

  /** Over a ragged batch and one of equal lengths, also with a CRF and biases that are not zero. */
  @ParameterizedTest
  @MethodSource("variants")
  @SuppressWarnings("try")
  void lossAndEveryGradientAreTheSame(LibtorchVariant variant) {
    EpochWork work = EpochWork.of(corpus, NO_DROPOUT);
    Network network = disturbed(work);
    for (Example[] batch : batches(work)) {
      Workspace ws = network.workspace(Kernels.create(), true);
      network.pack(ws.kernels(), true);
      ws.batch().fill(batch, 0, 1, batch.length);
      network.forward(ws, Dropping.NONE);
      double loss = work.loss().gradient(ws, 1f);
      network.backward(ws, Dropping.NONE);
      try (LibtorchTagger tagger = new LibtorchTagger(work, variant);
          PointerScope scope = new PointerScope()) {
        PaddedBatch padded = tagger.lay(batch);
        Tensor words = torch.embedding(tagger.weights().words(), torch.tensor(padded.words));
        Tensor theirs = tagger.loss(padded, words);
        theirs.backward();
        assertEquals(theirs.item_float(), loss, 1e-4 * loss);
        for (Block block : network.parameters().blocks()) {
          same(block.name(), tagger.weights().gradient(block), block.unpadded(ws.gradient()));
        }
        Block table = network.parameters().tables().get(0).block();
        same(table.name(), tagger.weights().gradient(table), tableGradient(network, table, ws));
      }
    }
  }

  /** All weights random, the biases and the moves of the CRF among them, which begin at fixed values. */
  private Network disturbed(EpochWork work) {
    Network network = work.network();
    for (Block block : network.parameters().blocks()) {
      float[] values = new float[(int) block.weights()];
      for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble(-0.5, 0.5);
      block.fill(network.parameters().dense(), values);
    }
    return network;
  }

  /** The most ragged batch of an epoch, and one of equal lengths above 1. */
  private static List<Example[]> batches(EpochWork work) {
    Example[][] epoch = work.epoch(1);
    Example[] ragged =
        Stream.of(epoch).max(Comparator.comparingInt(EpochPeersTest::spread)).orElseThrow();
    Example[] longest =
        Stream.of(epoch).max(Comparator.comparingInt(b -> b[0].length())).orElseThrow();
    Example[] even =
        Stream.of(longest).filter(e -> e.length() == longest[0].length()).toArray(Example[]::new);
    assertTrue(spread(ragged) > 1 && even[0].length() > 1);
    return List.of(ragged, even);
  }

  private static int spread(Example[] batch) {
    return batch[0].length() - batch[batch.length - 1].length();
  }

  private static void same(String name, float[] expected, float[] found) {
    float largest = 0;
    for (float e : expected) largest = Math.max(largest, Math.abs(e));
    assertTrue(largest > 0, name + " has no gradient at all");
    assertEquals(expected.length, found.length, name);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 1e-4f * largest, name + " at " + i);
    }
  }

  private static float[] tableGradient(Network network, Block table, Workspace ws) {
    SparseGradient sparse = new SparseGradient(network, 0);
    sparse.collect(List.of(ws), 1);
    float[] padded = new float[table.size()];
    for (int slot = 0; slot < sparse.count(); slot++) {
      System.arraycopy(
          sparse.values(), slot * sparse.ld(), padded, sparse.row(slot) * sparse.ld(), sparse.ld());
    }
    return table.unpadded(padded);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void labelsAreTheSame(LibtorchVariant variant) {
    EpochWork work = EpochWork.of(corpus, NO_DROPOUT);
    Network network = disturbed(work);
    network.pack(Kernels.create(), false);
    try (LibtorchEpochs libtorch = new LibtorchEpochs(work, variant)) {
      int[][] theirs = libtorch.tag(work.test());
      for (int i = 0; i < theirs.length; i++) {
        var ours = work.model().predict(work.test()[i], Detail.LABELS).tokens().orElseThrow();
        assertArrayEquals(theirs[i], ours.labels(), "sentence " + i);
      }
    }
  }

  /** Where nothing is random, epochs of both sides are the same epochs: batches, clipping, Adam, the rows that are touched. */
  @ParameterizedTest
  @MethodSource("variants")
  void epochsWithoutDropoutAreTheSame(LibtorchVariant dense) {
    EpochWork work = EpochWork.of(corpus, NO_DROPOUT);
    LibtorchVariant variant =
        new LibtorchVariant(
            1, dense.letters(), dense.lstm(), dense.crf(), LibtorchPeer.Update.ROWS);
    try (EpochPeer sluice = new SluiceEpochs(work, 2);
        EpochPeer libtorch = new LibtorchEpochs(work, variant)) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        assertTrue(sluice.trainEpoch() > 0);
        assertTrue(libtorch.trainEpoch() > 0);
        assertEquals(libtorch.loss(), sluice.loss(), 2e-3 * sluice.loss(), "epoch " + epoch);
      }
    }
  }

  /** With dropout both sides learn the made-up labels about as fast. */
  @Test
  void epochsWithDropoutLearn() {
    EpochWork work = EpochWork.of(corpus, "training.batch=7");
    LibtorchVariant last = LibtorchVariant.all(List.of(1)).get(15);
    try (EpochPeer sluice = new SluiceEpochs(work, 1);
        EpochPeer libtorch = new LibtorchEpochs(work, last)) {
      assertEquals(sluice.weights(), libtorch.weights());
      for (EpochPeer peer : List.of(sluice, libtorch)) {
        peer.trainEpoch();
        double first = peer.loss();
        for (int epoch = 2; epoch <= 8; epoch++) peer.trainEpoch();
        assertTrue(peer.loss() < 0.8 * first, peer.system() + " " + first + " to " + peer.loss());
        assertTrue(peer.tagTokensPerSecond(Duration.ZERO) > 0);
      }
      assertEquals(sluice.loss(), libtorch.loss(), 0.2 * sluice.loss());
    }
  }

  @Test
  void heatsRankTheVariantsAndRoundsCompareThem() throws InterruptedException {
    EpochWork work = EpochWork.of(corpus, NO_DROPOUT);
    List<LibtorchVariant> variants = LibtorchVariant.all(List.of(1)).subList(0, 4);
    Heats heats = Heats.run(work, variants, 2);
    assertTrue(variants.containsAll(heats.fastest(2)) && heats.fastest(2).size() == 2);
    assertEquals(4, heats.fastest(9).size());
    assertTrue(heats.usual().isUsual());
    assertTrue(heats.markdown().contains("| letters of every token | "), heats.markdown());
    try (EpochPeer sluice = new SluiceEpochs(work, 1);
        EpochPeer libtorch = new LibtorchEpochs(work, heats.fastest(1).get(0))) {
      EpochRounds rounds = EpochRounds.run(EpochMeasure.TRAIN, List.of(sluice, libtorch), 1);
      String table = rounds.markdown("sluice", work.tokens());
      assertTrue(table.contains("| sluice | 1 thread | "), table);
      assertTrue(table.contains("**sluice is "), table);
    }
  }

  @Test
  void wrongArgumentsAreNamed() {
    EpochOptions options = EpochOptions.read("/data", "--corpus", "snips", "--threads", "2");
    assertEquals(Path.of("/data", "snips"), options.corpus());
    assertEquals(List.of(2), options.threads());
    assertEquals(100, options.hidden());
    for (String[] wrong :
        new String[][] {
          {"--hiden", "2"}, {"--rounds", "none"}, {"--measures", "sing"}, {"--heat"}
        }) {
      var complaint =
          assertThrows(IllegalArgumentException.class, () -> EpochOptions.read("/data", wrong));
      assertTrue(wrong.length < 2 || complaint.getMessage().contains(wrong[0]));
    }
    assertThrows(IllegalArgumentException.class, () -> EpochOptions.read(null));
  }
}
