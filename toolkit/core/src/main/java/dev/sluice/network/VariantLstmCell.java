package dev.sluice.network;

import dev.sluice.kernel.CellKernels;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.CellConfig.Coupling;

/**
 * Long short-term memory with peepholes, with coupled input and forget gate, or both. Peepholes begin at 0, so that training begins with the plain cell's values.
 */
final class VariantLstmCell implements Cell.Lstm {
  private final int coupling; // as the kernels know it
  private final float forgetBias;
  private final Block peephole; // null without

  VariantLstmCell(Parameters.Layout layout, String name, CellConfig.Lstm config, int H) {
    coupling =
        switch (config.coupling()) {
          case NONE -> CellKernels.UNCOUPLED;
          case INPUT -> CellKernels.INPUT;
          case FORGET -> CellKernels.FORGET;
        };
    forgetBias = (float) config.forgetBias();
    int seeing = config.coupling() == Coupling.NONE ? 3 : 2; // the gates without the candidate
    peephole = config.peepholes() ? layout.dense(name + ".peephole", 1, seeing, H) : null;
  }

  @Override
  public int gates() {
    return coupling == CellKernels.UNCOUPLED ? 4 : 3;
  }

  /** A forget gate that begins open keeps its memory, also where it is 1 minus the input gate. */
  @Override
  public float initialBias(int gate) {
    if (coupling == CellKernels.UNCOUPLED) return gate == 1 ? forgetBias : 0;
    return gate > 0 ? 0 : coupling == CellKernels.FORGET ? forgetBias : -forgetBias;
  }

  @Override
  public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    forward(k, s, s.tc, row, previous, sentence, count);
  }

  @Override
  public void memory(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    forward(k, s, null, row, previous, sentence, count);
  }

  private void forward(
      Kernels k, CellState s, float[] tc, int row, int previous, int sentence, int count) {
    int H = s.H, wide = row * s.G * H, at = row * H;
    int from = s.cBeforeAt(previous, sentence), ld = s.cBeforeLd(previous);
    float[] c = s.cBefore(previous), p = peephole == null ? s.zero : s.weights;
    k.cells()
        .lstmForward(
            coupling, s.gate, wide, s.rec, wide, p, holes(), c, from, ld, s.c, tc, s.m, at, count,
            H);
  }

  /** Where the peepholes begin. */
  private int holes() {
    return peephole == null ? 0 : peephole.at();
  }

  @Override
  public void backward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    backward(k, s, s.tc, row, previous, sentence, count);
  }

  @Override
  public void memoryBackward(
      Kernels k, CellState s, int row, int previous, int sentence, int count) {
    backward(k, s, null, row, previous, sentence, count);
  }

  private void backward(
      Kernels k, CellState s, float[] tc, int row, int previous, int sentence, int count) {
    int H = s.H, wide = row * s.G * H, at = row * H;
    int from = s.cBeforeAt(previous, sentence), ld = s.cBeforeLd(previous);
    float[] c = s.cBefore(previous), dc = s.dcBefore(previous);
    float[] p = peephole == null ? s.zero : s.weights;
    float[] dp = peephole == null ? s.unread : s.gradient;
    k.cells()
        .lstmBackward(
            coupling, s.gate, wide, p, holes(), c, from, ld, s.c, tc, s.dm, s.dc, at, dc, from, dp,
            holes(), count, H);
  }
}
