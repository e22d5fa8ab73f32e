package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.loss.NextSymbolLoss;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Next;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.ReferenceWeights;
import dev.sluice.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A network that predicts the next symbol is one that labels tokens with them: the reference in double, whose gradients are checked by differences,
 * says what loss and gradients are. W stands there for
 * tableᵀ, or for projection·tableᵀ, and the chain rule gives the rest.
 */
class NextHeadTest {
  private static final int V = Gallery.LABELS;
  private static final int READ = V + 1;
  private static final double TOLERANCE = 2e-5;

  private static Encoder encoder(int width) {
    return new Encoder(new CellConfig.Lstm(), List.of(width), false);
  }

  private static List<Example> examples(SplittableRandom random) {
    return java.util.stream.IntStream.of(4, 1, 9, 4)
        .mapToObj(
            n ->
                Example.labelled(
                    n,
                    new int[][] {random.ints(n, 0, READ).toArray()},
                    random.ints(n, 0, V).toArray()))
        .toList();
  }

  /** What the engine makes of some examples, with gradients as rows of doubles. */
  private static final class Predictor {
    final Network network;
    final Workspace ws;
    final NextSymbolLoss loss = new NextSymbolLoss(V);

    Predictor(NetworkShape shape) {
      network = new Network(shape);
      ws = network.workspace(true);
    }

    double run(List<Example> examples) {
      network.pack(ws.kernels(), true);
      ws.batch().fill(examples.toArray(Example[]::new), 0, 1, examples.size());
      network.forward(ws, Dropping.NONE);
      double sum = loss.gradient(ws, 1f);
      network.backward(ws, Dropping.NONE);
      return sum;
    }

    float[] values(String name) {
      return matrix(name, false);
    }

    float[] gradient(String name) {
      return matrix(name, true);
    }

    private float[] matrix(String name, boolean gradient) {
      for (Block b : network.parameters().blocks()) {
        if (b.name().equals(name))
          return b.unpadded(gradient ? ws.gradient() : network.parameters().dense());
      }
      for (int t = 0; t < network.parameters().tables().size(); t++) {
        Parameters.Table table = network.parameters().tables().get(t);
        if (!table.block().name().equals(name)) continue;
        if (!gradient) return table.block().unpadded(table.values());
        SparseGradient g = new SparseGradient(network, t);
        g.collect(List.of(ws), 1);
        float[] all = new float[table.block().size()];
        for (int s = 0; s < g.count(); s++)
          System.arraycopy(
              g.values(), s * g.ld(), all, g.row(s) * table.block().ld(), table.block().ld());
        return table.block().unpadded(all);
      }
      throw new IllegalArgumentException(name);
    }

    void set(String name, double[][] rows) {
      float[] flat = new float[rows.length * rows[0].length];
      for (int i = 0, to = 0; i < rows.length; i++) for (double v : rows[i]) flat[to++] = (float) v;
      for (Block b : network.parameters().blocks())
        if (b.name().equals(name)) b.fill(network.parameters().dense(), flat);
      for (Parameters.Table t : network.parameters().tables())
        if (t.block().name().equals(name)) t.block().fill(t.values(), flat);
    }
  }

  private static void agree(double[][] expected, float[] found, String name) {
    double largest = 1e-3;
    for (double[] row : expected) for (double v : row) largest = Math.max(largest, Math.abs(v));
    assertEquals(expected.length * expected[0].length, found.length, name);
    for (int i = 0, at = 0; i < expected.length; i++)
      for (int j = 0; j < expected[i].length; j++, at++)
        assertEquals(
            expected[i][j], found[at], TOLERANCE * largest, name + ", " + Seeds.describe());
  }

  private static double[][] transposed(double[][] x) {
    double[][] y = new double[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) for (int j = 0; j < x[0].length; j++) y[j][i] = x[i][j];
    return y;
  }

  private static double[][] product(double[][] x, double[][] y) {
    double[][] z = new double[x.length][y[0].length];
    for (int i = 0; i < x.length; i++)
      for (int k = 0; k < y.length; k++)
        for (int j = 0; j < y[0].length; j++) z[i][j] += x[i][k] * y[k][j];
    return z;
  }

  private static double[][] firstRows(double[][] x, int n) {
    return java.util.Arrays.copyOf(x, n);
  }

  private static double[][] random(SplittableRandom random, int rows, int columns) {
    double[][] x = new double[rows][columns];
    for (double[] row : x)
      for (int j = 0; j < columns; j++) row[j] = (float) (0.4 * Seeds.gaussian(random));
    return x;
  }

