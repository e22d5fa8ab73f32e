package dev.sluice.testing;

import dev.sluice.testing.ReferenceCell.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One direction of one recurrent layer over one sentence, token by token, in double. */
final class ReferenceLayer {
  private final ReferenceCell cell;
  private final int H;
  private final boolean backward;
  private final ReferenceWeights weights;
  private final String name;
  private final List<String> oneHot; // per input the name of its matrix, "" for an embedding
  private final boolean dense; // whether there are vectors to multiply with
  private final List<ReferenceNorm> inputNorms = new ArrayList<>();
  private final List<ReferenceNorm> recurrentNorms = new ArrayList<>();
  private final ReferenceNorm sumNorm; // of a simple recurrent network

  ReferenceLayer(
      ReferenceWeights weights,
      String name,
      ReferenceCell cell,
      int D,
      int H,
      boolean backward,
      List<String> oneHot) {
    this(weights, name, cell, D, H, backward, oneHot, false);
  }

  ReferenceLayer(
      ReferenceWeights weights,
      String name,
      ReferenceCell cell,
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
    dense = D > 0;
    if (dense) weights.add(name + ".input", D, cell.gates() * H);
    weights.add(name + ".recurrent", H, cell.gates() * H);
    weights.add(name + ".bias", 1, cell.gates() * H);
    if (cell.hasRecurrentBias()) weights.add(name + ".recurrent-bias", 1, H);
    sumNorm = normalized && cell instanceof ReferenceCell.Elman ? norm(".gain", 0, H) : null;
    if (normalized && sumNorm == null) {
      int[] starts = cell instanceof ReferenceCell.Gru ? new int[] {0, 2} : new int[] {0};
      int[] ends = cell instanceof ReferenceCell.Gru ? new int[] {2, 3} : new int[] {4};
      for (int i = 0; i < starts.length; i++) {
        inputNorms.add(norm(".input-gain", starts[i], (ends[i] - starts[i]) * H));
        recurrentNorms.add(norm(".recurrent-gain", starts[i], (ends[i] - starts[i]) * H));
      }
    }
    if (sumNorm != null) weights.add(name + ".gain", 1, H);
    for (String gain : List.of(".input-gain", ".recurrent-gain"))
      if (!inputNorms.isEmpty()) weights.add(name + gain, 1, cell.gates() * H);
    if (normalized && cell instanceof ReferenceCell.Lstm) {
      weights.add(name + ".memory-gain", 1, H);
      weights.add(name + ".memory-bias", 1, H);
      this.cell =
          new ReferenceCell.Lstm(
              new ReferenceCell.MemoryNorm(
                  norm(".memory-gain", 0, H),
                  weights.of(name + ".memory-bias")[0],
                  weights.gradient(name + ".memory-bias")[0]));
    } else {
      this.cell = cell;
    }
  }

  private ReferenceNorm norm(String gain, int gate, int n) {
    return new ReferenceNorm(weights, name + gain, gate * H, n);
  }

  /**
   * The steps of all tokens, in the order of the sentence.
   *
   * @param x the input vectors, [T][D]
   * @param ids the ids of each token, [inputs][T]; none above the first layer; -1 where a token is dropped
   * @param mask what the previous state is multiplied by on its way into the recurrent product
   */
  Step[] forward(double[][] x, int[][] ids, double[] mask) {
    return forward(x, ids, mask, -1, new double[H]);
  }

  /** The same with something added to the state of one token before the next step sees it; to none with a token of -1. */
  Step[] forward(double[][] x, int[][] ids, double[] mask, int nudged, double[] by) {
    int T = x.length;
    Step[] steps = new Step[T];
    double[] h = new double[H], c = new double[H];
    for (int n = 0; n < T; n++) {
      int t = backward ? T - 1 - n : n;
      Step s = steps[t] = new Step();
      s.x = x[t];
      s.ids = new int[ids.length];
      for (int k = 0; k < ids.length; k++) s.ids[k] = ids[k][t];
      s.hPrevious = h;
      s.cPrevious = c;
      s.hIn = ReferenceWeights.product(h, mask);
      double[] a = new double[cell.gates() * H];
      if (dense) ReferenceWeights.addProduct(a, s.x, weights.of(name + ".input"));
      for (int k = 0; k < oneHot.size(); k++) {
        if (oneHot.get(k).isEmpty() || s.ids[k] < 0) continue;
        ReferenceWeights.add(a, weights.of(oneHot.get(k))[s.ids[k]]);
      }
      double[] r = new double[cell.gates() * H];
      ReferenceWeights.addProduct(r, s.hIn, weights.of(name + ".recurrent"));
      for (ReferenceNorm norm : inputNorms) s.normalized.add(norm.forward(a));
      for (ReferenceNorm norm : recurrentNorms) s.normalized.add(norm.forward(r));
      if (sumNorm != null) {
        ReferenceWeights.add(a, r);
        Arrays.fill(r, 0);
        s.normalized.add(sumNorm.forward(a));
      }
      ReferenceWeights.add(a, weights.of(name + ".bias")[0]);
      cell.forward(
          s, a, r, cell.hasRecurrentBias() ? weights.of(name + ".recurrent-bias")[0] : null);
      if (t == nudged) ReferenceWeights.add(s.h, by);
      h = s.h;
      c = s.c;
    }
    return steps;
  }

  /** Adds the gradients of the weights, and of the input vectors to {@code dx}, from that of every h, {@code dh} [T][H]. */
  void backward(Step[] steps, double[][] dh, double[] mask, double[][] dx) {
    int T = steps.length;
    double[] flow = new double[H], dc = new double[H];
    for (int n = T - 1; n >= 0; n--) {
      int t = backward ? T - 1 - n : n;
      Step s = steps[t];
      double[] d = dh[t].clone();
      ReferenceWeights.add(d, flow);
      cell.backward(s, d, dc);
      ReferenceWeights.add(weights.gradient(name + ".bias")[0], s.dInput);
      if (cell.hasRecurrentBias()) {
        double[] g = weights.gradient(name + ".recurrent-bias")[0];
        for (int j = 0; j < H; j++) g[j] += s.dRecurrent[2 * H + j];
      }
      throughTheNorms(s);
      ReferenceWeights.addOuter(weights.gradient(name + ".recurrent"), s.hIn, s.dRecurrent);
      for (int k = 0; k < oneHot.size(); k++) {
        if (oneHot.get(k).isEmpty() || s.ids[k] < 0) continue;
        ReferenceWeights.add(weights.gradient(oneHot.get(k))[s.ids[k]], s.dInput);
      }
      if (dense) {
        ReferenceWeights.addOuter(weights.gradient(name + ".input"), s.x, s.dInput);
        ReferenceWeights.addTransposed(dx[t], weights.of(name + ".input"), s.dInput);
      }
      double[] dIn = new double[H];
      ReferenceWeights.addTransposed(dIn, weights.of(name + ".recurrent"), s.dRecurrent);
      flow = ReferenceWeights.product(dIn, mask);
      ReferenceWeights.add(flow, s.dhPrevious);
      dc = s.dcPrevious;
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
    for (ReferenceNorm norm : recurrentNorms) norm.backward(s.normalized.get(next++), s.dRecurrent);
  }
}
