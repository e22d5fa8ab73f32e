package dev.sluice.testing;

import static dev.sluice.testing.ReferenceWeights.product;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.network.Block;
import dev.sluice.network.Dropping;
import dev.sluice.network.EncoderConfig.Activation;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.Parameters;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The second implementation of a network: one sentence at a time, in double, with plain loops from the formulas and a backward pass of its own. It shares
 * no arithmetic with the engine; the names of the weights are those of {@link Block}.
 */
public final class ReferenceNetwork {
  private final NetworkShape shape;
  private final ReferenceWeights weights = new ReferenceWeights();
  private final ReferenceLayer[][] layers; // [layer][direction]

  /** A network with all weights zero. */
  public ReferenceNetwork(NetworkShape shape) {
    this.shape = shape;
    for (Input input : shape.inputs()) {
      if (!input.oneHot()) weights.add(table(input), input.vocabulary(), input.dimension());
    }
    ReferenceCell cell =
        switch (shape.cell()) {
          case RNN -> new ReferenceCell.Elman(shape.activation());
          case LSTM -> new ReferenceCell.Lstm();
          case GRU -> new ReferenceCell.Gru();
        };
    layers = new ReferenceLayer[shape.widths().size()][shape.directions()];
    int D = shape.inputWidth();
    for (int l = 0; l < layers.length; l++) {
      int H = shape.widths().get(l);
      for (int d = 0; d < layers[l].length; d++) {
        String name = "encoder." + l + (d == 0 ? ".forward" : ".backward");
        List<String> oneHot = l > 0 ? List.of() : oneHot(name, cell.gates() * H);
        layers[l][d] = new ReferenceLayer(weights, name, cell, D, H, d == 1, oneHot);
      }
      D = H * shape.directions();
    }
    weights.add("output.weight", D, shape.labels());
    weights.add("output.bias", 1, shape.labels());
  }

  private static String table(Input input) {
    return "input." + input.name();
  }

  private List<String> oneHot(String layer, int columns) {
    for (Input i : shape.inputs()) {
      if (i.oneHot()) weights.add(layer + ".input." + i.name(), i.vocabulary(), columns);
    }
    return shape.inputs().stream()
        .map(i -> i.oneHot() ? layer + ".input." + i.name() : "")
        .toList();
  }

  /** The weights and their gradients. */
  public ReferenceWeights weights() {
    return weights;
  }

  /** Every weight, biases too, a normal number times a scale; a matrix of many rows has smaller ones, so that no state explodes. */
  public void randomise(SplittableRandom random, double size) {
    for (String name : weights.names()) {
      double scale = size / Math.sqrt(weights.of(name).length);
      for (double[] row : weights.of(name)) {
        for (int j = 0; j < row.length; j++)
          row[j] = (float) (Seeds.gaussian(random) * scale); // exact in the engine as well
      }
    }
  }

  /** Gives the engine's network the same weights. */
  public void copyTo(Network network) {
    Parameters p = network.parameters();
    for (Block b : p.blocks()) b.fill(p.dense(), flat(weights.of(b.name())));
    for (Parameters.Table t : p.tables())
      t.block().fill(t.values(), flat(weights.of(t.block().name())));
  }

  private static float[] flat(double[][] rows) {
    float[] x = new float[rows.length * rows[0].length];
    int to = 0;
    for (double[] row : rows) {
      for (double v : row) x[to++] = (float) v;
    }
    return x;
  }

  /** Everything one sentence leaves behind on its way forward. */
  private static final class Pass {
    double[] inputMask;
    double[][] recurrentMasks; // per layer and direction, 2·layer + direction
    double[][] layerMasks;
    Step[][][] steps; // [layer][direction][token]
    double[][] top; // what the output layer reads
    double[][] emit;
  }

  private Pass forward(Example e, Dropping drop) {
    Pass p = new Pass();
    int T = e.length(), directions = shape.directions();
    double[][] x = new double[T][shape.inputWidth()];
    p.inputMask = mask(shape.inputWidth(), drop.input(), drop, Purpose.DROP_INPUT, 0, e.id());
    for (int t = 0; t < T; t++) {
      int column = 0;
      for (int k = 0; k < shape.inputs().size(); k++) {
        Input input = shape.inputs().get(k);
        if (input.oneHot()) continue;
        double[] row = weights.of(table(input))[e.inputs()[k][t]];
        for (double v : row) x[t][column] = v * p.inputMask[column++];
      }
    }
    p.steps = new Step[layers.length][directions][];
    p.recurrentMasks = new double[layers.length * 2][];
    p.layerMasks = new double[layers.length][];
    for (int l = 0; l < layers.length; l++) {
      int H = shape.widths().get(l);
      p.layerMasks[l] = mask(H * directions, drop.layer(), drop, Purpose.DROP_LAYER, l, e.id());
      double[][] out = new double[T][H * directions];
      for (int d = 0; d < directions; d++) {
        int number = 2 * l + d;
        p.recurrentMasks[number] =
            mask(H, drop.recurrent(), drop, Purpose.DROP_RECURRENT, number, e.id());
        p.steps[l][d] = layers[l][d].forward(x, e.inputs(), p.recurrentMasks[number]);
        for (int t = 0; t < T; t++) {
          for (int j = 0; j < H; j++) {
            out[t][d * H + j] = p.steps[l][d][t].h[j] * p.layerMasks[l][d * H + j];
          }
        }
      }
      x = out;
    }
    p.top = shape.pooling() == null ? x : new double[][] {pool(x)};
    p.emit = new double[p.top.length][];
    for (int r = 0; r < p.top.length; r++) {
      p.emit[r] = weights.of("output.bias")[0].clone();
      ReferenceWeights.addProduct(p.emit[r], p.top[r], weights.of("output.weight"));
    }
    return p;
  }