  /** A predictor and a tagger with the same weights; {@code head} is [W,V] and the reference's own. */
  private record Twins(Predictor predictor, ReferenceNetwork reference, List<Example> examples) {
    static Twins of(SplittableRandom random, int dimension, int width, boolean tied) {
      List<Input> inputs = List.of(new Input.Table("word", READ, dimension));
      ReferenceNetwork reference =
          new ReferenceNetwork(NetworkShape.tagger(inputs, encoder(width), V));
      reference.randomise(random, 1);
      Predictor predictor =
          new Predictor(NetworkShape.predictor(inputs, encoder(width), new Next(V, tied)));
      ReferenceWeights w = reference.weights();
      for (String name : w.names())
        if (!name.startsWith("tokens.")) predictor.set(name, w.of(name));
      predictor.set("next.bias", w.of("tokens.bias"));
      return new Twins(predictor, reference, NextHeadTest.examples(random));
    }

    void head(double[][] head) {
      double[][] to = reference.weights().of("tokens.weight");
      for (int i = 0; i < to.length; i++) to[i] = head[i];
    }

    void compare() {
      double expected = reference.gradient(examples, Dropping.NONE);
      assertEquals(expected, predictor.run(examples), TOLERANCE * expected);
      ReferenceWeights w = reference.weights();
      for (String name : w.names()) {
        if (name.startsWith("tokens.") || name.startsWith("input.")) continue;
        agree(w.gradient(name), predictor.gradient(name), name);
      }
      agree(w.gradient("tokens.bias"), predictor.gradient("next.bias"), "bias");
    }
  }

  @Test
  void vectorsOfTheirOwnHaveTheGradientOfATaggersLabels() {
    SplittableRandom random = Seeds.of(701);
    for (int width : new int[] {3, 16, 17}) {
      Twins twins = Twins.of(random, 5, width, false);
      double[][] table = random(random, V, width);
      twins.predictor.set("next.weight", table);
      twins.head(transposed(table));
      twins.compare();
      ReferenceWeights w = twins.reference.weights();
      agree(
          transposed(w.gradient("tokens.weight")),
          twins.predictor.gradient("next.weight"),
          "table");
      agree(w.gradient("input.word"), twins.predictor.gradient("input.word"), "input");
    }
  }

  @Test
  void tiedVectorsHaveTheSumOfBothGradients() {
    SplittableRandom random = Seeds.of(702);
    Twins twins = Twins.of(random, 7, 7, true);
    ReferenceWeights w = twins.reference.weights();
    twins.head(transposed(firstRows(w.of("input.word"), V)));
    twins.compare();
    double[][] sum = w.gradient("input.word");
    double[][] output = transposed(w.gradient("tokens.weight"));
    for (int i = 0; i < V; i++) for (int j = 0; j < 7; j++) sum[i][j] += output[i][j];
    agree(sum, twins.predictor.gradient("input.word"), "tied table");
  }

  @Test
  void tiedVectorsOfAnotherLengthAreReachedThroughAProjection() {
    SplittableRandom random = Seeds.of(703);
    Twins twins = Twins.of(random, 5, 9, true);
    ReferenceWeights w = twins.reference.weights();
    double[][] projection = random(random, 9, 5), table = firstRows(w.of("input.word"), V);
    twins.predictor.set("next.projection.weight", projection);
    twins.head(product(projection, transposed(table)));
    twins.compare();
    double[][] dHead = w.gradient("tokens.weight"); // [9,V]
    agree(product(dHead, table), twins.predictor.gradient("next.projection.weight"), "projection");
    double[][] sum = w.gradient("input.word"), output = product(transposed(dHead), projection);
    for (int i = 0; i < V; i++) for (int j = 0; j < 5; j++) sum[i][j] += output[i][j];
    agree(sum, twins.predictor.gradient("input.word"), "tied table");
  }

  /** The scores of candidates are the same chains of operations as among all scores, so not a bit differs. */
  @Test
  void scoresOfCandidatesAreThoseAmongAll() {
    SplittableRandom random = Seeds.of(704);
    Network network =
        new Network(
            NetworkShape.predictor(
                List.of(new Input.Table("word", 300, 6)), encoder(20), new Next(299, false)));
    network.initialise(random.nextLong());
    network.pack(Kernels.create(), true);
    Example[] one = {Example.labelled(0, new int[][] {{3, 200, 7}}, 5, 6, 7)};
    Workspace all = network.workspace(true), some = network.workspace(true);
    all.batch().fill(one, 0, 1, 1);
    some.batch().fill(one, 0, 1, 1);
    int[] ids = {298, 0, 17, 5, 6, 7};
    some.next().only(ids, ids.length);
    network.forward(all, Dropping.NONE);
    network.forward(some, Dropping.NONE);
    for (int r = 0; r < 3; r++)
      for (int c = 0; c < ids.length; c++)
        assertEquals(
            all.next().scores()[r * all.next().ld() + ids[c]],
            some.next().scores()[r * some.next().ld() + c]);
  }
}
