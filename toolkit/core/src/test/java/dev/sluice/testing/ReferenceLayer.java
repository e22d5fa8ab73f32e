package dev.sluice.testing;

import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.CellConfig.Reset;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One direction of one recurrent layer over one sentence, token by token, in double. */
final class ReferenceLayer implements ReferenceDirection {
  private final ReferenceCell cell;
  private final int H; // units
  private final int P; // outputs
  private final int order; // how many states recur
  private final boolean backward;
  private final ReferenceWeights weights;
  private final String name;
  private final List<String> oneHot; // per input the name of its matrix, "" for an embedding
  private final boolean dense; // whether there are vectors to multiply with
  private final boolean learned; // whether the first states are weights
  private final List<ReferenceNorm> inputNorms = new ArrayList<>();
  private final List<ReferenceNorm> recurrentNorms = new ArrayList<>();
  private final ReferenceNorm sumNorm; // of a simple recurrent network

  ReferenceLayer(
      ReferenceWeights weights,
      String name,
      CellConfig config,
      int D,
      int H,
      boolean backward,
      List<String> oneHot,
      boolean normalized) {
    this.weights = weights;
    this.name = name;
    this.H = H;
    this.backward = backward;
    this.oneHot = oneHot;
    P = config.outputs(H);
    order = config instanceof CellConfig.Rnn rnn ? rnn.order() : 1;
    learned = config.initialState() == InitialState.LEARNED;
    dense = D > 0;
    ReferenceCell plain = ReferenceCell.of(config, weights, name, H);
    int wide = plain.gates() * H;
    if (dense) weights.add(name + ".input", D, wide);
    for (int lag = 1; lag <= order; lag++) weights.add(recurrent(lag), P, wide);
    weights.add(name + ".bias", 1, wide);
    if (plain.hasRecurrentBias()) weights.add(name + ".recurrent-bias", 1, H);
    if (P < H) weights.add(name + ".projection", H, P);
    if (learned) weights.add(name + ".initial", order, P);
    if (learned && plain instanceof ReferenceCell.Lstm) weights.add(memory(), 1, H);
    sumNorm = normalized && plain instanceof ReferenceCell.Elman ? norm(".gain", 0, H) : null;
    if (normalized && sumNorm == null) {
      int last = plain.gates() - 1;
      boolean gru = plain instanceof ReferenceCell.Gru;
      int[] starts = gru ? new int[] {0, last} : new int[] {0};
      int[] ends = gru ? new int[] {last, last + 1} : new int[] {last + 1};
      for (int i = 0; i < starts.length; i++) {
        inputNorms.add(norm(".input-gain", starts[i], (ends[i] - starts[i]) * H));
        recurrentNorms.add(norm(".recurrent-gain", starts[i], (ends[i] - starts[i]) * H));
      }
    }
    if (sumNorm != null) weights.add(name + ".gain", 1, H);
    for (String gain : List.of(".input-gain", ".recurrent-gain"))
      if (!inputNorms.isEmpty()) weights.add(name + gain, 1, wide);
    if (normalized && plain instanceof ReferenceCell.Lstm lstm) {
      weights.add(name + ".memory-gain", 1, H);
      weights.add(name + ".memory-bias", 1, H);
      cell =
          lstm.normalized(
              new ReferenceCell.MemoryNorm(
                  norm(".memory-gain", 0, H),
                  weights.of(name + ".memory-bias")[0],
                  weights.gradient(name + ".memory-bias")[0]));
    } else {
      cell = plain;
    }
  }

  private String recurrent(int lag) {
    return name + ".recurrent" + (lag == 1 ? "" : "-" + lag);
  }

  private String memory() {
    return name + ".initial-memory";
  }

  private ReferenceNorm norm(String gain, int gate, int n) {
    return new ReferenceNorm(weights, name + gain, gate * H, n);
  }

  private boolean resetsBefore() {
    return cell instanceof ReferenceCell.Gru gru && gru.reset() == Reset.BEFORE;
  }

