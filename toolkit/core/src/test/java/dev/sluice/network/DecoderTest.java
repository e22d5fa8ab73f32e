package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.CellConfig.Gru;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.CellConfig.Lstm;
import dev.sluice.network.CellConfig.Rnn;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Decoder;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Looking;
import dev.sluice.testing.GradientCheck;
import dev.sluice.testing.ReferenceTransducer;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The decoder agrees with the reference in double: scores, loss, and the gradient of every weight of the whole network with differences of the reference's loss, for ragged lengths on both sides and
 * every way of looking at the encoder.
 */
class DecoderTest {
  private static final int WORDS = 6, V = 5;
  private static final double TOLERANCE = 3e-5;
  private static final double STEP = GradientCheck.REACH / 2;
  private static final int[] SOURCES = {3, 1, 20, 4, 3}, TARGETS = {2, 6, 1, 19, 6};

  /** Every way of looking, with one and two layers of several cells, over encoders of one and two directions, one of them with attention of its own. */
  private static List<NetworkShape> shapes() {
    CellConfig projected =
        new Lstm(true, CellConfig.Coupling.NONE, 1, Optional.of(3), InitialState.ZERO);
    CellConfig ordered =
        new Rnn(CellConfig.Activation.TANH, CellConfig.Recurrent.ORTHOGONAL, 2, InitialState.ZERO);
    Encoder both = new Encoder(new Lstm(), List.of(4), true);
    Encoder deep = new Encoder(new Gru(), List.of(5, 17), false);
    Encoder attends =
        new Encoder(
            new Lstm(),
            List.of(3),
            true,
            EncoderConfig.Connection.NONE,
            false,
            Optional.of(new Attention(5, 1)));
    List<NetworkShape> shapes = new ArrayList<>();
    for (Looking looking : Looking.values()) {
      int dot = looking == Looking.DOT ? 1 : 0;
      shapes.add(shape(both, looking, List.of(new Lstm()), List.of(dot == 1 ? 8 : 7)));
      shapes.add(
          shape(deep, looking, List.of(projected, new Gru()), List.of(6, dot == 1 ? 17 : 4)));
      shapes.add(
          shape(attends, looking, List.of(new Gru(), ordered), List.of(3, dot == 1 ? 11 : 17)));
    }
    return shapes;
  }

  private static NetworkShape shape(
      Encoder encoder, Looking looking, List<CellConfig> cells, List<Integer> widths) {
    return NetworkShape.transducer(
        List.of(new Input.Table("word", WORDS, 3)),
        encoder,
        new Decoder(V, 4, cells, widths, looking));
  }

