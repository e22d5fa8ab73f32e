package dev.sluice.testing;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Decoder;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Looking;
import dev.sluice.network.Parameters;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The second implementation of an encoder and its decoder: one pair at a time, symbol by symbol, in double, from the formulas. It has no way back: its gradient is that of differences of the loss. The
 * names of the weights are those of {@link Block}.
 */
public final class ReferenceTransducer {
  private static final int FIRST_MASK = 64;

  private final Encoder encoder;
  private final Decoder shape;
  private final ReferenceNetwork reader;
  private final ReferenceWeights weights = new ReferenceWeights();
  private final List<ReferenceLayer> layers = new ArrayList<>();
  private final double smoothing;

  /**
   * A transducer with all weights zero.
   *
   * @param smoothing the share of the target that is spread over all symbols
   */
  public ReferenceTransducer(NetworkShape shape, double smoothing) {
    this.smoothing = smoothing;
    encoder = shape.encoder();
    this.shape = shape.decoder().orElseThrow();
    reader = new ReferenceNetwork(NetworkShape.tagger(shape.inputs(), encoder, 1));
    int W = encoder.width(), P = this.shape.width(), D = this.shape.dimension();
    weights.add("decoder.symbols", this.shape.symbols() + 1, D);
    for (int l = 0; l < this.shape.layers(); l++) {
      CellConfig cell = this.shape.cells().get(l);
      int H = this.shape.widths().get(l);
      String name = "decoder." + l;
      layers.add(new ReferenceLayer(weights, name, cell, D, H, false, List.of(), false));
      D = this.shape.outputs(l);
      addLinear(name + ".start", W, order(cell) * D);
      if (cell instanceof CellConfig.Lstm) addLinear(name + ".start-memory", W, H);
    }
    String name = "decoder.attention.";
    switch (this.shape.looking()) {
      case NONE, DOT -> {}
      case GENERAL -> weights.add(name + "query.weight", P, W);
      case ADDITIVE -> {
        weights.add(name + "query.weight", P, P);
        addLinear(name + "key", W, P);
        weights.add(name + "weigher", 1, P);
      }
    }
    if (this.shape.looking() != Looking.NONE) weights.add(name + "mix.weight", W + P, P);
    addLinear("decoder.output", P, this.shape.symbols());
  }

  private void addLinear(String name, int inputs, int outputs) {
    weights.add(name + ".weight", inputs, outputs);
    weights.add(name + ".bias", 1, outputs);
  }

  private static int order(CellConfig cell) {
    return cell instanceof CellConfig.Rnn rnn ? rnn.order() : 1;
  }

  /** The names of all matrices that matter. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(reader.weights().names());
    names.removeIf(name -> name.startsWith("tokens."));
    names.addAll(weights.names());
    return names;
  }

  /** The matrix of a name. */
  public double[][] of(String name) {
    return weights.names().contains(name) ? weights.of(name) : reader.weights().of(name);
  }

  /** Every weight a normal number times a scale, exact in float. */
  public void randomise(SplittableRandom random, double size) {
    for (String name : names()) {
      double scale = size / Math.sqrt(of(name).length);
      for (double[] row : of(name)) {
        for (int j = 0; j < row.length; j++) row[j] = (float) (Seeds.gaussian(random) * scale);
      }
    }
  }

  /** Gives the engine's network the same weights. */
  public void copyTo(Network network) {
    Parameters p = network.parameters();
    for (Block b : p.blocks()) b.fill(p.dense(), flat(of(b.name())));
    for (Parameters.Table t : p.tables()) t.block().fill(t.values(), flat(of(t.block().name())));
  }

  private static float[] flat(double[][] rows) {
    float[] x = new float[rows.length * rows[0].length];
    int to = 0;
    for (double[] row : rows) {
      for (double v : row) x[to++] = (float) v;
    }
    return x;
  }

  private double[] linear(String name, double[] x) {
    double[] y = weights.of(name + ".bias")[0].clone();
    ReferenceWeights.addProduct(y, x, weights.of(name + ".weight"));
    return y;
  }

  private static void squash(double[] x) {
    for (int j = 0; j < x.length; j++) x[j] = Math.tanh(x[j]);
  }

  /** What a source ends with. */
  private double[] ends(double[][] top) {
    double[] ends = top[top.length - 1].clone();
    int P = encoder.outputs(encoder.layers() - 1);
    if (encoder.bidirectional()) System.arraycopy(top[0], P, ends, P, P);
    return ends;
  }

