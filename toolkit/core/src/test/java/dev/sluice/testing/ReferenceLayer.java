package dev.sluice.testing;

import dev.sluice.testing.ReferenceCell.Step;
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

  ReferenceLayer(
      ReferenceWeights weights,
      String name,
      ReferenceCell cell,
      int D,
      int H,
      boolean backward,
      List<String> oneHot) {
    this.weights = weights;
    this.name = name;
    this.cell = cell;
    this.H = H;
    this.backward = backward;
    this.oneHot = oneHot;
    dense = D > 0;
    if (dense) weights.add(name + ".input", D, cell.gates() * H);
    weights.add(name + ".recurrent", H, cell.gates() * H);
    weights.add(name + ".bias", 1, cell.gates() * H);
    if (cell.hasRecurrentBias()) weights.add(name + ".recurrent-bias", 1, H);
  }

  /**
   * The steps of all tokens, in the order of the sentence.
   *
   * @param x the input vectors, [T][D]
   * @param ids the ids of each token, [inputs][T]; none above the first layer
   * @param mask what the previous state is multiplied by on its way into the recurrent product
   */
  Step[] forward(double[][] x, int[][] ids, double[] mask) {
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
      double[] a = weights.of(name + ".bias")[0].clone();
      if (dense) ReferenceWeights.addProduct(a, s.x, weights.of(name + ".input"));
      for (int k = 0; k < oneHot.size(); k++) {
        if (oneHot.get(k).isEmpty()) continue;
        ReferenceWeights.add(a, weights.of(oneHot.get(k))[s.ids[k]]);
      }
      double[] r = new double[cell.gates() * H];
      ReferenceWeights.addProduct(r, s.hIn, weights.of(name + ".recurrent"));
      cell.forward(
          s, a, r, cell.hasRecurrentBias() ? weights.of(name + ".recurrent-bias")[0] : null);
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
      ReferenceWeights.addOuter(weights.gradient(name + ".recurrent"), s.hIn, s.dRecurrent);
      if (cell.hasRecurrentBias()) {
        double[] g = weights.gradient(name + ".recurrent-bias")[0];
        for (int j = 0; j < H; j++) g[j] += s.dRecurrent[2 * H + j];
      }
      for (int k = 0; k < oneHot.size(); k++) {
        if (oneHot.get(k).isEmpty()) continue;
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
}