  private static List<Example> pairs(SplittableRandom random) {
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < SOURCES.length; i++) {
      int[] source = random.ints(SOURCES[i], 0, WORDS).toArray();
      int[] target = random.ints(TARGETS[i], 0, V).toArray();
      pairs.add(Example.unlabelled(100 + i, source).withTarget(target));
    }
    return pairs;
  }

  /** The engine with the weights of a reference. */
  private static final class Engine {
    final Network network;
    final Workspace ws;
    final SoftmaxLoss loss;

    Engine(ReferenceTransducer reference, NetworkShape shape, Kernels kernels, double smoothing) {
      network = new Network(shape);
      reference.copyTo(network);
      network.pack(kernels, true);
      ws = network.workspace(kernels, true);
      loss = SoftmaxLoss.ofWritten(V, smoothing);
    }

    double run(List<Example> pairs, Dropping drop) {
      ws.batch().fill(pairs.toArray(Example[]::new), 0, 1, pairs.size());
      network.forward(ws, drop);
      double sum = loss.gradient(ws, 1f);
      network.backward(ws, drop);
      return sum;
    }

    /** The scores of the target of the pair that was given as number {@code place}. */
    float[][] scores(int place) {
      DecoderState s = ws.decoder();
      int i = 0;
      while (ws.batch().place(s.source(i)) != place) i++;
      float[][] rows = new float[s.length(i)][];
      for (int t = 0; t < rows.length; t++) {
        int at = (s.first(i) + t) * s.scores().ld();
        rows[t] = Arrays.copyOfRange(s.scores().scores(), at, at + V);
      }
      return rows;
    }

    float[] gradient(String name) {
      for (Block b : network.parameters().blocks())
        if (b.name().equals(name)) return b.unpadded(ws.gradient());
      for (int t = 0; t < network.parameters().tables().size(); t++) {
        Block b = network.parameters().tables().get(t).block();
        if (!b.name().equals(name)) continue;
        SparseGradient g = new SparseGradient(network, t);
        g.collect(List.of(ws), 1);
        float[] all = new float[b.size()];
        for (int slot = 0; slot < g.count(); slot++)
          System.arraycopy(g.values(), slot * g.ld(), all, g.row(slot) * b.ld(), b.ld());
        return b.unpadded(all);
      }
      throw new IllegalArgumentException(name);
    }
  }

  @Test
  void scoresAndGradientsAgreeWithScalarKernels() {
    agree(801, Kernels::scalar, Dropping.NONE, 0);
  }

  @Test
  void scoresAndGradientsAgreeWithTheKernelsInUse() {
    agree(802, Kernels::create, Dropping.NONE, 0);
  }

  @Test
  void scoresAndGradientsAgreeUnderDropoutAndSmoothing() {
    agree(803, Kernels::create, new Dropping(0, 0.2, 0.3, 0, 0, 0.3, 11, 2), 0.1);
  }

  private static void agree(int seed, Supplier<Kernels> kernels, Dropping drop, double smoothing) {
    SplittableRandom random = Seeds.of(seed);
    for (NetworkShape shape : shapes()) {
      ReferenceTransducer reference = new ReferenceTransducer(shape, smoothing);
      reference.randomise(random, 1);
      List<Example> pairs = pairs(random);
      Engine engine = new Engine(reference, shape, kernels.get(), smoothing);
      double expected = reference.loss(pairs, drop);
      String name = shape + ", " + Seeds.describe();
      assertEquals(expected, engine.run(pairs, drop), TOLERANCE * expected, name);
      for (int i = 0; i < pairs.size(); i++) {
        double[][] scores = reference.scores(pairs.get(i), drop);
        float[][] found = engine.scores(i);
        for (int t = 0; t < scores.length; t++)
          for (int j = 0; j < V; j++) assertEquals(scores[t][j], found[t][j], 1e-4, name);
      }
      double most = 0;
      for (String weight : reference.names())
        most = Math.max(most, largest(engine.gradient(weight)));
      for (String weight : reference.names())
        near(reference, pairs, drop, weight, engine.gradient(weight), most, random, name);
    }
  }

  private static double largest(float[] x) {
    double largest = 0;
    for (float v : x) largest = Math.max(largest, Math.abs(v));
    return largest;
  }

  /** Some elements of a gradient and the derivative along a random direction are those of differences. */
  private static void near(
      ReferenceTransducer reference,
      List<Example> pairs,
      Dropping drop,
      String weight,
      float[] gradient,
      double most,
      SplittableRandom random,
      String name) {
    double[][] w = reference.of(weight);
    int columns = w[0].length;
    assertEquals(w.length * columns, gradient.length, weight + " of " + name);
    double floor = Math.max(largest(gradient), most / 10);
    for (int n = 0; n < 4; n++) {
      double[] along = new double[gradient.length];
      if (n < 3) along[random.nextInt(along.length)] = 1;
      else for (int i = 0; i < along.length; i++) along[i] = random.nextBoolean() ? 1 : -1;
      double length = Math.sqrt(Arrays.stream(along).map(a -> a * a).sum()), found = 0;
      for (int i = 0; i < along.length; i++) {
        along[i] /= length;
        found += along[i] * gradient[i];
      }
      double far = loss(reference, pairs, drop, w, along, 2),
          near = loss(reference, pairs, drop, w, along, 1);
      double expected = (8 * near - far) / (12 * STEP);
      assertEquals(
          expected, found, TOLERANCE * floor * Math.sqrt(n < 3 ? 1 : 3), weight + " of " + name);
    }
  }

  /** The loss so many steps along a direction minus that as many steps back. */
  private static double loss(
      ReferenceTransducer reference,
      List<Example> pairs,
      Dropping drop,
      double[][] w,
      double[] along,
      int steps) {
    move(w, along, steps * STEP);
    double ahead = reference.loss(pairs, drop);
    move(w, along, -2 * steps * STEP);
    double behind = reference.loss(pairs, drop);
    move(w, along, steps * STEP);
    return ahead - behind;
  }

  private static void move(double[][] w, double[] along, double by) {
    int columns = w[0].length;
    for (int i = 0; i < along.length; i++) w[i / columns][i % columns] += by * along[i];
  }

  @Test
  void scalarAndSimdKernelsGiveTheSameBits() {
    assumeTrue(Kernels.isSimd());
    SplittableRandom random = Seeds.of(804);
    Dropping drop = new Dropping(0, 0.1, 0.1, 0.1, 0, 0.2, 5, 1);
    for (NetworkShape shape : shapes()) {
      ReferenceTransducer reference = new ReferenceTransducer(shape, 0);
      reference.randomise(random, 1);
      List<Example> pairs = pairs(random);
      Engine scalar = new Engine(reference, shape, Kernels.scalar(), 0);
      Engine simd = new Engine(reference, shape, Kernels.create(), 0);
      assertEquals(scalar.run(pairs, drop), simd.run(pairs, drop), shape.toString());
      assertArrayEquals(scalar.ws.gradient(), simd.ws.gradient(), shape.toString());
    }
  }

  /** What stands in a workspace from other batches, and who stands beside a pair, makes no difference. */
  @Test
  void aPairHasTheSameScoresInEveryBatch() {
    SplittableRandom random = Seeds.of(805);
    for (NetworkShape shape : shapes()) {
      ReferenceTransducer reference = new ReferenceTransducer(shape, 0);
      reference.randomise(random, 1);
      List<Example> pairs = pairs(random);
      Engine together = new Engine(reference, shape, Kernels.create(), 0);
      together.run(pairs(random), new Dropping(0, 0, 0, 0, 0, 0.5, 3, 1));
      together.run(pairs, Dropping.NONE);
      for (int i = 0; i < pairs.size(); i++) {
        Engine alone = new Engine(reference, shape, Kernels.create(), 0);
        alone.run(List.of(pairs.get(i)), Dropping.NONE);
        assertArrayEquals(alone.scores(0), together.scores(i), shape.toString());
      }
    }
  }

  /** Symbol by symbol, some sequences ending before others and two going on from one: the scores are those of all at once, bit for bit. */
  @Test
  void writtenStepByStepTheScoresAreThoseOfAllAtOnce() {
    SplittableRandom random = Seeds.of(806);
    for (NetworkShape shape : shapes()) {
      ReferenceTransducer reference = new ReferenceTransducer(shape, 0);
      reference.randomise(random, 1);
      List<Example> pairs = pairs(random);
      Engine engine = new Engine(reference, shape, Kernels.create(), 0);
      engine.run(pairs, Dropping.NONE);
      float[][][] expected = new float[pairs.size()][][];
      Arrays.setAll(expected, engine::scores);
      Workspace ws = engine.network.workspace(false);
      Example[] bare = pairs.stream().map(p -> p.withTarget(new int[0])).toArray(Example[]::new);
      ws.batch().fill(bare, 0, 1, bare.length);
      engine.network.forward(ws, Dropping.NONE);
      int[] places = new int[bare.length], from = new int[bare.length];
      int live = bare.length;
      for (int i = 0; i < live; i++) { // the last sentence of the batch first
        from[i] = live - 1 - i;
        places[i] = ws.batch().place(from[i]);
      }
      for (int t = 0; live > 0; t++) {
        int[] before = new int[live];
        for (int i = 0; i < live; i++)
          before[i] = t == 0 ? V : pairs.get(places[i]).target()[t - 1];
        engine.network.step(ws, from, before, live);
        Emissions scores = ws.decoder().scores();
        int kept = 0;
        for (int i = 0; i < live; i++) {
          float[] row = Arrays.copyOfRange(scores.scores(), i * scores.ld(), i * scores.ld() + V);
          assertArrayEquals(expected[places[i]][t], row, shape + " at " + t);
          if (t + 1 == pairs.get(places[i]).target().length) continue;
          from[kept] = i;
          places[kept++] = places[i];
        }
        live = kept;
      }
    }
  }

  @Test
  void aShapeThatCannotBeIsRefused() {
    Encoder both = new Encoder(new Lstm(), List.of(4), true);
    assertThrows(
        IllegalArgumentException.class,
        () -> shape(both, Looking.DOT, List.of(new Lstm()), List.of(7)));
    assertThrows(
        IllegalArgumentException.class,
        () -> shape(both, Looking.NONE, List.of(new Lstm()), List.of(7, 7)));
    CellConfig learned =
        new Lstm(false, CellConfig.Coupling.NONE, 1, Optional.empty(), InitialState.LEARNED);
    assertThrows(
        IllegalArgumentException.class,
        () -> shape(both, Looking.NONE, List.of(learned), List.of(7)));
    assertTrue(Network.blocks(shapes().get(0)).size() > 10);
  }
}
