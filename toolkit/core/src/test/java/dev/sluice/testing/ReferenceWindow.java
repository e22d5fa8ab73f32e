package dev.sluice.testing;

import dev.sluice.network.CellConfig.Window;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.List;

/** A layer of windows over one sentence, token by token, in double: h[t] = f(b + Σₒ x[t+o]·Wₒ), the sum normalised if wanted. */
final class ReferenceWindow implements ReferenceDirection {
  private final ReferenceWeights weights;
  private final String name;
  private final Window config;
  private final int H;
  private final List<String> oneHot; // per input the name of its matrix, "" for an embedding
  private final boolean dense; // whether there are vectors to multiply with
  private final ReferenceCell cell;
  private final ReferenceNorm norm; // null without layer normalisation

  ReferenceWindow(
      ReferenceWeights weights,
      String name,
      Window config,
      int D,
      int H,
      List<String> oneHot,
      boolean normalized) {
    this.weights = weights;
    this.name = name;
    this.config = config;
    this.H = H;
    this.oneHot = oneHot;
    dense = D > 0;
    cell = new ReferenceCell.Elman(config.activation());
    if (dense) weights.add(name + ".input", D, tokens(config) * H);
    weights.add(name + ".bias", 1, H);
    norm = normalized ? new ReferenceNorm(weights, name + ".gain", 0, H) : null;
    if (normalized) weights.add(name + ".gain", 1, H);
  }

  /** The tokens of a window. */
  static int tokens(Window config) {
    return config.before() + 1 + config.after();
  }

  /** The first column of an offset. */
  private int column(int offset) {
    return (offset + config.before()) * H;
  }

  /** No state enters another: only the last one, which is looked at, shows what was added to it. */
  @Override
  public Step[] forward(double[][] x, int[][] ids, double[] mask, int nudged, double[] by) {
    int T = x.length;
    Step[] steps = new Step[T];
    for (int t = 0; t < T; t++) {
      Step s = steps[t] = new Step();
      s.x = x[t];
      s.ids = new int[ids.length];
      for (int k = 0; k < ids.length; k++) s.ids[k] = ids[k][t];
      double[] sum = new double[H];
      for (int o = -config.before(); o <= config.after(); o++) {
        if (t + o < 0 || t + o >= T) continue;
        for (int i = 0; dense && i < x[t].length; i++) {
          double[] row = weights.of(name + ".input")[i];
          for (int j = 0; j < H; j++) sum[j] += x[t + o][i] * row[column(o) + j];
        }
        for (int k = 0; k < oneHot.size(); k++) {
          if (oneHot.get(k).isEmpty() || ids[k][t + o] < 0) continue;
          double[] row = weights.of(oneHot.get(k))[ids[k][t + o]];
          for (int j = 0; j < H; j++) sum[j] += row[column(o) + j];
        }
      }
      if (norm != null) s.normalized.add(norm.forward(sum));
      ReferenceWeights.add(sum, weights.of(name + ".bias")[0]);
      cell.forward(s, sum, new double[H], null);
      s.h = s.m.clone();
      if (t == nudged) ReferenceWeights.add(s.h, by);
    }
    return steps;
  }

  @Override
  public void backward(Step[] steps, double[][] dh, double[] mask, double[][] dx) {
    int T = steps.length;
    for (int t = 0; t < T; t++) {
      Step s = steps[t];
      cell.backward(s, dh[t], null);
      double[] d = s.dInput;
      ReferenceWeights.add(weights.gradient(name + ".bias")[0], d);
      if (norm != null) norm.backward(s.normalized.get(0), d);
      for (int o = -config.before(); o <= config.after(); o++) {
        if (t + o < 0 || t + o >= T) continue;
        Step other = steps[t + o];
        for (int i = 0; dense && i < other.x.length; i++) {
          double[] row = weights.of(name + ".input")[i], g = weights.gradient(name + ".input")[i];
          for (int j = 0; j < H; j++) {
            g[column(o) + j] += other.x[i] * d[j];
            dx[t + o][i] += row[column(o) + j] * d[j];
          }
        }
        for (int k = 0; k < oneHot.size(); k++) {
          if (oneHot.get(k).isEmpty() || other.ids[k] < 0) continue;
          double[] g = weights.gradient(oneHot.get(k))[other.ids[k]];
          for (int j = 0; j < H; j++) g[column(o) + j] += d[j];
        }
      }
    }
  }
}