  private static double[] mask(
      int width, double rate, Dropping drop, Purpose purpose, int number, long id) {
    double[] m = new double[width];
    long stream = Noise.stream(drop.seed(), purpose, drop.epoch(), number, id);
    for (int j = 0; j < width; j++) m[j] = Noise.uniform(stream, j) < rate ? 0 : 1 / (1 - rate);
    return m;
  }

  private double[] pool(double[][] x) {
    int T = x.length, W = x[0].length, H = W / shape.directions();
    double[] pooled = new double[W];
    for (int j = 0; j < W; j++) {
      if (shape.pooling() == Pooling.LAST) pooled[j] = j < H ? x[T - 1][j] : x[0][j];
      else for (double[] row : x) pooled[j] += row[j] / T;
    }
    return pooled;
  }

  private double[][] unpool(double[] d, int T) {
    int W = d.length, H = W / shape.directions();
    double[][] dx = new double[T][W];
    for (int j = 0; j < W; j++) {
      if (shape.pooling() == Pooling.LAST) dx[j < H ? T - 1 : 0][j] = d[j];
      else for (double[] row : dx) row[j] = d[j] / T;
    }
    return dx;
  }

  /** The label scores of a sentence, [T or 1][L]. */
  public double[][] emissions(Example e, Dropping drop) {
    return forward(e, drop).emit;
  }

  /** Cross entropy summed over the sentence. */
  public double loss(Example e, Dropping drop) {
    return loss(e, forward(e, drop).emit);
  }

  /** The loss of several sentences. */
  public double loss(List<Example> examples, Dropping drop) {
    double sum = 0;
    for (Example e : examples) sum += loss(e, drop);
    return sum;
  }

  private double loss(Example e, double[][] emit) {
    double loss = 0;
    for (int r = 0; r < emit.length; r++) {
      int label = label(e, r);
      if (label >= 0) loss -= Math.log(softmax(emit[r])[label]);
    }
    return loss;
  }

  private int label(Example e, int row) {
    return shape.pooling() == null ? e.labels()[row] : e.label();
  }

  private static double[] softmax(double[] x) {
    double[] p = new double[x.length];
    double max = Arrays.stream(x).max().orElseThrow(), sum = 0;
    for (int j = 0; j < x.length; j++) sum += p[j] = Math.exp(x[j] - max);
    for (int j = 0; j < x.length; j++) p[j] /= sum;
    return p;
  }

  /** Sets the gradients of all weights to those of the loss of some sentences, and returns the loss. */
  public double gradient(List<Example> examples, Dropping drop) {
    weights.clearGradients();
    double sum = 0;
    for (Example e : examples) sum += addGradient(e, drop);
    return sum;
  }

  private double addGradient(Example e, Dropping drop) {
    Pass p = forward(e, drop);
    double[][] dTop = new double[p.top.length][p.top[0].length];
    for (int r = 0; r < p.emit.length; r++) {
      if (label(e, r) < 0) continue;
      double[] dEmit = softmax(p.emit[r]);
      dEmit[label(e, r)] -= 1;
      ReferenceWeights.add(weights.gradient("output.bias")[0], dEmit);
      ReferenceWeights.addOuter(weights.gradient("output.weight"), p.top[r], dEmit);
      ReferenceWeights.addTransposed(dTop[r], weights.of("output.weight"), dEmit);
    }
    int T = e.length();
    double[][] dOut = shape.pooling() == null ? dTop : unpool(dTop[0], T);
    for (int l = layers.length - 1; l >= 0; l--) {
      int H = shape.widths().get(l);
      double[][] dx = new double[T][l == 0 ? shape.inputWidth() : shape.outputWidth(l - 1)];
      for (int d = 0; d < shape.directions(); d++) {
        double[][] dh = new double[T][H];
        for (int t = 0; t < T; t++) {
          for (int j = 0; j < H; j++) dh[t][j] = dOut[t][d * H + j] * p.layerMasks[l][d * H + j];
        }
        layers[l][d].backward(p.steps[l][d], dh, p.recurrentMasks[2 * l + d], dx);
      }
      dOut = dx;
    }
    for (int t = 0; t < T; t++) {
      double[] d = product(dOut[t], p.inputMask);
      int column = 0;
      for (int k = 0; k < shape.inputs().size(); k++) {
        Input input = shape.inputs().get(k);
        if (input.oneHot()) continue;
        double[] g = weights.gradient(table(input))[e.inputs()[k][t]];
        for (int j = 0; j < g.length; j++) g[j] += d[column++];
      }
    }
    return loss(e, p.emit);
  }

  /** How close any rectified sum comes to its kink, where no derivative exists; infinite without rectifiers. */
  public double distanceToKink(List<Example> examples, Dropping drop) {
    double nearest = Double.POSITIVE_INFINITY;
    if (shape.activation() != Activation.RELU) return nearest;
    for (Example e : examples) {
      for (Step[][] layer : forward(e, drop).steps) {
        for (Step[] direction : layer) {
          for (Step s : direction) {
            for (double sum : s.gates) nearest = Math.min(nearest, Math.abs(sum));
          }
        }
      }
    }
    return nearest;
  }
}
