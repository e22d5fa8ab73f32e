package dev.sluice.network;

import dev.sluice.kernel.Kernels;

/**
 * A way past a recurrent layer. With x the input of the layer, h its output after dropout, and x' = x where both have one width, else x·P with learned P:
 * <pre>
 *   residual    y = h + x'              He et al. 2016, between recurrent layers as in Wu et al. 2016, arXiv:1609.08144
 *   highway     y = g·h + (1-g)·x'      g = σ(x·W + b)    Srivastava et al. 2015, arXiv:1505.00387
 * </pre>
 * P has no bias, as in He et al. Dropout is on h alone, so that what goes past a layer stays whole. The gate's bias begins at -1, by which a network passes most of x on at
 * first (Srivastava et al.). As in Wu et al. and in Zhang et al. 2016 (arXiv:1510.08983) the first layer, whose input is no recurrent layer, has no way past it.
 */
final class Shortcut {
  private static final float INITIAL_BIAS = -1;

  private final int ldy;
  private final Linear projection; // null where the widths agree
  private final Linear gate; // null for a residual connection

  /** The numbers of one batch, [rows, padded width of y]. */
  static final class State {
    private float[] gate = new float[0];
    private float[] apart = new float[0]; // h - x'
    private float[] carried = new float[0]; // x'
    private float[] dCarried = new float[0];
  }

  private Shortcut(Parameters.Layout layout, String name, boolean gated, int inputs, int outputs) {
    ldy = Kernels.padded(outputs);
    projection =
        inputs == outputs
            ? null
            : Linear.withoutBias(layout, name + ".projection", inputs, outputs);
    gate = gated ? new Linear(layout, name + ".highway", inputs, outputs) : null;
  }

  /** The way past a layer; null without one. */
  static Shortcut of(
      Parameters.Layout layout,
      String name,
      EncoderConfig.Connection connection,
      int inputs,
      int outputs) {
    return switch (connection) {
      case NONE -> null;
      case RESIDUAL -> new Shortcut(layout, name, false, inputs, outputs);
      case HIGHWAY -> new Shortcut(layout, name, true, inputs, outputs);
    };
  }

  /** How many numbers a row of the batch takes here. */
  int perRow(boolean training) {
    if (gate == null) return 0;
    int projected = projection == null ? 0 : training ? 2 : 1;
    return (2 + projected) * ldy;
  }

  void reserve(State s, int rows, boolean training) {
    if (gate == null) return;
    s.gate = Workspace.room(s.gate, rows * ldy);
    s.apart = Workspace.room(s.apart, rows * ldy);
    if (projection == null) return;
    s.carried = Workspace.room(s.carried, rows * ldy);
    if (training) s.dCarried = Workspace.room(s.dCarried, rows * ldy);
  }

  void pack(Kernels k, float[] dense, boolean training) {
    if (projection != null) projection.pack(k, dense, training);
    if (gate != null) gate.pack(k, dense, training);
  }

  void initialise(Parameters p, Recurrent.Initial initial) {
    if (projection != null) projection.initialise(p, initial);
    if (gate == null) return;
    gate.initialise(p, initial);
    int from = gate.bias.at();
    java.util.Arrays.fill(p.dense(), from, from + gate.bias.width(), INITIAL_BIAS);
  }

  /** Turns y, which holds h, into the output; x in rows of {@code ldx}. */
  void forward(Kernels k, float[] dense, State s, float[] x, int ldx, int rows, float[] y) {
    int size = rows * ldy;
    if (gate == null) {
      if (projection != null) projection.add(k, x, ldx, rows, y);
      else for (int i = 0; i < size; i++) y[i] += x[i];
      return;
    }
    gate.forward(k, dense, x, ldx, rows, s.gate);
    if (projection != null) projection.forward(k, dense, x, ldx, rows, s.carried);
    k.highwayForward(s.gate, projection == null ? x : s.carried, y, s.apart, size);
  }

  /** Turns dy into the gradient of h, adds those of the weights to {@code g} and writes that of x, as far as it goes past the layer. */
  void backward(
      Kernels k, State s, float[] x, int ldx, int rows, float[] dy, float[] g, float[] dx) {
    int size = rows * ldy;
    if (gate == null) {
      if (projection != null) projection.backward(k, x, ldx, dy, rows, g, dx, false);
      else System.arraycopy(dy, 0, dx, 0, size);
      return;
    }
    k.highwayBackward(s.gate, s.apart, dy, projection == null ? dx : s.dCarried, size);
    if (projection != null) projection.backward(k, x, ldx, s.dCarried, rows, g, dx, false);
    gate.backward(k, x, ldx, s.gate, rows, g, dx, true);
  }
}
