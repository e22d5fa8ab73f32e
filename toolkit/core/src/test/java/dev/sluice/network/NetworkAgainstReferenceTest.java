package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.Teaching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The engine's float arithmetic agrees with the reference in double: label scores, loss and the gradient of every weight, within 2e-5 of the largest number of
 * the same matrix (or of a tenth of the largest gradient of all, where a whole matrix has next to none), and both kinds of kernels give the same bits. Layer normalisation
 * divides by standard deviations down to 0.05, and magnifies what rounding left by as much from token to token: there 4e-4 are allowed.
 */
class NetworkAgainstReferenceTest {
  private static final double TOLERANCE = 2e-5;
  private static final double TOLERANCE_NORMALIZED = 4e-4;
  private static final int[] LENGTHS = {4, 1, 9, 4, 1, 2};

  @Test
  void scalarKernelsAgree() {
    agree(201, Kernels::scalar, false);
  }

  @Test
  void scalarKernelsAgreeUnderDropoutClassWeightsSmoothingAndForbiddenMoves() {
    agree(202, Kernels::scalar, true);
  }

  @Test
  void simdKernelsAgree() {
    agree(203, Kernels::create, false);
  }

  @Test
  void simdKernelsAgreeUnderDropoutClassWeightsSmoothingAndForbiddenMoves() {
    agree(204, Kernels::create, true);
  }

  private static double tolerance(NetworkShape shape) {
    boolean normalized =
        shape.inputs().stream()
            .anyMatch(i -> i instanceof NetworkShape.Input.States s && s.encoder().layerNorm());
    return normalized || shape.encoder().layerNorm() ? TOLERANCE_NORMALIZED : TOLERANCE;
  }

  private static void agree(int seed, Supplier<Kernels> kernels, boolean dropped) {
    SplittableRandom random = Seeds.of(seed);
    for (NetworkShape shape : Gallery.shapes()) {
      List<Example> examples = Gallery.examples(random, shape, LENGTHS);
      Dropping drop = dropped ? Gallery.dropping(random) : Dropping.NONE;
      Teaching teaching = dropped ? Teaching.elaborate(random) : Teaching.PLAIN;
      ReferenceNetwork reference = Gallery.reference(shape, teaching, random, examples, drop);
      Pass pass = new Pass(reference, shape, kernels.get());
      double expected = reference.gradient(examples, drop), found = pass.run(examples, drop);
      String name = shape + ", " + Seeds.describe();
      assertEquals(expected, found, tolerance(shape) * expected, () -> "loss of " + name);
      for (int i = 0; i < examples.size(); i++) {
        near(
            reference.emissions(examples.get(i), drop),
            pass.emissions(i),
            1,
            tolerance(shape),
            "scores of " + i + " in " + name);
      }
      gradientsAgree(reference, pass, tolerance(shape), name);
    }
  }

  private static void gradientsAgree(
      ReferenceNetwork reference, Pass pass, double tolerance, String name) {
    double most = 0;
    for (String weight : reference.weights().names())
      most = Math.max(most, largest(reference.weights().gradient(weight)));
    for (String weight : reference.weights().names()) {
      double[][] expected = reference.weights().gradient(weight);
      near(expected, pass.gradient(weight), most / 10, tolerance, weight + " in " + name);
    }
  }

  private static double largest(double[][] x) {
    double largest = 0;
    for (double[] row : x) for (double v : row) largest = Math.max(largest, Math.abs(v));
    return largest;
  }

