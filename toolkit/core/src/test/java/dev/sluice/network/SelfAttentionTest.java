package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.NetworkShape.Sentence;
import dev.sluice.network.NetworkShape.Tokens;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the small networks of the gallery do not show of attention: sentences longer than a block of queries, and its meaning on cases that can be worked out. */
class SelfAttentionTest {
  private static final double TOLERANCE = 2e-5;

  private static NetworkShape shape(int hidden, Attention attention) {
    return new NetworkShape(
        List.of(new Input.Table("word", Gallery.WORDS, 5)),
        new Encoder(
            new CellConfig.Gru(),
            List.of(hidden),
            true,
            EncoderConfig.Connection.NONE,
            false,
            Optional.of(attention)),
        Optional.of(new Tokens(Gallery.LABELS, false)),
        Optional.of(new Sentence(Gallery.INTENTS, Pooling.LAST)));
  }

  /** Lengths around one and two blocks, several heads narrower and wider than a vector; both kinds of kernels give the same bits. */
  @Test
  void sentencesOfSeveralBlocksAgreeWithTheReference() {
    SplittableRandom random = Seeds.of(311);
    for (Attention attention :
        List.of(new Attention(1, 1), new Attention(48, 16), new Attention(54, 3))) {
      NetworkShape shape = shape(7, attention);
      for (int round = 0; round < 2; round++) {
        List<Example> examples = Gallery.examples(random, shape, 1, 33, 16, 17, 15, 32, 50);
        Dropping drop = round == 0 ? Dropping.NONE : Gallery.dropping(random);
        ReferenceNetwork reference = Gallery.reference(shape, random, examples, drop);
        Pass simd = new Pass(reference, shape, Kernels.create());
        double expected = reference.gradient(examples, drop);
        assertEquals(expected, simd.run(examples, drop), TOLERANCE * expected, Seeds::describe);
        for (String weight : reference.weights().names()) {
          double[][] gradient = reference.weights().gradient(weight), found = simd.gradient(weight);
          double largest = 1;
          for (double[] row : gradient)
            for (double g : row) largest = Math.max(largest, Math.abs(g));
          for (int i = 0; i < gradient.length; i++)
            assertArrayEquals(
                gradient[i], found[i], TOLERANCE * largest, () -> weight + Seeds.describe());
        }
        Pass scalar = new Pass(reference, shape, Kernels.scalar());
        scalar.run(examples, drop);
        assertArrayEquals(scalar.ws.gradient(), simd.ws.gradient());
      }
    }
  }

  /** A sentence of many blocks has the scores of its training pass when it is tagged alone, and beside others. */
  @Test
  void longSentencesHaveTheSameBitsAloneAndBesideOthers() {
    SplittableRandom random = Seeds.of(312);
    NetworkShape shape = shape(9, new Attention(20, 2));
    Network network = new Network(shape);
    network.initialise(random.nextLong());
    Kernels kernels = Kernels.create();
    network.pack(kernels, true);
    Example[] examples = Gallery.examples(random, shape, 100, 37, 100).toArray(Example[]::new);
    Workspace training = network.workspace(kernels, true), tagging = network.workspace(false);
    training.batch().fill(examples, 0, 1, examples.length);
    network.forward(training, Dropping.NONE);
    int ld = training.tokens().ld();
    for (int i = 0; i < examples.length; i++) {
      tagging.batch().fill(examples, training.batch().place(i), 1, training.batch().place(i) + 1);
      network.forward(tagging, Dropping.NONE);
      for (int t = 0; t < training.batch().length(i); t++) {
        int row = training.batch().row(t, i);
        assertArrayEquals(
            Arrays.copyOfRange(training.tokens().scores(), row * ld, (row + 1) * ld),
            Arrays.copyOfRange(tagging.tokens().scores(), t * ld, (t + 1) * ld));
      }
    }
  }

