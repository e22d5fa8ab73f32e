package dev.sluice.network;

import dev.sluice.kernel.Kernels;

/**
 * Long short-term memory whose memory is normalised on its way out, h = o·tanh(LN(c)); what the cell passes to itself is the memory as it is (Ba, Kiros and Hinton 2016,
 * arXiv:1607.06450, supplementary material).
 */
final class NormalizedLstmCell implements Cell {
  private final Cell.Lstm plain;
  private final LayerNorm norm;
  private final Block gain;
  private final Block bias;

  /** Has the sizes and first values of an LSTM without. */
  NormalizedLstmCell(Parameters.Layout layout, String name, Cell.Lstm plain, int slot, int H) {
    this.plain = plain;
    gain = layout.dense(name + ".memory-gain", 1, 1, H);
    bias = layout.dense(name + ".memory-bias", 1, 1, H);
    norm = new LayerNorm(slot, gain, 0, 1);
  }

  LayerNorm norm() {
    return norm;
  }

  Block gain() {
    return gain;
  }

  @Override
  public int gates() {
    return plain.gates();
  }

  @Override
  public int[] normalizedTogether() {
    return plain.normalizedTogether();
  }

  @Override
  public boolean hasMemory() {
    return true;
  }

  @Override
  public float initialBias(int gate) {
    return plain.initialBias(gate);
  }

  @Override
  public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    int H = s.H, wide = row * s.G * H, at = row * H;
    plain.memory(k, s, row, previous, sentence, count);
    System.arraycopy(s.c, at, s.tc, at, count * H);
    norm.forward(k, s, row, count, s.tc, at, H, s.weights, bias.at());
    k.norm().lstmOutput(s.G, s.gate, wide, s.tc, s.m, at, count, H);
  }

  @Override
  public void backward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    int H = s.H, wide = row * s.G * H, at = row * H;
    k.norm().lstmOutputBackward(s.G, s.gate, wide, s.tc, s.dm, at, count, H);
    k.columnSums(s.dm, at, H, count, H, s.gradient, bias.at());
    norm.backward(k, s, row, count, s.dm, at, H, s.dc, at, H, true);
    plain.memoryBackward(k, s, row, previous, sentence, count);
  }
}
