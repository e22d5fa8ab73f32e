package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;

/**
 * A linear layer.
 * <pre>
 *   x [rows,D]    y [rows,N]    weights [D,N]    bias [N]        y = bias + x·weights
 * </pre>
 */
final class Linear {
  final Block weights;
  final Block bias; // null without one
  private final PackedMatrix packed;
  private PackedMatrix transposed;

  Linear(Parameters.Layout layout, String name, int inputs, int outputs) {
    this(layout, name, inputs, 1, outputs, true);
  }

  /** With outputs in groups of one width, each of which begins at a multiple of {@link Kernels#LANE} in a row of y. */
  Linear(Parameters.Layout layout, String name, int inputs, int groups, int width) {
    this(layout, name, inputs, groups, width, true);
  }

  private Linear(
      Parameters.Layout layout, String name, int inputs, int groups, int width, boolean biased) {
    weights = layout.dense(name + ".weight", inputs, groups, width);
    bias = biased ? layout.dense(name + ".bias", 1, groups, width) : null;
    packed = new PackedMatrix(inputs, weights.ld());
  }

  /** y = x·weights. */
  static Linear withoutBias(Parameters.Layout layout, String name, int inputs, int outputs) {
    return new Linear(layout, name, inputs, 1, outputs, false);
  }

  /** The distance between two rows of y. */
  int ld() {
    return weights.ld();
  }

  void pack(Kernels k, float[] dense, boolean training) {
    k.pack(packed, dense, weights.at(), weights.ld());
    if (!training) return;
    if (transposed == null)
      transposed = new PackedMatrix(weights.ld(), Kernels.padded(weights.rows()));
    k.packTransposed(transposed, dense, weights.at(), weights.ld(), weights.rows());
  }

  /** Fills y from x in rows of {@code ldx}. */
  void forward(Kernels k, float[] dense, float[] x, int ldx, int rows, float[] y) {
    forward(k, dense, x, ldx, 0, rows, y);
  }

  /** Fills {@code count} rows of y from {@code row} on from the same rows of x. */
  void forward(Kernels k, float[] dense, float[] x, int ldx, int row, int count, float[] y) {
    int N = ld();
    for (int r = row; bias != null && r < row + count; r++)
      System.arraycopy(dense, bias.at(), y, r * N, N);
    k.product(x, row * ldx, ldx, packed, y, row * N, N, count, bias != null);
  }

  /** Adds x·weights to y. */
  void add(Kernels k, float[] x, int ldx, int rows, float[] y) {
    k.product(x, 0, ldx, packed, y, 0, ld(), rows, true);
  }

  /** From the gradient of y, adds that of the weights to {@code g} and writes or adds that of x. */
  void backward(
      Kernels k, float[] x, int ldx, float[] dy, int rows, float[] g, float[] dx, boolean add) {
    weightGradients(k, x, ldx, dy, rows, g);
    k.product(dy, 0, ld(), transposed, dx, 0, ldx, rows, add);
  }

  /** From the gradient of y, adds that of the weights to {@code g}. */
  void weightGradients(Kernels k, float[] x, int ldx, float[] dy, int rows, float[] g) {
    int N = ld();
    k.outer(x, 0, ldx, dy, 0, N, rows, weights.rows(), N, g, weights.at(), N);
    if (bias != null) k.columnSums(dy, 0, N, rows, N, g, bias.at());
  }

  /** From the gradient of {@code count} rows of y from {@code row} on, writes that of the same rows of x. */
  void inputGradient(Kernels k, float[] dy, int row, int count, float[] dx, int ldx) {
    k.product(dy, row * ld(), ld(), transposed, dx, row * ldx, ldx, count, false);
  }

  /** First values by Glorot and Bengio 2010, biases zero. */
  void initialise(Parameters p, Recurrent.Initial initial) {
    double bound = Math.sqrt(6.0 / (weights.rows() + weights.groups() * weights.width()));
    initial.uniform(p.dense(), weights, bound);
  }
}
