package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The norms are those of central differences: a state of the reference is nudged on its way and the last one looked at, in double and without any backward pass. */
class GradientReachTest {
  private static final double STEP = 1e-5;
  private static final List<CellConfig> PLAIN =
      List.of(new CellConfig.Rnn(), new CellConfig.Lstm(), new CellConfig.Gru());

  private static void agrees(NetworkShape shape, SplittableRandom random, double tolerance) {
    Example e = Gallery.examples(random, shape, 1 + random.nextInt(6)).get(0);
    ReferenceNetwork reference = Gallery.reference(shape, random, List.of(e), Dropping.NONE);
    Network network = new Network(shape);
    reference.copyTo(network);
    network.pack(Kernels.create(), false);
    int directions = shape.encoder().directions();
    List<GradientReach> all = GradientReach.of(network, e);
    assertEquals(shape.encoder().layers() * directions, all.size());
    for (int i = 0; i < all.size(); i++) {
      GradientReach found = all.get(i);
      assertEquals(i % directions == 1, found.backward());
      double[] expected =
          byDifferences(reference, e, i / directions, i % directions, found.units());
      String name = shape + ", layer " + i / directions + ", " + Seeds.describe();
      assertEquals(1, found.norms()[0], name);
      assertEquals(expected.length, found.norms().length, name);
      for (int k = 0; k < expected.length; k++)
        assertEquals(expected[k], found.norms()[k], tolerance * expected[k] + 1e-8, name);
    }
  }

  private static double[] byDifferences(
      ReferenceNetwork reference, Example e, int layer, int direction, int H) {
    int T = e.length(), rows = Math.min(H, GradientReach.MOST_UNITS);
    double[] norms = new double[T];
    for (int k = 0; k < T; k++) {
      int token = direction == 1 ? k : T - 1 - k;
      double squares = 0;
      for (int j = 0; j < H; j++) {
        double[] by = new double[H];
        by[j] = STEP;
        double[] up = reference.lastState(e, layer, direction, token, by);
        by[j] = -STEP;
        double[] down = reference.lastState(e, layer, direction, token, by);
        for (int i = 0; i < rows; i++) {
          int unit = i * H / rows;
          double slope = (up[unit] - down[unit]) / (2 * STEP);
          squares += slope * slope;
        }
      }
      norms[k] = Math.sqrt(squares / rows);
    }
    return norms;
  }

  @Test
  void theNormsAreThoseOfCentralDifferencesForEveryCellDepthAndDirection() {
    SplittableRandom random = Seeds.of(411);
    for (NetworkShape shape : Gallery.shapes())
      agrees(shape, random, shape.encoder().layerNorm() ? 1e-2 : 1e-3);
  }

  @Test
  void ofManyUnitsSomeAreTakenEvenlySpread() {
    SplittableRandom random = Seeds.of(412);
    for (CellConfig cell : PLAIN) {
      agrees(
          NetworkShape.tagger(
              Gallery.INPUTS.get(0),
              new NetworkShape.Encoder(cell, List.of(GradientReach.MOST_UNITS + 7), true),
              Gallery.LABELS),
          random,
          1e-3);
    }
  }

  /** With U = 0 and W = 0 only the biases act: h = tanh(b), and nothing comes back; with an LSTM the memory is all there is, but no state reaches it. */
  @Test
  void withoutRecurrentWeightsOnlyAGruPassesOnWhatItKeeps() {
    for (CellConfig cell : PLAIN) {
      NetworkShape shape =
          NetworkShape.tagger(
              Gallery.INPUTS.get(0),
              new NetworkShape.Encoder(cell, List.of(3), false),
              Gallery.LABELS);
      Network network = new Network(shape);
      network.pack(Kernels.create(), false);
      GradientReach reach =
          GradientReach.of(network, Example.unlabelled(0, new int[] {1, 2, 3, 4})).get(0);
      double kept = cell instanceof CellConfig.Gru ? 0.5 : 0; // z = σ(0)
      assertArrayEquals(
          new double[] {1, kept, kept * kept, kept * kept * kept}, reach.norms(), 1e-7);
      if (kept > 0) assertEquals(0.5, reach.perStep(), 1e-7);
      else assertTrue(Double.isNaN(reach.perStep()));
    }
  }

  @Test
  void freshCellsRepeatWithTheirSeedAndDifferWithAnother() {
    for (CellConfig cell : PLAIN) {
      double[] one = GradientReach.untrained(cell, 24, 12, 1).norms();
      assertEquals(12, one.length);
      assertEquals(1, one[0]);
      assertArrayEquals(one, GradientReach.untrained(cell, 24, 12, 1).norms());
      assertFalse(Arrays.equals(one, GradientReach.untrained(cell, 24, 12, 2).norms()));
    }
  }

  /** What docs/gates.md teaches: at distance 49 a fresh simple network has the least left, an LSTM that begins with an open forget gate the most. */
  @Test
  void ofFreshCellsTheLstmReachesFarthestAndTheSimpleNetworkLeast() {
    double rnn = left(new CellConfig.Rnn()), gru = left(new CellConfig.Gru());
    assertTrue(rnn < gru && gru < left(new CellConfig.Lstm()), rnn + " " + gru);
  }

  private static double left(CellConfig cell) {
    double[] norms = GradientReach.untrained(cell, 64, 50, 1).norms();
    return norms[49];
  }

  @Test
  void aSingleTokenHasNoFactorPerStep() {
    GradientReach reach = GradientReach.untrained(new CellConfig.Gru(), 4, 1, 1);
    assertArrayEquals(new double[] {1}, reach.norms());
    assertTrue(Double.isNaN(reach.perStep()));
  }
}
