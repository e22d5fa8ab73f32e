package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.network.Dropping;
import dev.sluice.network.NetworkShape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The reference's gradients are right, and a check that would not notice a wrong one is no check. */
class GradientCheckTest {

  @Test
  void everyWeightOfEverySmallNetworkHasTheGradientOfCentralDifferences() {
    SplittableRandom random = Seeds.of(101);
    for (NetworkShape shape : Gallery.shapes()) {
      if (shape.encoder().widths().equals(List.of(3)))
        check(shape, Teaching.PLAIN, random, Dropping.NONE, 1000);
    }
  }

  @Test
  void everyKindOfNetworkHasTheGradientOfCentralDifferences() {
    SplittableRandom random = Seeds.of(102);
    for (NetworkShape shape : Gallery.shapes())
      check(shape, Teaching.PLAIN, random, Dropping.NONE, 1);
  }

  @Test
  void gradientsAreRightUnderDropout() {
    SplittableRandom random = Seeds.of(103);
    List<NetworkShape> shapes = Gallery.shapes();
    for (int i = 0; i < shapes.size(); i += 2)
      check(shapes.get(i), Teaching.PLAIN, random, Gallery.dropping(random), 1);
  }

  /** Class weights, smoothing, forbidden moves, several labels of a sentence, and a weighted sum of two losses. */
  @Test
  void gradientsAreRightUnderEveryTeaching() {
    SplittableRandom random = Seeds.of(105);
    List<NetworkShape> shapes = Gallery.shapes();
    for (NetworkShape shape : shapes) {
      boolean small = shape.encoder().widths().size() == 1;
      check(shape, Teaching.elaborate(random), random, Dropping.NONE, small ? 12 : 1);
    }
  }

  private static void check(
      NetworkShape shape, Teaching teaching, SplittableRandom random, Dropping drop, int elements) {
    List<Example> examples = Gallery.examples(random, shape, 3, 1, 4);
    ReferenceNetwork network = Gallery.reference(shape, teaching, random, examples, drop);
    network.gradient(examples, drop);
    for (String name : network.weights().names()) {
      double error = error(network, examples, drop, name, elements, random);
      assertTrue(
          error < GradientCheck.TOLERANCE,
          () -> shape + " " + name + " is off by " + error + ", " + Seeds.describe());
    }
  }

  private static double error(
      ReferenceNetwork network,
      List<Example> examples,
      Dropping drop,
      String name,
      int elements,
      SplittableRandom random) {
    ReferenceWeights w = network.weights();
    return GradientCheck.worst(
        () -> network.loss(examples, drop), w.of(name), w.gradient(name), elements, random);
  }

  /** One element of one matrix is 1 % too large; the checker must see it both element by element and along its random direction. */
  @Test
  void theCheckerRejectsASlightlyWrongGradient() {
    SplittableRandom random = Seeds.of(104);
    for (NetworkShape shape : Gallery.shapes()) {
      if (!shape.encoder().widths().equals(List.of(3))) continue;
      List<Example> examples = Gallery.examples(random, shape, 3, 1, 4);
      ReferenceNetwork network = Gallery.reference(shape, random, examples, Dropping.NONE);
      network.gradient(examples, Dropping.NONE);
      for (String name :
          List.of(
              "encoder.0.forward.bias",
              shape.tokens().isPresent() ? "tokens.weight" : "sentence.weight")) {
        double[] largest = rowOfTheLargest(network.weights().gradient(name));
        int column = largestColumn(largest);
        if (Math.abs(largest[column]) < 1e-3) continue; // a rectifier that is always off
        largest[column] *= 1.01;
        double each = error(network, examples, Dropping.NONE, name, 1000, random);
        double along = error(network, examples, Dropping.NONE, name, 0, random);
        assertTrue(each > 1e-3, () -> shape + " " + name + ": " + each + ", " + Seeds.describe());
        assertTrue(
            along > 10 * GradientCheck.TOLERANCE,
            () -> shape + " " + name + ": " + along + ", " + Seeds.describe());
      }
    }
  }

  private static double[] rowOfTheLargest(double[][] g) {
    double[] best = g[0];
    for (double[] row : g) {
      if (Math.abs(row[largestColumn(row)]) > Math.abs(best[largestColumn(best)])) best = row;
    }
    return best;
  }

  private static int largestColumn(double[] row) {
    int best = 0;
    for (int j = 1; j < row.length; j++) if (Math.abs(row[j]) > Math.abs(row[best])) best = j;
    return best;
  }
}
