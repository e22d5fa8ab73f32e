package dev.sluice.testing;

import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.network.CellConfig.Reset;
import java.util.ArrayList;
import java.util.List;

/** One step of a recurrent cell in double, written from the formulas, with its own gradient. */
interface ReferenceCell {

  /** The numbers of one token in one direction; H units, P outputs, G sums per unit. */
  final class Step {
    int[] ids;
    double[] x;
    double[][] hIn; // the states before as they enter the recurrent matrices, dropped parts zero
    double[] hPrevious;
    double[] cPrevious;
    double[] gates; // [G·H]; of an LSTM always i, f, g, o
    double[] candidate; // the recurrent part of n with its bias (GRU)
    double[] resetState; // r·hIn (GRU with the reset before the product)
    double[] m; // what the cell puts out
    double[] h; // the same, or its projection
    double[] c;
    List<ReferenceNorm.Trace> normalized = new ArrayList<>();
    double[] squashed; // what the output gate multiplies (LSTM)
    double[] dInput; // gradient of b + x·W, [G·H]
    double[] dRecurrent; // gradient of hIn·U, [G·H]
    double[] dhPrevious; // what flows back past U
    double[] dcPrevious;
  }

  int gates();

  default boolean hasRecurrentBias() {
    return false;
  }

  /** Fills gates, m and c; {@code a} is b + x·W and {@code r} the recurrent part, both [G·H]. */
  void forward(Step s, double[] a, double[] r, double[] recurrentBias);

  /** Fills the gradients of the sums and of the previous states. */
  void backward(Step s, double[] dm, double[] dc);

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The cell of a config, without layer normalisation; {@code weights} get what belongs to it alone. */
  static ReferenceCell of(CellConfig config, ReferenceWeights weights, String name, int H) {
    if (config instanceof CellConfig.Rnn rnn) return new Elman(rnn.activation());
    if (config instanceof CellConfig.Gru gru) return new Gru(gru.reset());
    CellConfig.Lstm lstm = (CellConfig.Lstm) config;
    if (!lstm.peepholes()) return new Lstm(lstm.coupling(), null, null, null);
    weights.add(name + ".peephole", 1, (lstm.coupling() == Coupling.NONE ? 3 : 2) * H);
    return new Lstm(
        lstm.coupling(),
        weights.of(name + ".peephole")[0],
        weights.gradient(name + ".peephole")[0],
        null);
  }

  /** h = f(a + r). */
  record Elman(Activation activation) implements ReferenceCell {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public void forward(Step s, double[] a, double[] r, double[] recurrentBias) {
      int H = a.length;
      s.gates = new double[H];
      s.m = new double[H];
      s.c = new double[H];
      for (int j = 0; j < H; j++) {
        double sum = a[j] + r[j];
        s.gates[j] = sum;
        s.m[j] =
            switch (activation) {
              case TANH -> Math.tanh(sum);
              case SIGMOID -> sigmoid(sum);
              case RELU -> sum > 0 ? sum : 0;
            };
      }
    }

    @Override
    public void backward(Step s, double[] dm, double[] dc) {
      int H = dm.length;
      s.dInput = new double[H];
      s.dhPrevious = new double[H];
      s.dcPrevious = new double[H];
      for (int j = 0; j < H; j++) {
        double slope =
            switch (activation) {
              case TANH -> 1 / Math.pow(Math.cosh(s.gates[j]), 2);
              case SIGMOID -> sigmoid(s.gates[j]) * sigmoid(-s.gates[j]);
              case RELU -> s.gates[j] > 0 ? 1 : 0;
            };
        s.dInput[j] = dm[j] * slope;
      }
      s.dRecurrent = s.dInput;
    }
  }

  /** Layer normalisation of a memory, and the bias that follows it. */
  record MemoryNorm(ReferenceNorm norm, double[] bias, double[] dBias) {}