  private static Network valuesOnly(Attention attention) {
    Network network = new Network(shape(3, attention));
    network.initialise(5);
    float[] dense = network.parameters().dense();
    for (Block b : network.parameters().blocks()) {
      if (b.name().startsWith("attention.query")) Arrays.fill(dense, b.at(), b.at() + b.size(), 0f);
    }
    return network;
  }

  /** All scores are zero then, and the context of every token is the mean of the values, which is that of the states through the value layer. */
  @Test
  void withoutQueriesEveryTokenSeesTheMean() {
    Network network = valuesOnly(new Attention(6, 3));
    Workspace ws = network.workspace(false);
    network.pack(ws.kernels(), false);
    List<Example> examples = Gallery.examples(Seeds.of(313), network.shape(), 21);
    ws.batch().fill(examples.toArray(Example[]::new), 0, 1, 1);
    network.forward(ws, Dropping.NONE);
    int states = 6, ld = Kernels.padded(12);
    Block weight =
        network.parameters().blocks().stream()
            .filter(b -> b.name().equals("attention.value.weight"))
            .findFirst()
            .orElseThrow();
    float[] value = weight.unpadded(network.parameters().dense());
    for (int j = 0; j < 6; j++) {
      double mean = 0;
      for (int t = 0; t < 21; t++) {
        for (int i = 0; i < states; i++)
          mean += (double) ws.attention.out[t * ld + i] * value[i * 6 + j] / 21;
      }
      for (int t = 0; t < 21; t++) assertEquals(mean, ws.attention.out[t * ld + states + j], 1e-6);
    }
  }

  /** The context of the last token stands beside the last states of both directions. */
  @Test
  void theLastStateOfASentenceHasTheContextOfItsLastToken() {
    Network network = new Network(shape(3, new Attention(4, 2)));
    network.initialise(6);
    Workspace ws = network.workspace(false);
    network.pack(ws.kernels(), false);
    List<Example> examples = Gallery.examples(Seeds.of(314), network.shape(), 5, 2, 1);
    ws.batch().fill(examples.toArray(Example[]::new), 0, 1, 3);
    network.forward(ws, Dropping.NONE);
    int ld = Kernels.padded(10);
    for (int i = 0; i < 3; i++) {
      int first = ws.batch().row(0, i), last = ws.batch().row(ws.batch().length(i) - 1, i);
      for (int j = 0; j < 10; j++) {
        int row = j >= 3 && j < 6 ? first : last;
        assertEquals(ws.attention.out[row * ld + j], ws.sentence.pooled[i * ld + j]);
      }
    }
  }

  /** Twice the tokens need twice the memory, in training too, and the estimate covers what is taken. */
  @Test
  void memoryGrowsWithTheLengthAndNotWithItsSquare() {
    Network network = new Network(shape(8, new Attention(32, 2)));
    for (boolean training : new boolean[] {false, true}) {
      long[] sizes = {5_000, 10_000};
      for (int n = 0; n < 2; n++) {
        Workspace ws = network.workspace(training);
        int tokens = (int) sizes[n];
        ws.batch().fill(new Example[] {Example.unlabelled(0, new int[tokens])}, 0, 1, 1);
        ws.reserve();
        sizes[n] = ws.size();
        SelfAttention.State s = ws.attention;
        long taken =
            IntStream.of(
                    s.out.length,
                    s.h.length,
                    s.q.length,
                    s.k.length,
                    s.v.length,
                    s.shares.share.length,
                    s.dh.length,
                    s.dq.length,
                    s.dk.length,
                    s.dv.length,
                    s.shares.dScore.length)
                .asLongStream()
                .sum();
        assertEquals(taken, network.attention().numbers(tokens, tokens, training));
        assertTrue(sizes[n] > taken);
      }
      assertEquals(2, (double) sizes[1] / sizes[0], 1e-4); // masks have a row per sentence
    }
  }

  @Test
  void headsDivideTheWidth() {
    assertThrows(IllegalArgumentException.class, () -> new Attention(5, 2));
    assertThrows(IllegalArgumentException.class, () -> new Attention(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Attention(4, 0));
  }
}
