package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.NormKernels;
import java.util.Arrays;

/**
 * Layer normalisation of some neighbouring gates of a cell together, or of its memory: mean and variance over all their units, then a learned gain per unit (Ba, Kiros
 * and Hinton 2016, arXiv:1607.06450). The bias is the caller's, since several normalisations that are added up share one.
 */
final class LayerNorm {
  private final int slot;
  private final int gainAt;
  private final int n; // units
  private final int N; // units and padding
  private final float[] real; // [N]: 1 for a unit, 0 for padding

  /** What a normalisation leaves behind for its gradient: hat [rows,N] and scale [rows]. */
  static final class State {
    private float[] hat = new float[0];
    private float[] scale = new float[0];
  }

  /**
   * Of the gates {@code first} to {@code first + groups - 1}.
   *
   * @param slot its place in {@link Layer.State#norms}
   * @param gain the gains of all gates, [1,G,H]
   */
  LayerNorm(int slot, Block gain, int first, int groups) {
    this.slot = slot;
    gainAt = gain.at() + first * gain.padded();
    n = groups * gain.width();
    N = groups * gain.padded();
    real = new float[N];
    for (int group = 0; group < groups; group++) {
      int from = group * gain.padded();
      Arrays.fill(real, from, from + gain.width(), 1f);
    }
  }

  /** N, the columns it takes. */
  int width() {
    return N;
  }

  void reserve(State state, int rows) {
    state.hat = Workspace.room(state.hat, rows * N);
    state.scale = Workspace.room(state.scale, rows);
  }

  /**
   * Normalises x in place.
   *
   * @param row the first row of the batch that x holds
   */
  void forward(
      Kernels k,
      Layer.State s,
      int row,
      int count,
      float[] x,
      int xAt,
      int ldx,
      float[] bias,
      int biasAt) {
    State state = s.norms[slot];
    k.norm()
        .normalize(
            x,
            xAt,
            ldx,
            state.hat,
            row * N,
            state.scale,
            row,
            s.weights,
            gainAt,
            bias,
            biasAt,
            real,
            n,
            count,
            N);
  }

  /** From the gradient dy of what {@link #forward} made, adds that of the gain, and writes or adds that of x. */
  void backward(
      Kernels k,
      Layer.State s,
      int row,
      int count,
      float[] dy,
      int dyAt,
      int ldy,
      float[] dx,
      int dxAt,
      int ldx,
      boolean add) {
    State state = s.norms[slot];
    NormKernels norm = k.norm();
    norm.normalizeBackward(
        dy,
        dyAt,
        ldy,
        state.hat,
        row * N,
        state.scale,
        row,
        s.weights,
        gainAt,
        real,
        n,
        dx,
        dxAt,
        ldx,
        add,
        s.gradient,
        gainAt,
        count,
        N);
  }

  /** Gains begin at 1. */
  static void initialise(Parameters p, Block gain) {
    float[] ones = new float[Math.toIntExact(gain.weights())];
    Arrays.fill(ones, 1f);
    gain.fill(p.dense(), ones);
  }
}