  @Override
  public Step[] forward(double[][] x, int[][] ids, double[] mask, int nudged, double[] by) {
    double[][] start = learned ? weights.of(name + ".initial") : new double[order][P];
    double[] c =
        weights.names().contains(memory()) ? weights.of(memory())[0].clone() : new double[H];
    return forward(x, ids, mask, nudged, by, start, c);
  }

  /** Without dropout and one-hot inputs, from given states before the first token, the nearest first. */
  Step[] forward(double[][] x, double[][] start, double[] startMemory) {
    double[] ones = new double[P];
    Arrays.fill(ones, 1);
    return forward(x, new int[0][], ones, -1, new double[P], start, startMemory);
  }

  private Step[] forward(
      double[][] x,
      int[][] ids,
      double[] mask,
      int nudged,
      double[] by,
      double[][] start,
      double[] startMemory) {
    int T = x.length;
    Step[] steps = new Step[T];
    double[][] states = new double[order + T][P]; // those before the first token, the nearest last
    for (int i = 0; i < order; i++) states[order - 1 - i] = start[i];
    double[] c = startMemory;
    for (int n = 0; n < T; n++) {
      int t = backward ? T - 1 - n : n;
      Step s = steps[t] = new Step();
      s.x = x[t];
      s.ids = new int[ids.length];
      for (int k = 0; k < ids.length; k++) s.ids[k] = ids[k][t];
      s.hPrevious = states[order + n - 1];
      s.cPrevious = c;
      s.hIn = new double[order][];
      double[] a = new double[cell.gates() * H], r = new double[a.length];
      for (int lag = 1; lag <= order; lag++) {
        s.hIn[lag - 1] = ReferenceWeights.product(states[order + n - lag], mask);
        ReferenceWeights.addProduct(r, s.hIn[lag - 1], weights.of(recurrent(lag)));
      }
      if (dense) ReferenceWeights.addProduct(a, s.x, weights.of(name + ".input"));
      for (int k = 0; k < oneHot.size(); k++) {
        if (oneHot.get(k).isEmpty() || s.ids[k] < 0) continue;
        ReferenceWeights.add(a, weights.of(oneHot.get(k))[s.ids[k]]);
      }
      for (ReferenceNorm norm : inputNorms) s.normalized.add(norm.forward(a));
      if (resetsBefore()) resetBefore(s, a, r);
      else for (ReferenceNorm norm : recurrentNorms) s.normalized.add(norm.forward(r));
      if (sumNorm != null) {
        ReferenceWeights.add(a, r);
        Arrays.fill(r, 0);
        s.normalized.add(sumNorm.forward(a));
      }
      ReferenceWeights.add(a, weights.of(name + ".bias")[0]);
      cell.forward(
          s, a, r, cell.hasRecurrentBias() ? weights.of(name + ".recurrent-bias")[0] : null);
      s.h = s.m.clone();
      if (P < H) {
        s.h = new double[P];
        ReferenceWeights.addProduct(s.h, s.m, weights.of(name + ".projection"));
      }
      if (t == nudged) ReferenceWeights.add(s.h, by);
      states[order + n] = s.h;
      c = s.c;
    }
    return steps;
  }

  /** Replaces the candidate's part of r by (r·h)·U; the reset gate's bias is not yet in {@code a}. */
  private void resetBefore(Step s, double[] a, double[] r) {
    if (!recurrentNorms.isEmpty()) s.normalized.add(recurrentNorms.get(0).forward(r));
    s.resetState = new double[H];
    for (int j = 0; j < H; j++) {
      double open = ReferenceCell.sigmoid(a[j] + weights.of(name + ".bias")[0][j] + r[j]);
      s.resetState[j] = open * s.hIn[0][j];
    }
    for (int j = 0; j < H; j++) {
      r[2 * H + j] = 0;
      for (int i = 0; i < H; i++)
        r[2 * H + j] += s.resetState[i] * weights.of(recurrent(1))[i][2 * H + j];
    }
    if (!recurrentNorms.isEmpty()) s.normalized.add(recurrentNorms.get(1).forward(r));
  }

