package dev.sluice.testing;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Compares a gradient with central differences of the loss in double. Five points per derivative,
 * <pre>
 *   f′ ≈ (8·(f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h
 * </pre>
 * so that truncation (h⁴) and rounding (ε/h) both stay below 1e-10 at h = 2e-4. An error is relative to the larger of the two numbers; numbers below 1e-3
 * count as 1e-3.
 */
public final class GradientCheck {
  /** What a right gradient stays below. */
  public static final double TOLERANCE = 1e-6;

  /** The largest change of a weight that is tried. */
  public static final double REACH = 4e-4;

  private static final double STEP = REACH / 2;
  private static final double FLOOR = 1e-3;

  private GradientCheck() {}

  /**
   * The largest relative error of a matrix of derivatives: of up to {@code elements} single ones (all of them, where there are no more), and of the
   * derivative along one random direction, in which every element takes part.
   */
  public static double worst(
      DoubleSupplier loss,
      double[][] w,
      double[][] gradient,
      int elements,
      SplittableRandom random) {
    int columns = w[0].length, size = w.length * columns;
    double worst = 0;
    for (int n = 0; n < Math.min(elements, size); n++) {
      int at = size <= elements ? n : random.nextInt(size);
      double[][] along = new double[w.length][columns];
      along[at / columns][at % columns] = 1;
      worst = Math.max(worst, error(loss, w, gradient, along));
    }
    if (size <= elements) return worst;
    double[][] along = new double[w.length][columns];
    double length = Math.sqrt(size);
    for (double[] row : along) {
      for (int j = 0; j < columns; j++) row[j] = (random.nextBoolean() ? 1 : -1) / length;
    }
    return Math.max(worst, error(loss, w, gradient, along));
  }

  private static double error(
      DoubleSupplier loss, double[][] w, double[][] gradient, double[][] along) {
    double claimed = 0;
    double[][] start = new double[w.length][];
    for (int i = 0; i < w.length; i++) {
      start[i] = w[i].clone();
      for (int j = 0; j < along[i].length; j++) claimed += gradient[i][j] * along[i][j];
    }
    double near = at(loss, w, start, along, STEP) - at(loss, w, start, along, -STEP);
    double far = at(loss, w, start, along, 2 * STEP) - at(loss, w, start, along, -2 * STEP);
    at(loss, w, start, along, 0);
    double measured = (8 * near - far) / (12 * STEP);
    double size = Math.max(FLOOR, Math.max(Math.abs(claimed), Math.abs(measured)));
    return Math.abs(claimed - measured) / size;
  }

  private static double at(
      DoubleSupplier loss, double[][] w, double[][] start, double[][] along, double distance) {
    for (int i = 0; i < w.length; i++) {
      for (int j = 0; j < w[i].length; j++) w[i][j] = start[i][j] + distance * along[i][j];
    }
    return distance == 0 ? 0 : loss.getAsDouble();
  }
}
