package dev.sluice.eval.agreement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.network.Block;
import dev.sluice.network.Network;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * The loss around some weights, along two random directions of the recurrent ones.
 * <pre>
 *   loss[i][j] = L(U + a[i]·D₁ + a[j]·D₂)    a = -1 .. 1, evenly    ‖D₁‖ = ‖D₂‖ = ‖U‖
 * </pre>
 * Pascanu, Mikolov and Bengio 2013 (arXiv:1211.5063) expect walls in it where states are fed back often: the loss of neighbouring points then differs by a
 * large factor. A factor is larger / smaller of the losses of two points that are next to each other in a row or a column.
 *
 * @param loss [grid][grid], the mean over the sentences, in nats, never below {@link #FLOOR}
 */
record ErrorSurface(double[][] loss) {
  /** The least loss that is told from none: below it are errors of rounding, whose factors would mean nothing. */
  static final double FLOOR = 1e-6;

  /**
   * Measures the loss on a grid; the network has its own weights again afterwards.
   *
   * @param grid points in each direction
   * @param seed decides the directions
   * @param measure the mean loss with the weights that the network has when it is asked
   */
  static ErrorSurface of(Network network, int grid, long seed, DoubleSupplier measure) {
    Block block =
        network.parameters().blocks().stream()
            .filter(b -> b.name().endsWith(".recurrent"))
            .findFirst()
            .orElseThrow();
    float[] dense = network.parameters().dense(), center = block.unpadded(dense);
    SplittableRandom random = new SplittableRandom(seed);
    double[] first = direction(random, center), second = direction(random, center);
    float[] moved = new float[center.length];
    double[][] loss = new double[grid][grid];
    for (int i = 0; i < grid; i++) {
      for (int j = 0; j < grid; j++) {
        double a = place(i, grid), b = place(j, grid);
        for (int n = 0; n < moved.length; n++)
          moved[n] = (float) (center[n] + a * first[n] + b * second[n]);
        block.fill(dense, moved);
        loss[i][j] = Math.max(FLOOR, measure.getAsDouble());
      }
    }
    block.fill(dense, center);
    return new ErrorSurface(loss);
  }

  /** Where a point lies along its direction, in norms of the weights, -1 to 1. */
  static double place(int point, int grid) {
    return 2.0 * point / (grid - 1) - 1;
  }

  /** Normally distributed numbers (Box and Muller 1958), as long as the weights. */
  private static double[] direction(SplittableRandom random, float[] weights) {
    double[] d = new double[weights.length];
    double squares = 0, norm = 0;
    for (int n = 0; n < d.length; n++) {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      d[n] = radius * Math.cos(2 * Math.PI * random.nextDouble());
      squares += d[n] * d[n];
      norm += (double) weights[n] * weights[n];
    }
    for (int n = 0; n < d.length; n++) d[n] *= Math.sqrt(norm / squares);
    return d;
  }

  /** The factors between neighbours, ascending. */
  private double[] factors() {
    int grid = loss.length;
    double[] factors = new double[2 * grid * (grid - 1)];
    int n = 0;
    for (int i = 0; i < grid; i++) {
      for (int j = 0; j + 1 < grid; j++) {
        factors[n++] = factor(loss[i][j], loss[i][j + 1]);
        factors[n++] = factor(loss[j][i], loss[j + 1][i]);
      }
    }
    Arrays.sort(factors);
    return factors;
  }

  private static double factor(double a, double b) {
    return Math.max(a, b) / Math.min(a, b);
  }

  /** The largest factor between neighbours, at least 1. */
  double largestFactor() {
    double[] factors = factors();
    return factors[factors.length - 1];
  }

  /**
   * The factor that a share of the neighbours does not exceed.
   *
   * @param share such as 0.99 for the 99th percentile
   */
  double factor(double share) {
    double[] factors = factors();
    return factors[(int) Math.max(0, Math.ceil(share * factors.length) - 1)];
  }

  /** The loss with the weights as they are. */
  double center() {
    return loss[loss.length / 2][loss.length / 2];
  }

  /** The largest step between neighbours, in nats. */
  double largestStep() {
    double largest = 0;
    for (int i = 0; i < loss.length; i++) {
      for (int j = 0; j + 1 < loss.length; j++) {
        largest = Math.max(largest, Math.abs(loss[i][j] - loss[i][j + 1]));
        largest = Math.max(largest, Math.abs(loss[j][i] - loss[j + 1][i]));
      }
    }
    return largest;
  }

  /** The numbers of its roughness, and the loss at every point. */
  ObjectNode json() {
    ArrayNode rows = Json.array();
    for (double[] row : loss) {
      ArrayNode values = rows.addArray();
      for (double value : row) values.add(value);
    }
    ObjectNode json = Json.object();
    json.put("center", center());
    json.put("largestFactor", largestFactor());
    json.put("percentile99", factor(0.99));
    json.put("median", factor(0.5));
    json.put("largestStep", largestStep());
    json.set("loss", rows);
    return json;
  }
}
