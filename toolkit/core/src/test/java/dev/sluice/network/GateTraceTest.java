package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.GateTrace.Activation;
import dev.sluice.network.GateTrace.Gate;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Traces are what the reference computes in double, for every cell, depth, direction and input, with and without layer normalisation. */
class GateTraceTest {
  private static final double TOLERANCE = 1e-4;
  private static final double TOLERANCE_NORMALIZED = 2e-3;

  private static Network network(ReferenceNetwork reference, NetworkShape shape) {
    Network network = new Network(shape);
    reference.copyTo(network);
    network.pack(Kernels.create(), false);
    return network;
  }

  /** The gallery's widths are no multiple of the lane: a number of the padding among those of the units would stand in the wrong place. */
  @Test
  void everyGateAndStateIsThatOfTheReferenceAtItsTokenInBothDirections() {
    SplittableRandom random = Seeds.of(401);
    for (NetworkShape shape : Gallery.shapes()) {
      Example e = Gallery.examples(random, shape, 1 + random.nextInt(7)).get(0);
      ReferenceNetwork reference = Gallery.reference(shape, random, List.of(e), Dropping.NONE);
      List<GateTrace> traces = GateTrace.of(network(reference, shape), e);
      int directions = shape.encoder().directions();
      assertEquals(shape.encoder().layers() * directions, traces.size());
      double tolerance = shape.encoder().layerNorm() ? TOLERANCE_NORMALIZED : TOLERANCE;
      for (int i = 0; i < traces.size(); i++) {
        GateTrace trace = traces.get(i);
        assertEquals(i / directions, trace.layer());
        assertEquals(i % directions == 1, trace.backward());
        double[][] states = reference.states(e, trace.layer(), i % directions);
        double[][] gates = reference.gates(e, trace.layer(), i % directions);
        int H = shape.encoder().widths().get(trace.layer());
        assertEquals(H, trace.units());
        agree(states, 0, trace.hidden(), tolerance, shape);
        for (int g = 0; g < trace.gates().size(); g++) {
          boolean plain = trace.gates().get(g).gate() == Gate.HIDDEN;
          float[][] found = trace.gates().get(g).values();
          agree(plain ? states : gates, plain ? 0 : g * H, found, tolerance, shape);
        }
      }
    }
  }

  private static void agree(
      double[][] expected, int from, float[][] found, double tolerance, NetworkShape shape) {
    assertEquals(expected.length, found.length);
    for (int t = 0; t < found.length; t++) {
      for (int j = 0; j < found[t].length; j++) {
        double right = expected[t][from + j], size = Math.max(1, Math.abs(right));
        assertEquals(right, found[t][j], tolerance * size, () -> shape + ", " + Seeds.describe());
      }
    }
  }

  @Test
  void sharesLieBetweenZeroAndOneAndCandidatesBetweenMinusOneAndOne() {
    SplittableRandom random = Seeds.of(402);
    for (NetworkShape shape : Gallery.shapes()) {
      Example e = Gallery.examples(random, shape, 6).get(0);
      Network network = new Network(shape);
      network.initialise(random.nextLong());
      network.pack(Kernels.create(), false);
      for (GateTrace trace : GateTrace.of(network, e)) {
        for (Activation a : trace.gates()) {
          double[] means = a.means(), sizes = a.sizes();
          assertEquals(6, means.length);
          for (int t = 0; t < 6; t++) {
            if (a.gate().isShare()) {
              assertTrue(means[t] > 0 && means[t] < 1, shape::toString);
              assertEquals(means[t], sizes[t]);
            } else {
              assertTrue(Math.abs(means[t]) <= sizes[t], shape::toString);
              if (a.gate() != Gate.HIDDEN) assertTrue(sizes[t] < 1, shape::toString);
            }
          }
        }
      }
    }
  }

  @Test
  void meansSizesAndNormsAreThoseOfTheUnits() {
    float[][] values = {{-0.5f, 0.25f, 0}, {3, -4, 0}};
    Activation a = new Activation(Gate.CELL, values);
    assertArrayEquals(new double[] {-0.25 / 3, -1.0 / 3}, a.means(), 1e-12);
    assertArrayEquals(new double[] {0.25, 7.0 / 3}, a.sizes(), 1e-12);
    GateTrace trace = new GateTrace(0, false, new CellConfig.Lstm(), List.of(a), values);
    assertArrayEquals(new double[] {Math.sqrt(0.3125), 5}, trace.hiddenNorms(), 1e-12);
  }

  /** Read backward, the first token comes last: what stands before it in the sentence changes nothing at the tokens behind. */
  @Test
  void aBackwardTraceStandsAtThePositionsOfTheTokens() {
    NetworkShape shape =
        NetworkShape.tagger(
            Gallery.INPUTS.get(0),
            new NetworkShape.Encoder(new CellConfig.Lstm(), List.of(5), true),
            Gallery.LABELS);
    Network network = new Network(shape);
    network.initialise(3);
    network.pack(Kernels.create(), false);
    List<GateTrace> one = GateTrace.of(network, Example.unlabelled(0, new int[] {1, 2, 3, 4}));
    List<GateTrace> other = GateTrace.of(network, Example.unlabelled(0, new int[] {5, 2, 3, 4}));
    float[][] forward = one.get(0).hidden(), backward = one.get(1).hidden();
    for (int t = 0; t < 4; t++) {
      boolean sameForward = java.util.Arrays.equals(forward[t], other.get(0).hidden()[t]);
      boolean sameBackward = java.util.Arrays.equals(backward[t], other.get(1).hidden()[t]);
      assertEquals(false, sameForward);
      assertEquals(t > 0, sameBackward);
    }
  }

  @Test
  void aTraceChangesNoScoreOfTheNetwork() {
    SplittableRandom random = Seeds.of(403);
    NetworkShape shape = Gallery.shapes().get(0);
    Example e = Gallery.examples(random, shape, 5).get(0);
    Network network = new Network(shape);
    network.initialise(1);
    network.pack(Kernels.create(), false);
    float[] before = network.read(e).tokens().scores().clone();
    long version = network.version();
    GateTrace.of(network, e);
    GradientReach.of(network, e);
    assertArrayEquals(before, network.read(e).tokens().scores());
    assertEquals(version, network.version());
  }
}