  /** The scores of the symbols of a target, [T][V]. */
  public double[][] scores(Example pair, Dropping drop) {
    double[][] top = reader.top(pair, drop);
    double[] ends = ends(top);
    int T = pair.target().length;
    double[] inputMask = mask(shape.dimension(), drop, Purpose.DROP_INPUT, FIRST_MASK, pair);
    double[][] x = new double[T][];
    for (int t = 0; t < T; t++) {
      int before = t == 0 ? shape.symbols() : pair.target()[t - 1];
      x[t] = ReferenceWeights.product(weights.of("decoder.symbols")[before], inputMask);
    }
    for (int l = 0; l < layers.size(); l++) {
      CellConfig cell = shape.cells().get(l);
      int P = shape.outputs(l);
      double[] flat = linear("decoder." + l + ".start", ends);
      squash(flat);
      double[][] start = new double[order(cell)][];
      Arrays.setAll(start, i -> Arrays.copyOfRange(flat, i * P, (i + 1) * P));
      double[] memory = new double[shape.widths().get(l)];
      if (cell instanceof CellConfig.Lstm) {
        memory = linear("decoder." + l + ".start-memory", ends);
        squash(memory);
      }
      Step[] steps = layers.get(l).forward(x, start, memory);
      double[] layerMask = mask(P, drop, Purpose.DROP_LAYER, FIRST_MASK + l, pair);
      for (int t = 0; t < T; t++) x[t] = ReferenceWeights.product(steps[t].h, layerMask);
    }
    double[] outMask =
        mask(shape.width(), drop, Purpose.DROP_LAYER, FIRST_MASK + layers.size(), pair);
    double[][] scores = new double[T][];
    for (int t = 0; t < T; t++) {
      double[] out =
          shape.looking() == Looking.NONE
              ? x[t]
              : ReferenceWeights.product(attentional(top, x[t]), outMask);
      scores[t] = linear("decoder.output", out);
    }
    return scores;
  }

  private static double[] mask(
      int width, Dropping drop, Purpose purpose, int number, Example pair) {
    return ReferenceNetwork.mask(width, drop.decoder(), drop, purpose, number, pair.id());
  }

  private double[] attentional(double[][] top, double[] h) {
    double[] share = new double[top.length];
    double most = Double.NEGATIVE_INFINITY, sum = 0;
    for (int s = 0; s < share.length; s++) {
      share[s] = score(top[s], h);
      most = Math.max(most, share[s]);
    }
    for (int s = 0; s < share.length; s++) {
      share[s] = Math.exp(share[s] - most);
      sum += share[s];
    }
    double[] joined = Arrays.copyOf(new double[top[0].length], top[0].length + h.length);
    System.arraycopy(h, 0, joined, top[0].length, h.length);
    for (int s = 0; s < share.length; s++) {
      for (int j = 0; j < top[s].length; j++) joined[j] += share[s] / sum * top[s][j];
    }
    double[] out = new double[h.length];
    ReferenceWeights.addProduct(out, joined, weights.of("decoder.attention.mix.weight"));
    squash(out);
    return out;
  }

  private double score(double[] e, double[] h) {
    double[] asked = h;
    if (shape.looking() != Looking.DOT) {
      double[][] query = weights.of("decoder.attention.query.weight");
      asked = new double[query[0].length];
      ReferenceWeights.addProduct(asked, h, query);
    }
    double[] with = e;
    if (shape.looking() == Looking.ADDITIVE) {
      ReferenceWeights.add(asked, linear("decoder.attention.key", e));
      squash(asked);
      with = weights.of("decoder.attention.weigher")[0];
    }
    double sum = 0;
    for (int j = 0; j < with.length; j++) sum += asked[j] * with[j];
    return sum;
  }

  /** The loss of some pairs, summed over all symbols of their targets. */
  public double loss(List<Example> pairs, Dropping drop) {
    double loss = 0;
    for (Example pair : pairs) {
      double[][] scores = scores(pair, drop);
      for (int t = 0; t < scores.length; t++) {
        double sum = 0, mean = 0;
        for (double s : scores[t]) {
          sum += Math.exp(s);
          mean += s / scores[t].length;
        }
        double right = scores[t][pair.target()[t]];
        loss += Math.log(sum) - (1 - smoothing) * right - smoothing * mean;
      }
    }
    return loss;
  }
}