  /**
   * c = f·c' + i·g, m = o·tanh(c), or m = o·tanh(LN(c)) with a normalisation.
   *
   * @param coupling which of i and f is learned, the other being 1 minus it
   * @param peephole weights on c' in i and f (of both, or of the one that is learned) and on c in o, one behind the other; null for none
   * @param dPeephole their gradient
   */
  record Lstm(Coupling coupling, double[] peephole, double[] dPeephole, MemoryNorm memory)
      implements ReferenceCell {

    Lstm normalized(MemoryNorm norm) {
      return new Lstm(coupling, peephole, dPeephole, norm);
    }

    @Override
    public int gates() {
      return coupling == Coupling.NONE ? 4 : 3;
    }

    /** The place of i (0), f (1), g (2) or o (3) among the sums; -1 for a gate that has none. */
    private int place(int gate) {
      return switch (coupling) {
        case NONE -> gate;
        case INPUT -> new int[] {0, -1, 1, 2}[gate];
        case FORGET -> new int[] {-1, 0, 1, 2}[gate];
      };
    }

    /** The same among the peepholes. */
    private int hole(int gate) {
      return gate == 3 ? gates() - 2 : place(gate);
    }

    private double sum(double[] a, double[] r, int gate, int j, int H, double memory) {
      int at = place(gate) * H + j;
      return a[at] + r[at] + (peephole == null ? 0 : peephole[hole(gate) * H + j] * memory);
    }

    @Override
    public void forward(Step s, double[] a, double[] r, double[] recurrentBias) {
      int H = s.cPrevious.length;
      s.gates = new double[4 * H];
      s.m = new double[H];
      s.c = new double[H];
      for (int j = 0; j < H; j++) {
        double before = s.cPrevious[j];
        double i = place(0) < 0 ? 0 : sigmoid(sum(a, r, 0, j, H, before));
        double f = place(1) < 0 ? 1 - i : sigmoid(sum(a, r, 1, j, H, before));
        if (place(0) < 0) i = 1 - f;
        int candidate = place(2) * H + j;
        double g = Math.tanh(a[candidate] + r[candidate]);
        s.c[j] = f * before + i * g;
        s.gates[j] = i;
        s.gates[H + j] = f;
        s.gates[2 * H + j] = g;
        s.gates[3 * H + j] = sigmoid(sum(a, r, 3, j, H, s.c[j]));
      }
      s.squashed = s.c.clone();
      if (memory != null) {
        s.normalized.add(memory.norm.forward(s.squashed));
        ReferenceWeights.add(s.squashed, memory.bias);
      }
      for (int j = 0; j < H; j++) {
        s.squashed[j] = Math.tanh(s.squashed[j]);
        s.m[j] = s.gates[3 * H + j] * s.squashed[j];
      }
    }

    @Override
    public void backward(Step s, double[] dm, double[] dc) {
      int H = dm.length;
      s.dInput = new double[gates() * H];
      s.dhPrevious = new double[H];
      s.dcPrevious = new double[H];
      double[] dMemory = new double[H];
      for (int j = 0; j < H; j++)
        dMemory[j] = dm[j] * s.gates[3 * H + j] * (1 - s.squashed[j] * s.squashed[j]);
      if (memory != null) {
        ReferenceWeights.add(memory.dBias, dMemory);
        memory.norm.backward(s.normalized.get(s.normalized.size() - 1), dMemory);
      }
      for (int j = 0; j < H; j++) {
        double i = s.gates[j], f = s.gates[H + j], g = s.gates[2 * H + j], o = s.gates[3 * H + j];
        double dCell = dc[j] + dMemory[j];
        dCell += gateGradient(s, 3, j, H, dm[j] * s.squashed[j] * o * (1 - o), s.c[j]);
        s.dInput[place(2) * H + j] = dCell * i * (1 - g * g);
        s.dcPrevious[j] = dCell * f;
        double di = dCell * g, df = dCell * s.cPrevious[j];
        if (place(0) < 0) df -= di;
        if (place(1) < 0) di -= df;
        if (place(0) >= 0)
          s.dcPrevious[j] += gateGradient(s, 0, j, H, di * i * (1 - i), s.cPrevious[j]);
        if (place(1) >= 0)
          s.dcPrevious[j] += gateGradient(s, 1, j, H, df * f * (1 - f), s.cPrevious[j]);
      }
      s.dRecurrent = s.dInput;
    }

    /** Stores the gradient of a gate's sum, adds that of its peephole, and returns that of the memory it sees. */
    private double gateGradient(Step s, int gate, int j, int H, double d, double seen) {
      s.dInput[place(gate) * H + j] = d;
      if (peephole == null) return 0;
      dPeephole[hole(gate) * H + j] += d * seen;
      return d * peephole[hole(gate) * H + j];
    }
  }

  /**
   * h = (1-z)·n + z·h' with n = tanh(a + r·(h'·U + its bias)), with n = tanh(a + (r·h')·U), or with n = tanh(a + h'·U). With the reset before the product {@code dRecurrent} of the reset gate is
   * the layer's to find.
   */
  record Gru(Reset reset) implements ReferenceCell {
    @Override
    public int gates() {
      return reset == Reset.NONE ? 2 : 3;
    }

    @Override
    public boolean hasRecurrentBias() {
      return reset == Reset.AFTER;
    }

    @Override
    public void forward(Step s, double[] a, double[] r, double[] recurrentBias) {
      int H = s.hPrevious.length, update = (gates() - 2) * H, candidate = update + H;
      s.gates = new double[gates() * H];
      s.candidate = new double[H];
      s.m = new double[H];
      s.c = new double[H];
      for (int j = 0; j < H; j++) {
        double open = 1;
        if (reset != Reset.NONE) s.gates[j] = sigmoid(a[j] + r[j]);
        if (reset == Reset.AFTER) open = s.gates[j];
        double z = sigmoid(a[update + j] + r[update + j]);
        s.candidate[j] = r[candidate + j] + (reset == Reset.AFTER ? recurrentBias[j] : 0);
        double n = Math.tanh(a[candidate + j] + open * s.candidate[j]);
        s.gates[update + j] = z;
        s.gates[candidate + j] = n;
        s.m[j] = (1 - z) * n + z * s.hPrevious[j];
      }
    }

    @Override
    public void backward(Step s, double[] dm, double[] dc) {
      int H = dm.length, update = (gates() - 2) * H, candidate = update + H;
      s.dInput = new double[gates() * H];
      s.dRecurrent = new double[gates() * H];
      s.dhPrevious = new double[H];
      s.dcPrevious = new double[H];
      for (int j = 0; j < H; j++) {
        double z = s.gates[update + j], n = s.gates[candidate + j];
        double dn = dm[j] * (1 - z) * (1 - n * n);
        double dz = dm[j] * (s.hPrevious[j] - n) * z * (1 - z);
        s.dInput[update + j] = s.dRecurrent[update + j] = dz;
        s.dInput[candidate + j] = s.dRecurrent[candidate + j] = dn;
        s.dhPrevious[j] = dm[j] * z;
        if (reset != Reset.AFTER) continue;
        double open = s.gates[j];
        s.dInput[j] = s.dRecurrent[j] = dn * s.candidate[j] * open * (1 - open);
        s.dRecurrent[candidate + j] = dn * open;
      }
    }
  }
}
