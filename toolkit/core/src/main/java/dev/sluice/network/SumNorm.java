package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the fused sums of a cell are normalised, after Ba, Kiros and Hinton 2016 (arXiv:1607.06450). Biases that the paper adds to one another are one here, the cell's
 * own.
 */
interface SumNorm {
  /** Every normalisation, each at its own slot. */
  List<LayerNorm> norms();

  /** The gains, all of which begin at 1. */
  List<Block> gains();

  /** Forward for the input part of all rows, which stands in {@code gate} without a bias. */
  void input(Kernels k, CellState s, int rows);

  /** Forward for the rows of a step, whose recurrent part stands in {@code rec}. */
  default void step(Kernels k, CellState s, int row, int count) {
    for (int part = 0; part < parts(); part++) step(k, s, row, count, part);
  }

  /** How many parts of the recurrent sums are normalised each by itself. */
  int parts();

  /** Forward for one part of the recurrent sums. */
  void step(Kernels k, CellState s, int row, int count, int part);

  /** Backward for the rows of a step: from the gradients that the cell left to that of the recurrent product in {@link #recurrentGradient}. */
  default void stepBackward(Kernels k, CellState s, int row, int count) {
    for (int part = 0; part < parts(); part++) stepBackward(k, s, row, count, part);
  }

  /** Backward for one part of the recurrent sums. */
  void stepBackward(Kernels k, CellState s, int row, int count, int part);

  /** Backward for all rows: {@code gate} then has the gradient of the input product. */
  void inputBackward(Kernels k, CellState s, int rows);

  /** The array of the recurrent product's gradient. */
  float[] recurrentGradient(CellState s);

  /** The normalisation that belongs to a cell with the given biases. */
  static SumNorm of(
      Parameters.Layout layout, String name, Cell cell, Block bias, Block recurrentBias) {
    if (cell.normalizedTogether().length == 0) return new Whole(layout, name, bias);
    return new Parts(layout, name, cell, bias, recurrentBias);
  }

  /**
   * LSTM and GRU: the input part and the recurrent part each by itself.
   * <pre>
   *   LSTM    i, f, g, o = LN(x·W) + LN(h·U) + b, each over all gates; what peepholes add is not normalised
   *   GRU     r, z = LN(x·W) + LN(h·U) + b, each over both gates    n = LN(x·W) + b + r·(LN(h·U) + b'), each over the one gate
   *           or n = LN(x·W) + b + LN((r·h)·U); without a reset gate z and n each over the one gate
   * </pre>
   * The forms of the paper's supplementary material, whose GRU resets after the product; the others follow them.
   */
  final class Parts implements SumNorm {
    private final Block bias;
    private final Block recurrentBias; // of the last gate; null unless the cell has one
    private final List<Block> gains;
    private final List<LayerNorm> norms = new ArrayList<>();
    private final LayerNorm[] input;
    private final LayerNorm[] recurrent;
    private final int[] column; // where each begins
    private final int wide;
    private final float[] none; // the bias of the recurrent part

    Parts(Parameters.Layout layout, String name, Cell cell, Block bias, Block recurrentBias) {
      this.bias = bias;
      this.recurrentBias = recurrentBias;
      int[] together = cell.normalizedTogether();
      Block inputGain = layout.dense(name + ".input-gain", 1, bias.groups(), bias.width());
      Block recurrentGain = layout.dense(name + ".recurrent-gain", 1, bias.groups(), bias.width());
      gains = List.of(inputGain, recurrentGain);
      input = new LayerNorm[together.length];
      recurrent = new LayerNorm[together.length];
      column = new int[together.length];
      for (int i = 0, gate = 0; i < together.length; gate += together[i++]) {
        input[i] = new LayerNorm(norms.size(), inputGain, gate, together[i]);
        norms.add(input[i]);
        recurrent[i] = new LayerNorm(norms.size(), recurrentGain, gate, together[i]);
        norms.add(recurrent[i]);
        column[i] = gate * bias.padded();
      }
      wide = bias.ld();
      none = new float[wide];
    }

    @Override
    public List<LayerNorm> norms() {
      return norms;
    }

    @Override
    public List<Block> gains() {
      return gains;
    }

    @Override
    public void input(Kernels k, CellState s, int rows) {
      for (int i = 0; i < input.length; i++)
        input[i].forward(k, s, 0, rows, s.gate, column[i], wide, s.weights, bias.at() + column[i]);
    }

    @Override
    public int parts() {
      return recurrent.length;
    }

    @Override
    public void step(Kernels k, CellState s, int row, int count, int part) {
      recurrent[part].forward(k, s, row, count, s.rec, row * wide + column[part], wide, none, 0);
    }

    @Override
    public void stepBackward(Kernels k, CellState s, int row, int count, int part) {
      float[] sums = recurrentBias == null ? s.gate : s.rec;
      if (recurrentBias != null && part == parts() - 1) {
        int last = wide - bias.padded();
        k.columnSums(s.rec, row * wide + last, wide, count, s.H, s.gradient, recurrentBias.at());
      }
      int at = row * wide + column[part];
      recurrent[part].backward(k, s, row, count, sums, at, wide, s.rec, at, wide, false);
    }

    @Override
    public void inputBackward(Kernels k, CellState s, int rows) {
      k.columnSums(s.gate, 0, wide, rows, wide, s.gradient, bias.at());
      for (int i = 0; i < input.length; i++)
        input[i].backward(k, s, 0, rows, s.gate, column[i], wide, s.gate, column[i], wide, false);
    }

    @Override
    public float[] recurrentGradient(CellState s) {
      return s.rec;
    }
  }

  /** The simple recurrent network: h = f(LN(x·W + h·U) + b), equation 4 of the paper. */
  final class Whole implements SumNorm {
    private final Block bias;
    private final Block gain;
    private final LayerNorm norm;

    Whole(Parameters.Layout layout, String name, Block bias) {
      this.bias = bias;
      gain = layout.dense(name + ".gain", 1, 1, bias.width());
      norm = new LayerNorm(0, gain, 0, 1);
    }

    @Override
    public List<LayerNorm> norms() {
      return List.of(norm);
    }

    @Override
    public List<Block> gains() {
      return List.of(gain);
    }

    @Override
    public void input(Kernels k, CellState s, int rows) {}

    @Override
    public int parts() {
      return 1;
    }

    @Override
    public void step(Kernels k, CellState s, int row, int count, int part) {
      int from = row * s.H, to = from + count * s.H;
      for (int i = from; i < to; i++) s.gate[i] += s.rec[i];
      Arrays.fill(s.rec, from, to, 0f); // the cell adds it
      norm.forward(k, s, row, count, s.gate, from, s.H, s.weights, bias.at());
    }

    @Override
    public void stepBackward(Kernels k, CellState s, int row, int count, int part) {
      int at = row * s.H;
      k.columnSums(s.gate, at, s.H, count, s.H, s.gradient, bias.at());
      norm.backward(k, s, row, count, s.gate, at, s.H, s.gate, at, s.H, false);
    }

    @Override
    public void inputBackward(Kernels k, CellState s, int rows) {}

    @Override
    public float[] recurrentGradient(CellState s) {
      return s.gate;
    }
  }
}
