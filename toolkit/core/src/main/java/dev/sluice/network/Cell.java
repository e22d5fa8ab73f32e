package dev.sluice.network;

import dev.sluice.kernel.Kernels;

/** The pointwise part of a recurrent cell: what happens to the fused sums of a step, and its gradient. */
interface Cell {
  /** G, the number of fused sums per unit. */
  int gates();

  /** Whether the cell carries a second state beside h. */
  default boolean hasMemory() {
    return false;
  }

  /** Whether the gradient of the recurrent part differs from that of the input part and stands in {@code rec}. */
  default boolean ownRecurrentGradient() {
    return false;
  }

  /**
   * Which neighbouring gates share mean and variance under layer normalisation, as numbers of gates that add up to G; empty when input and recurrent part are
   * normalised as one sum.
   */
  int[] normalizedTogether();

  /** The first value of a gate's bias. */
  default float initialBias(int gate) {
    return 0;
  }

  /**
   * Forward for {@code count} rows from {@code row} on.
   *
   * @param previous the row before the first one in time; -1 when these rows begin their sentences
   */
  void forward(Kernels k, CellState s, int row, int previous, int count);

  /** Backward for the same rows: sums' gradients into {@code gate} (and {@code rec}), what flows back pointwise into the previous rows. */
  void backward(Kernels k, CellState s, int row, int previous, int count);

  /** The cell for a config. */
  static Cell of(EncoderConfig.Cell cell, EncoderConfig.Activation activation) {
    return switch (cell) {
      case LSTM -> new LstmCell();
      case GRU -> new GruCell();
      case RNN -> new ElmanCell(activation.ordinal());
    };
  }

  /** Long short-term memory. */
  final class LstmCell implements Cell {
    @Override
    public int gates() {
      return 4;
    }

    @Override
    public int[] normalizedTogether() {
      return new int[] {4};
    }

    @Override
    public boolean hasMemory() {
      return true;
    }

    /** The forget gate begins open (Jozefowicz et al. 2015). */
    @Override
    public float initialBias(int gate) {
      return gate == 1 ? 1 : 0;
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int count) {
      int H = s.H, wide = row * 4 * H, at = row * H;
      int from = Math.max(0, previous) * H, ld = s.beforeLd(previous);
      float[] c = s.cBefore(previous);
      k.lstmForward(s.gate, wide, s.rec, wide, c, from, ld, s.c, s.tc, s.h, at, count, H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int count) {
      int H = s.H, wide = row * 4 * H, at = row * H;
      int from = Math.max(0, previous) * H, ld = s.beforeLd(previous);
      float[] c = s.cBefore(previous), dc = s.dcBefore(previous);
      k.lstmBackward(s.gate, wide, c, from, ld, s.tc, s.dh, s.dc, at, dc, from, count, H);
    }
  }

  /** The gated recurrent unit. */
  final class GruCell implements Cell {
    @Override
    public int gates() {
      return 3;
    }

    @Override
    public int[] normalizedTogether() {
      return new int[] {2, 1};
    }

    @Override
    public boolean ownRecurrentGradient() {
      return true;
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int count) {
      int H = s.H, wide = row * 3 * H, at = row * H;
      int from = Math.max(0, previous) * H, ld = s.beforeLd(previous);
      float[] h = s.hBefore(previous);
      k.gruForward(s.gate, wide, s.rec, wide, s.weights, s.biasAt, h, from, ld, s.h, at, count, H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int count) {
      int H = s.H, wide = row * 3 * H, at = row * H;
      int from = Math.max(0, previous) * H, ld = s.beforeLd(previous);
      float[] h = s.hBefore(previous), dh = s.dhBefore(previous);
      k.gruBackward(s.gate, wide, s.rec, wide, h, from, ld, s.dh, at, dh, from, ld, count, H);
    }
  }

  /** The simple recurrent network. */
  record ElmanCell(int activation) implements Cell {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public int[] normalizedTogether() {
      return new int[0];
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int count) {
      k.rnnForward(activation, s.gate, row * s.H, s.rec, row * s.H, s.h, row * s.H, count, s.H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int count) {
      k.rnnBackward(activation, s.gate, row * s.H, s.h, s.dh, row * s.H, count, s.H);
    }
  }
}
