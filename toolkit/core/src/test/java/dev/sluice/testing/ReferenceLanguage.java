package dev.sluice.testing;

import dev.sluice.batch.Passage;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.Arrays;
import java.util.List;

/** The layers of a language model over one passage, in double; what a token gets is the state where it ends. */
final class ReferenceLanguage {
  private final ReferenceWeights weights;
  private final Encoder encoder;
  private final String symbols; // null when one-hot
  private final int D;
  private final ReferenceLayer[] layers;
  private final ReferenceShortcut[] shortcuts;

  /** What a passage leaves behind on its way forward. */
  static final class Pass {
    private final double[][][] inputs; // [layer][symbol]
    private final double[][][] states; // [layer][symbol]
    private final Step[][] steps;
    private double[][] top;

    private Pass(int layers) {
      inputs = new double[layers][][];
      states = new double[layers][][];
      steps = new Step[layers][];
    }

    /** The vector of a token. */
    double[] at(Passage passage, int token) {
      return top[passage.ends()[token]];
    }
  }

  ReferenceLanguage(ReferenceWeights weights, Input.States shape) {
    this.weights = weights;
    encoder = shape.encoder();
    String prefix = "input." + shape.name() + ".";
    D = shape.symbols().width();
    symbols = D == 0 ? null : prefix + "input." + shape.symbols().name();
    if (symbols != null) weights.add(symbols, shape.vocabulary(), D);
    layers = new ReferenceLayer[encoder.layers()];
    shortcuts = new ReferenceShortcut[layers.length];
    for (int l = 0; l < layers.length; l++) {
      CellConfig cell = encoder.cells().get(l);
      int H = encoder.widths().get(l), inputs = l == 0 ? D : encoder.width(l - 1);
      String name = prefix + "encoder." + l + ".forward";
      String oneHot = l > 0 || D > 0 ? "" : name + ".input." + shape.symbols().name();
      int gates = ReferenceCell.of(cell, new ReferenceWeights(), "", 1).gates();
      if (!oneHot.isEmpty()) weights.add(oneHot, shape.vocabulary(), gates * H);
      List<String> matrices = oneHot.isEmpty() ? List.of() : List.of(oneHot);
      layers[l] =
          new ReferenceLayer(weights, name, cell, inputs, H, false, matrices, encoder.layerNorm());
      shortcuts[l] =
          new ReferenceShortcut(
              weights,
              l == 0 ? Connection.NONE : encoder.connection(),
              prefix + "encoder." + l,
              inputs,
              encoder.width(l));
    }
  }

  private double[] undropped(int layer) {
    double[] ones = new double[encoder.width(layer)];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The ids of a passage as a first layer reads them. */
  private int[][] ids(Passage passage, int layer) {
    return layer == 0 && symbols == null
        ? new int[][] {passage.symbols().inputs()[0]}
        : new int[0][];
  }

  Pass forward(Passage passage) {
    int[] ids = passage.symbols().inputs()[0];
    double[][] x = new double[ids.length][];
    for (int s = 0; s < ids.length; s++)
      x[s] = symbols == null ? new double[0] : weights.of(symbols)[ids[s]];
    Pass p = new Pass(layers.length);
    for (int l = 0; l < layers.length; l++) {
      p.inputs[l] = x;
      p.steps[l] = layers[l].forward(x, ids(passage, l), undropped(l));
      p.states[l] = Arrays.stream(p.steps[l]).map(s -> s.h).toArray(double[][]::new);
      double[][] out = new double[ids.length][];
      for (int s = 0; s < out.length; s++) out[s] = shortcuts[l].forward(p.states[l][s], x[s]);
      x = out;
    }
    p.top = x;
    return p;
  }

  /** Adds the gradients of the weights from that of each token's vector, {@code d} [T][W]. */
  void backward(Passage passage, Pass p, double[][] d) {
    int[] ids = passage.symbols().inputs()[0];
    double[][] dOut = new double[ids.length][encoder.width()];
    for (int t = 0; t < d.length; t++) ReferenceWeights.add(dOut[passage.ends()[t]], d[t]);
    for (int l = layers.length - 1; l >= 0; l--) {
      double[][] dx = new double[ids.length][l == 0 ? D : encoder.width(l - 1)];
      double[][] dh = new double[ids.length][];
      for (int s = 0; s < dh.length; s++)
        dh[s] = shortcuts[l].backward(p.states[l][s], p.inputs[l][s], dOut[s], dx[s]);
      layers[l].backward(p.steps[l], dh, undropped(l), dx);
      dOut = dx;
    }
    for (int s = 0; symbols != null && s < ids.length; s++)
      ReferenceWeights.add(weights.gradient(symbols)[ids[s]], dOut[s]);
  }

  /** Whether a normalisation turns over on a small change. */
  boolean isSteep(Pass p) {
    return Arrays.stream(p.steps)
        .flatMap(Arrays::stream)
        .anyMatch(s -> s.normalized.stream().anyMatch(ReferenceNorm::isSteep));
  }
}