  /** No element is off by more than the tolerance times the largest of all, or times the floor. */
  private static void near(
      double[][] expected, double[][] found, double floor, double tolerance, String name) {
    assertEquals(expected.length, found.length, name);
    double largest = Math.max(floor, largest(expected));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i].length, found[i].length, name);
      for (int j = 0; j < expected[i].length; j++) {
        double error = Math.abs(expected[i][j] - found[i][j]) / largest;
        int row = i, column = j;
        assertTrue(
            error <= tolerance, () -> name + " [" + row + "," + column + "] is off by " + error);
      }
    }
  }

  /** Whole passes, not only single kernels: the widths of the gallery lie around the width of a vector. */
  @Test
  void scalarAndSimdKernelsGiveTheSameBitsForWholePasses() {
    assumeTrue(Kernels.isSimd());
    SplittableRandom random = Seeds.of(205);
    for (NetworkShape shape : Gallery.shapes()) {
      List<Example> examples = Gallery.examples(random, shape, LENGTHS);
      ReferenceNetwork reference = new ReferenceNetwork(shape, Teaching.elaborate(random));
      reference.randomise(random, 1);
      Dropping drop = random.nextBoolean() ? Gallery.dropping(random) : Dropping.NONE;
      Pass scalar = new Pass(reference, shape, Kernels.scalar());
      Pass simd = new Pass(reference, shape, Kernels.create());
      assertEquals(scalar.run(examples, drop), simd.run(examples, drop));
      assertArrayEquals(scalar.ws.gradient(), simd.ws.gradient(), () -> shape.toString());
      for (int i = 0; i < examples.size(); i++)
        assertArrayEquals(scalar.emissions(i), simd.emissions(i));
      for (int t = 0; t < scalar.sparse.length; t++)
        assertArrayEquals(scalar.sparse[t].values(), simd.sparse[t].values());
    }
  }

  /** A wide network: more than one panel of columns, more than eight live rows, more rows than a block of the weight gradient. */
  @Test
  void wideNetworksAgreeToo() {
    SplittableRandom random = Seeds.of(206);
    int[] lengths = new int[33]; // 231 rows or so
    for (int i = 0; i < lengths.length; i++) lengths[i] = 1 + random.nextInt(13);
    List<CellConfig> cells = new ArrayList<>(Gallery.kinds());
    cells.addAll(Gallery.variants());
    cells.addAll(Gallery.windows());
    for (int n = 0; n < 2 * cells.size(); n++) {
      CellConfig cell = cells.get(n / 2);
      boolean more = n % 2 == 1; // layer normalisation, and a way past the second layer
      NetworkShape shape =
          NetworkShape.tagger(
              List.of(new NetworkShape.Input.Table("word", Gallery.WORDS, 33)),
              new NetworkShape.Encoder(
                  cell,
                  more ? List.of(40, 50) : List.of(40),
                  !(cell instanceof CellConfig.Window),
                  more ? EncoderConfig.Connection.HIGHWAY : EncoderConfig.Connection.NONE,
                  more,
                  Optional.empty()),
              Gallery.LABELS);
      List<Example> examples = Gallery.examples(random, shape, lengths);
      ReferenceNetwork reference = new ReferenceNetwork(shape);
      reference.randomise(random, 0.9);
      Dropping drop = Gallery.dropping(random);
      Pass pass = new Pass(reference, shape, Kernels.create());
      double expected = reference.gradient(examples, drop);
      assertEquals(
          expected, pass.run(examples, drop), tolerance(shape) * expected, shape::toString);
      gradientsAgree(reference, pass, tolerance(shape), shape.toString());
    }
  }

  /** What stands in a workspace from larger batches must not reach smaller ones. */
  @Test
  void aUsedWorkspaceGivesTheBitsOfAFreshOne() {
    SplittableRandom random = Seeds.of(207);
    for (NetworkShape shape : Gallery.shapes()) {
      ReferenceNetwork reference = new ReferenceNetwork(shape, Teaching.elaborate(random));
      reference.randomise(random, 1);
      Pass used = new Pass(reference, shape, Kernels.create());
      used.run(Gallery.examples(random, shape, 12, 3, 9, 9, 1, 7, 5), Gallery.dropping(random));
      used.run(Gallery.examples(random, shape, 2, 20), Dropping.NONE);
      List<Example> examples = Gallery.examples(random, shape, LENGTHS);
      Dropping drop = random.nextBoolean() ? Gallery.dropping(random) : Dropping.NONE;
      Pass fresh = new Pass(reference, shape, Kernels.create());
      assertEquals(fresh.run(examples, drop), used.run(examples, drop));
      assertArrayEquals(fresh.ws.gradient(), used.ws.gradient(), shape::toString);
      for (Parameters.Table t : fresh.network.parameters().tables())
        assertArrayEquals(fresh.gradient(t.block().name()), used.gradient(t.block().name()));
    }
  }
}
