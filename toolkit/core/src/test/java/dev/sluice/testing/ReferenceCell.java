package dev.sluice.testing;

import dev.sluice.network.EncoderConfig.Activation;
import java.util.ArrayList;
import java.util.List;

/** One step of a recurrent cell in double, written from the formulas, with its own gradient. */
interface ReferenceCell {

  /** The numbers of one token in one direction; H units, G sums per unit. */
  final class Step {
    int[] ids;
    double[] x;
    double[] hIn; // the previous h as it enters U, dropped parts zero
    double[] hPrevious;
    double[] cPrevious;
    double[] gates; // [G·H]
    double[] candidate; // the recurrent part of n with its bias (GRU)
    double[] h;
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

  /** Fills gates, h and c; {@code a} is b + x·W and {@code r} is hIn·U, both [G·H]. */
  void forward(Step s, double[] a, double[] r, double[] recurrentBias);

  /** Fills the gradients of the sums and of the previous states. */
  void backward(Step s, double[] dh, double[] dc);

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** h = f(a + r). */
  record Elman(Activation activation) implements ReferenceCell {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public void forward(Step s, double[] a, double[] r, double[] recurrentBias) {
      int H = s.hPrevious.length;
      s.gates = new double[H];
      s.h = new double[H];
      s.c = new double[H];
      for (int j = 0; j < H; j++) {
        double sum = a[j] + r[j];
        s.gates[j] = sum;
        s.h[j] =
            switch (activation) {
              case TANH -> Math.tanh(sum);
              case SIGMOID -> sigmoid(sum);
              case RELU -> sum > 0 ? sum : 0;
            };
      }
    }

    @Override
    public void backward(Step s, double[] dh, double[] dc) {
      int H = dh.length;
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
        s.dInput[j] = dh[j] * slope;
      }
      s.dRecurrent = s.dInput;
    }
  }

  /** Layer normalisation of a memory, and the bias that follows it. */
  record MemoryNorm(ReferenceNorm norm, double[] bias, double[] dBias) {}

  /** c = f·c' + i·g, h = o·tanh(c), or h = o·tanh(LN(c)) with a normalisation. */
  record Lstm(MemoryNorm memory) implements ReferenceCell {
    Lstm() {
      this(null);
    }

    @Override
    public int gates() {
      return 4;
    }

    @Override
    public void forward(Step s, double[] a, double[] r, double[] recurrentBias) {
      int H = s.hPrevious.length;
      s.gates = new double[4 * H];
      s.h = new double[H];
      s.c = new double[H];
      for (int j = 0; j < H; j++) {
        double i = sigmoid(a[j] + r[j]);
        double f = sigmoid(a[H + j] + r[H + j]);
        double g = Math.tanh(a[2 * H + j] + r[2 * H + j]);
        double o = sigmoid(a[3 * H + j] + r[3 * H + j]);
        s.gates[j] = i;
        s.gates[H + j] = f;
        s.gates[2 * H + j] = g;
        s.gates[3 * H + j] = o;
        s.c[j] = f * s.cPrevious[j] + i * g;
      }
      s.squashed = s.c.clone();
      if (memory != null) {
        s.normalized.add(memory.norm.forward(s.squashed));
        ReferenceWeights.add(s.squashed, memory.bias);
      }
      for (int j = 0; j < H; j++) {
        s.squashed[j] = Math.tanh(s.squashed[j]);
        s.h[j] = s.gates[3 * H + j] * s.squashed[j];
      }
    }

    @Override
    public void backward(Step s, double[] dh, double[] dc) {
      int H = dh.length;
      s.dInput = new double[4 * H];
      s.dhPrevious = new double[H];
      s.dcPrevious = new double[H];
      double[] dMemory = new double[H];
      for (int j = 0; j < H; j++)
        dMemory[j] = dh[j] * s.gates[3 * H + j] * (1 - s.squashed[j] * s.squashed[j]);
      if (memory != null) {
        ReferenceWeights.add(memory.dBias, dMemory);
        memory.norm.backward(s.normalized.get(s.normalized.size() - 1), dMemory);
      }
      for (int j = 0; j < H; j++) {
        double i = s.gates[j], f = s.gates[H + j], g = s.gates[2 * H + j], o = s.gates[3 * H + j];
        double dCell = dc[j] + dMemory[j];
        s.dInput[j] = dCell * g * i * (1 - i);
        s.dInput[H + j] = dCell * s.cPrevious[j] * f * (1 - f);
        s.dInput[2 * H + j] = dCell * i * (1 - g * g);
        s.dInput[3 * H + j] = dh[j] * s.squashed[j] * o * (1 - o);
        s.dcPrevious[j] = dCell * f;
      }
      s.dRecurrent = s.dInput;
    }
  }

  /** h = (1-z)·n + z·h' with n = tanh(a + r·(h'·U + its bias)). */
  record Gru() implements ReferenceCell {
    @Override
    public int gates() {
      return 3;
    }

    @Override
    public boolean hasRecurrentBias() {
      return true;
    }

    @Override
    public void forward(Step s, double[] a, double[] r, double[] recurrentBias) {
      int H = s.hPrevious.length;
      s.gates = new double[3 * H];
      s.candidate = new double[H];
      s.h = new double[H];
      s.c = new double[H];
      for (int j = 0; j < H; j++) {
        double reset = sigmoid(a[j] + r[j]);
        double z = sigmoid(a[H + j] + r[H + j]);
        s.candidate[j] = r[2 * H + j] + recurrentBias[j];
        double n = Math.tanh(a[2 * H + j] + reset * s.candidate[j]);
        s.gates[j] = reset;
        s.gates[H + j] = z;
        s.gates[2 * H + j] = n;
        s.h[j] = (1 - z) * n + z * s.hPrevious[j];
      }
    }

    @Override
    public void backward(Step s, double[] dh, double[] dc) {
      int H = dh.length;
      s.dInput = new double[3 * H];
      s.dRecurrent = new double[3 * H];
      s.dhPrevious = new double[H];
      s.dcPrevious = new double[H];
      for (int j = 0; j < H; j++) {
        double reset = s.gates[j], z = s.gates[H + j], n = s.gates[2 * H + j];
        double dn = dh[j] * (1 - z) * (1 - n * n);
        double dz = dh[j] * (s.hPrevious[j] - n) * z * (1 - z);
        double dReset = dn * s.candidate[j] * reset * (1 - reset);
        s.dInput[j] = s.dRecurrent[j] = dReset;
        s.dInput[H + j] = s.dRecurrent[H + j] = dz;
        s.dInput[2 * H + j] = dn;
        s.dRecurrent[2 * H + j] = dn * reset;
        s.dhPrevious[j] = dh[j] * z;
      }
    }
  }
}