  @Override
  public void backward(Step[] steps, double[][] dh, double[] mask, double[][] dx) {
    int T = steps.length;
    double[][] dStates = new double[order + T][P];
    double[] dc = new double[H];
    for (int n = T - 1; n >= 0; n--) {
      int t = backward ? T - 1 - n : n;
      Step s = steps[t];
      double[] d = dh[t].clone();
      ReferenceWeights.add(d, dStates[order + n]);
      double[] dm = d;
      if (P < H) {
        dm = new double[H];
        ReferenceWeights.addTransposed(dm, weights.of(name + ".projection"), d);
        ReferenceWeights.addOuter(weights.gradient(name + ".projection"), s.m, d);
      }
      cell.backward(s, dm, dc);
      double[] dIn = new double[P];
      if (resetsBefore()) throughTheReset(s, dIn);
      ReferenceWeights.add(weights.gradient(name + ".bias")[0], s.dInput);
      if (cell.hasRecurrentBias()) {
        double[] g = weights.gradient(name + ".recurrent-bias")[0];
        for (int j = 0; j < H; j++) g[j] += s.dRecurrent[2 * H + j];
      }
      throughTheNorms(s);
      for (int k = 0; k < oneHot.size(); k++) {
        if (oneHot.get(k).isEmpty() || s.ids[k] < 0) continue;
        ReferenceWeights.add(weights.gradient(oneHot.get(k))[s.ids[k]], s.dInput);
      }
      if (dense) {
        ReferenceWeights.addOuter(weights.gradient(name + ".input"), s.x, s.dInput);
        ReferenceWeights.addTransposed(dx[t], weights.of(name + ".input"), s.dInput);
      }
      for (int lag = 1; lag <= order; lag++) {
        if (lag > 1) dIn = new double[P];
        ReferenceWeights.addOuter(weights.gradient(recurrent(lag)), s.hIn[lag - 1], s.dRecurrent);
        ReferenceWeights.addTransposed(dIn, weights.of(recurrent(lag)), s.dRecurrent);
        ReferenceWeights.add(dStates[order + n - lag], ReferenceWeights.product(dIn, mask));
      }
      for (int j = 0; j < P; j++) dStates[order + n - 1][j] += s.dhPrevious[j];
      dc = s.dcPrevious;
    }
    for (int i = 0; learned && i < order; i++)
      ReferenceWeights.add(weights.gradient(name + ".initial")[i], dStates[order - 1 - i]);
    if (weights.names().contains(memory())) ReferenceWeights.add(weights.gradient(memory())[0], dc);
  }

  /** From the gradient of the candidate's sum to those of (r·h)·U, of the reset gate and of what h gets that way; afterwards the candidate has no other recurrent part. */
  private void throughTheReset(Step s, double[] dIn) {
    double[] d = new double[3 * H];
    System.arraycopy(s.dRecurrent, 2 * H, d, 2 * H, H);
    if (!recurrentNorms.isEmpty())
      recurrentNorms.get(1).backward(s.normalized.get(s.normalized.size() - 1), d);
    double[][] u = weights.of(recurrent(1)), g = weights.gradient(recurrent(1));
    for (int i = 0; i < H; i++) {
      double dReset = 0, open = s.gates[i];
      for (int j = 2 * H; j < 3 * H; j++) {
        g[i][j] += s.resetState[i] * d[j];
        dReset += u[i][j] * d[j];
      }
      dIn[i] = dReset * open;
      s.dInput[i] = s.dRecurrent[i] = dReset * s.hIn[0][i] * open * (1 - open);
      s.dRecurrent[2 * H + i] = 0;
    }
  }

  /** From the gradients of the normalised sums to those of the products. */
  private void throughTheNorms(Step s) {
    if (sumNorm != null) {
      sumNorm.backward(s.normalized.get(0), s.dInput);
      s.dRecurrent = s.dInput;
    }
    if (inputNorms.isEmpty()) return;
    s.dRecurrent = s.dRecurrent.clone();
    int next = 0;
    for (ReferenceNorm norm : inputNorms) norm.backward(s.normalized.get(next++), s.dInput);
    List<ReferenceNorm> left = resetsBefore() ? recurrentNorms.subList(0, 1) : recurrentNorms;
    for (ReferenceNorm norm : left) norm.backward(s.normalized.get(next++), s.dRecurrent);
  }
}
