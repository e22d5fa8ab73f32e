package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.batch.Example;
import dev.sluice.batch.Passage;
import dev.sluice.batch.Spelling;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Next;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a language model says as an input is what it says by itself, to the bit. Its gradients are checked with those of all networks of the gallery. */
class LanguageReaderTest {
  private static final int V = 9;

  /** Every cell, of vectors and one-hot in turn, one and two layers deep. */
  private static List<Network> models() {
    List<Network> models = new ArrayList<>();
    List<CellConfig> cells = new ArrayList<>(Gallery.kinds());
    cells.addAll(Gallery.variants());
    for (CellConfig cell : cells) {
      int n = models.size();
      Encoder encoder =
          n % 3 == 0
              ? new Encoder(cell, List.of(5), false)
              : new Encoder(
                  cell,
                  List.of(17, 5),
                  false,
                  EncoderConfig.Connection.values()[n % 3],
                  n % 2 == 0,
                  Optional.empty());
      Input symbols = n % 2 == 0 ? new Input.Table("word", V, 4) : new Input.OneHot("word", V);
      Network model =
          new Network(NetworkShape.predictor(List.of(symbols), encoder, new Next(V - 1, false)));
      model.initialise(n);
      model.pack(Kernels.create(), false);
      models.add(model);
    }
    return models;
  }

  private static NetworkShape tagger(Network model, boolean tuned) {
    NetworkShape shape = model.shape();
    return NetworkShape.tagger(
        List.of(
            new Input.Table("casing", 3, 2),
            new Input.States("language", shape.inputs().get(0), shape.encoder(), tuned)),
        new Encoder(new CellConfig.Gru(), List.of(4), true),
        3);
  }

  private static Example[] examples(SplittableRandom random) {
    Example[] examples = new Example[5];
    for (int n = 0; n < examples.length; n++) {
      int tokens = 1 + random.nextInt(7);
      int[] ends = new int[tokens];
      for (int t = 0, end = 0; t < tokens; t++) ends[t] = end += 1 + random.nextInt(3);
      Passage passage =
          new Passage(
              Example.unlabelled(n, random.ints(ends[tokens - 1] + 2L, 0, V).toArray()), ends);
      int[][] casing = {random.ints(tokens, 0, 3).toArray()};
      int[] labels = random.ints(tokens, 0, 3).toArray();
      examples[n] =
          new Example(n, casing, new Spelling[0], new Passage[] {passage}, labels, new int[0]);
    }
    return examples;
  }

  @Test
  void aTokensVectorIsTheTopStateOfTheLanguageModelWhereItEnds() {
    SplittableRandom random = Seeds.of(721);
    for (Network model : models()) {
      for (boolean tuned : new boolean[] {false, true}) {
        Network tagger = new Network(tagger(model, tuned));
        tagger.give("language", model);
        tagger.initialise(random.nextLong());
        tagger.pack(Kernels.create(), true);
        Workspace ws = tagger.workspace(true), own = model.workspace(false);
        Example[] examples = examples(random);
        ws.batch().fill(examples, 0, 1, examples.length);
        tagger.forward(ws, Dropping.NONE);
        int ldx = Kernels.padded(tagger.shape().inputWidth()), W = model.shape().encoder().width();
        for (int i = 0; i < examples.length; i++) {
          Passage passage = ws.batch().example(i).passages()[0];
          own.batch().fill(new Example[] {passage.symbols()}, 0, 1, 1);
          model.forward(own, Dropping.NONE);
          float[] top = own.out[own.out.length - 1];
          for (int t = 0; t < ws.batch().length(i); t++) {
            int from = passage.ends()[t] * Kernels.padded(W), at = ws.batch().row(t, i) * ldx + 2;
            assertArrayEquals(
                Arrays.copyOfRange(top, from, from + W),
                Arrays.copyOfRange(ws.x, at, at + W),
                () -> model.shape() + ", " + Seeds.describe());
          }
        }
      }
    }
  }

  private static float[] weights(Network network) {
    List<float[]> all = new ArrayList<>();
    for (Parameters.Table t : network.parameters().all()) {
      if (t.block().name().startsWith("input.language.")) all.add(t.block().unpadded(t.values()));
    }
    float[] flat = new float[all.stream().mapToInt(a -> a.length).sum()];
    int to = 0;
    for (float[] a : all) {
      System.arraycopy(a, 0, flat, to, a.length);
      to += a.length;
    }
    return flat;
  }

  @Test
  void tunedWeightsBeginWhereThoseOfTheLanguageModelEndedAndFrozenOnesAreThem() {
    for (Network model : models()) {
      Network frozen = new Network(tagger(model, false)), tuned = new Network(tagger(model, true));
      frozen.give("language", model);
      tuned.give("language", model);
      float[] copied = weights(frozen);
      frozen.initialise(1);
      assertArrayEquals(copied, weights(frozen));
      tuned.initialise(1);
      float[] same = weights(tuned);
      Arrays.sort(copied); // the order of matrices may differ
      Arrays.sort(same);
      assertArrayEquals(copied, same);
      long trained = tuned.parameters().count() - frozen.parameters().count();
      assertEquals(copied.length, trained, "frozen ones are not trained");
    }
  }

  @Test
  void weightsOfAnotherLanguageModelAreRefused() {
    List<Network> models = models();
    Network frozen = new Network(tagger(models.get(1), false));
    assertThrows(IllegalArgumentException.class, () -> frozen.give("language", models.get(2)));
    assertThrows(IllegalArgumentException.class, () -> frozen.give("other", models.get(1)));
  }

  @Test
  void aTokenEndsBehindTheOneBeforeIt() {
    Example symbols = Example.unlabelled(0, new int[] {1, 2, 3});
    assertFalse(new Passage(symbols, new int[] {0, 2}).ends().length == 0);
    for (int[] ends : new int[][] {{1, 1}, {2, 1}, {3}, {-1}})
      assertThrows(IllegalArgumentException.class, () -> new Passage(symbols, ends));
  }
}
