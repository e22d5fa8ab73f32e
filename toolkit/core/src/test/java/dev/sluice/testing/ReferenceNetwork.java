package dev.sluice.testing;

import static dev.sluice.testing.ReferenceWeights.product;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Parameters;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The second implementation of a network: one sentence at a time, in double, with plain loops from the formulas and a backward pass of its own. It shares
 * no arithmetic with the engine; the names of the weights are those of {@link Block}.
 */
public final class ReferenceNetwork {
  private final NetworkShape shape;
  private final Teaching teaching;
  private final Encoder encoder;
  private final ReferenceWeights weights = new ReferenceWeights();
  private final Map<String, double[][]> frozen = new LinkedHashMap<>();
  private final List<Column> columns = new ArrayList<>();
  private final ReferenceDirection[][] layers; // [layer][direction]
  private final ReferenceShortcut[] shortcuts; // [layer]
  private final ReferenceLetters letters; // null when no input reads letters
  private int lettersAt;
  private final List<Language> languages = new ArrayList<>();
  private final ReferenceAttention attention; // null when the outputs see states alone
  private final ReferenceFeedback feedback; // null when no label is fed back
  private final ReferencePooling pooling; // null without labels of the sentence
  private final ReferenceLoss loss;

  /** A table and the columns it fills. */
  private record Column(Input.Table table, int channel, int at) {}

  /** A language model and the columns it fills. */
  private record Language(ReferenceLanguage reader, Input.States shape, int at) {}

  /** A network with all weights zero, taught plainly. */
  public ReferenceNetwork(NetworkShape shape) {
    this(shape, Teaching.PLAIN);
  }

  /** A network with all weights zero. */
  public ReferenceNetwork(NetworkShape shape, Teaching teaching) {
    this.shape = shape;
    this.teaching = teaching;
    encoder = shape.encoder();
    ReferenceLetters reader = null;
    int channel = 0, at = 0, before = 0;
    List<Input.OneHot> oneHot = new ArrayList<>();
    for (Input input : shape.inputs()) {
      if (input instanceof Input.Table t) {
        columns.add(new Column(t, channel, t.added() ? before : at));
        if (t.frozen()) frozen.put(name(t), new double[t.vocabulary()][t.dimension()]);
        else weights.add(name(t), t.vocabulary(), t.dimension());
      } else if (input instanceof Input.Characters c) {
        reader = ReferenceLetters.of(weights, c);
        lettersAt = at;
      } else if (input instanceof Input.States states) {
        ReferenceWeights own = states.tuned() ? weights : new ReferenceWeights();
        languages.add(new Language(new ReferenceLanguage(own, states), states, at));
        if (!states.tuned()) for (String name : own.names()) frozen.put(name, own.of(name));
      }
      if (input.readsIds()) {
        oneHot.add(input instanceof Input.OneHot one ? one : null);
        channel++;
      }
      if (input.width() > 0) before = at;
      at += input.width();
    }
    letters = reader;
    layers = new ReferenceDirection[encoder.layers()][encoder.directions()];
    shortcuts = new ReferenceShortcut[encoder.layers()];
    int D = shape.inputWidth();
    for (int l = 0; l < layers.length; l++) {
      int H = encoder.widths().get(l);
      CellConfig cell = encoder.cells().get(l);
      int wide = gates(cell) * H;
      for (int d = 0; d < layers[l].length; d++) {
        String name = "encoder." + l + (d == 0 ? ".forward" : ".backward");
        List<String> matrices = new ArrayList<>();
        for (Input.OneHot input : oneHot) {
          String matrix = input == null || l > 0 ? "" : name + ".input." + input.name();
          if (!matrix.isEmpty()) weights.add(matrix, input.vocabulary(), wide);
          if (l == 0) matrices.add(matrix);
        }
        layers[l][d] =
            ReferenceDirection.of(weights, name, cell, D, H, d == 1, matrices, encoder.layerNorm());
      }
      shortcuts[l] =
          new ReferenceShortcut(
              weights,
              l == 0 ? EncoderConfig.Connection.NONE : encoder.connection(),
              "encoder." + l,
              D,
              encoder.width(l));
      D = encoder.width(l);
    }
    int states = D, W = shape.topWidth();
    attention =
        encoder.attention().map(a -> new ReferenceAttention(weights, states, a)).orElse(null);
    feedback =
        shape
            .tokens()
            .flatMap(t -> t.feedback().map(f -> new ReferenceFeedback(weights, W, t.labels(), f)))
            .orElse(null);
    if (feedback == null) shape.tokens().ifPresent(t -> addLinear("tokens", W, t.labels()));
    pooling =
        shape
            .sentence()
            .map(
                s ->
                    new ReferencePooling(
                        weights,
                        s.pooling(),
                        W,
                        states / encoder.directions(),
                        encoder.directions()))
            .orElse(null);
    shape.sentence().ifPresent(s -> addLinear("sentence", W, s.labels()));
    loss = new ReferenceLoss(weights, shape, teaching);
  }

  /** The number of sums per unit, or of tokens in a window. */
  private static int gates(CellConfig cell) {
    if (cell instanceof CellConfig.Window window) return ReferenceWindow.tokens(window);
    return ReferenceCell.of(cell, new ReferenceWeights(), "", 1).gates();
  }

  private static String name(Input.Table input) {
    return "input." + input.name();
  }

  private void addLinear(String name, int inputs, int outputs) {
    weights.add(name + ".weight", inputs, outputs);
    weights.add(name + ".bias", 1, outputs);
  }

  /** By what it is taught. */
  public Teaching teaching() {
    return teaching;
  }

  /** The weights that are trained and their gradients. */
  public ReferenceWeights weights() {
    return weights;
  }

  /** Every weight, biases too, a normal number times a scale; a matrix of many rows has smaller ones, so that no state explodes. */
  public void randomise(SplittableRandom random, double size) {
    for (String name : weights.names()) randomise(weights.of(name), random, size);
    for (double[][] table : frozen.values()) randomise(table, random, size);
  }

  private static void randomise(double[][] matrix, SplittableRandom random, double size) {
    double scale = size / Math.sqrt(matrix.length);
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++)
        row[j] = (float) (Seeds.gaussian(random) * scale); // exact in the engine as well
    }
  }

  /** Gives the engine's network the same weights. */
  public void copyTo(Network network) {
    Parameters p = network.parameters();
    for (Block b : p.blocks()) b.fill(p.dense(), flat(weights.of(b.name())));
    for (Parameters.Table t : p.tables())
      t.block().fill(t.values(), flat(weights.of(t.block().name())));
    for (Parameters.Table t : p.frozen())
      t.block().fill(t.values(), flat(frozen.get(t.block().name())));
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
    boolean[] missing; // whole tokens that are dropped
    ReferenceLanguage.Pass[] languages;
    double[][] recurrentMasks; // per layer and direction, 2·layer + direction
    double[][] layerMasks;
    Step[][][] steps; // [layer][direction][token]
    double[][][] inputs; // [layer][token]
    double[][][] dropped; // output of each layer after dropout, [layer][token]
    double[][] states; // of the last layer
    double[] contextMask;
    double[][] top; // what the outputs see
    double[] pooled;
    ReferenceFeedback.Trace fedBack;
    double[][] emit; // [T][L]
    double[] intents;
  }

  private double[][] table(Input.Table t) {
    return t.frozen() ? frozen.get(name(t)) : weights.of(name(t));
  }

  private Pass forward(Example e, Dropping drop) {
    Pass p = new Pass();
    int T = e.length(), directions = encoder.directions(), width = shape.inputWidth();
    double[][] x = new double[T][width];
    p.inputMask = mask(width, drop.input(), drop, Purpose.DROP_INPUT, 0, e.id());
    p.missing = new boolean[T];
    p.languages = new ReferenceLanguage.Pass[languages.size()];
    for (int n = 0; n < p.languages.length; n++)
      p.languages[n] = languages.get(n).reader.forward(e.passages()[n]);
    long stream = Noise.stream(drop.seed(), Purpose.DROP_WORD, drop.epoch(), 0, e.id());
    for (int t = 0; t < T; t++) {
      p.missing[t] = Noise.uniform(stream, t) < drop.word();
      for (Column c : columns) {
        double[] row = table(c.table)[e.inputs()[c.channel][t]];
        for (int j = 0; j < row.length; j++) x[t][c.at + j] += row[j];
      }
      if (letters != null) {
        double[] word = letters.forward(e.spellings()[t]);
        System.arraycopy(word, 0, x[t], lettersAt, word.length);
      }
      for (int n = 0; n < p.languages.length; n++) {
        double[] state = p.languages[n].at(e.passages()[n], t);
        System.arraycopy(state, 0, x[t], languages.get(n).at, state.length);
      }
      for (int j = 0; j < width; j++) x[t][j] = p.missing[t] ? 0 : x[t][j] * p.inputMask[j];
    }
    p.steps = new Step[layers.length][directions][];
    p.recurrentMasks = new double[layers.length * 2][];
    p.layerMasks = new double[layers.length][];
    p.inputs = new double[layers.length][][];
    p.dropped = new double[layers.length][][];
    for (int l = 0; l < layers.length; l++) {
      int H = encoder.outputs(l);
      p.layerMasks[l] = mask(H * directions, drop.layer(), drop, Purpose.DROP_LAYER, l, e.id());
      double[][] out = new double[T][H * directions];
      for (int d = 0; d < directions; d++) {
        int number = 2 * l + d;
        p.recurrentMasks[number] =
            mask(H, drop.recurrent(), drop, Purpose.DROP_RECURRENT, number, e.id());
        int[][] ids = l == 0 ? kept(e, p.missing) : new int[0][];
        p.steps[l][d] = layers[l][d].forward(x, ids, p.recurrentMasks[number]);
        for (int t = 0; t < T; t++) {
          for (int j = 0; j < H; j++) {
            out[t][d * H + j] = p.steps[l][d][t].h[j] * p.layerMasks[l][d * H + j];
          }
        }
      }
      p.inputs[l] = x;
      p.dropped[l] = out;
      x = new double[T][];
      for (int t = 0; t < T; t++) x[t] = shortcuts[l].forward(out[t], p.inputs[l][t]);
    }
    p.states = x;
    if (attention != null) {
      int A = encoder.attention().orElseThrow().width();
      p.contextMask = mask(A, drop.layer(), drop, Purpose.DROP_LAYER, layers.length, e.id());
      x = attention.forward(x, p.contextMask);
    }
    p.top = x;
    if (feedback != null) {
      p.fedBack = feedback.forward(x, e, drop);
      p.emit = p.fedBack.emit;
    } else {
      p.emit = new double[shape.tokens().isPresent() ? T : 0][];
      for (int t = 0; t < p.emit.length; t++) p.emit[t] = linear("tokens", x[t]);
    }
    if (pooling != null) {
      p.pooled = pooling.forward(x);
      p.intents = linear("sentence", p.pooled);
    }
    return p;
  }

  /** The ids of each token, [inputs][T], -1 where the token is dropped. */
  private static int[][] kept(Example e, boolean[] dropped) {
    int[][] ids = new int[e.inputs().length][];
    for (int k = 0; k < ids.length; k++) {
      ids[k] = e.inputs()[k].clone();
      for (int t = 0; t < ids[k].length; t++) if (dropped[t]) ids[k][t] = -1;
    }
    return ids;
  }

  private double[] linear(String name, double[] x) {
    double[] y = weights.of(name + ".bias")[0].clone();
    ReferenceWeights.addProduct(y, x, weights.of(name + ".weight"));
    return y;
  }

  private void linearGradient(String name, double[] x, double[] dy, double[] dx) {
    ReferenceWeights.add(weights.gradient(name + ".bias")[0], dy);
    ReferenceWeights.addOuter(weights.gradient(name + ".weight"), x, dy);
    ReferenceWeights.addTransposed(dx, weights.of(name + ".weight"), dy);
  }

  static double[] mask(
      int width, double rate, Dropping drop, Purpose purpose, int number, long id) {
    double[] m = new double[width];
    long stream = Noise.stream(drop.seed(), purpose, drop.epoch(), number, id);
    for (int j = 0; j < width; j++) m[j] = Noise.uniform(stream, j) < rate ? 0 : 1 / (1 - rate);
    return m;
  }

  /** The label scores of a sentence, a row per token when tokens are labelled, then one of the sentence when it is. */
  public double[][] emissions(Example e, Dropping drop) {
    Pass p = forward(e, drop);
    if (p.intents == null) return p.emit;
    double[][] all = Arrays.copyOf(p.emit, p.emit.length + 1);
    all[p.emit.length] = p.intents;
    return all;
  }

  /** What one direction of a layer leaves behind at each token, without dropout. */
  private Step[] steps(Example e, int layer, int direction) {
    return forward(e, Dropping.NONE).steps[layer][direction];
  }

  /** The gates of one direction of a layer, [T][G·H]: i, f, g, o r, z, n or z, n; the sums of a simple recurrent network. */
  public double[][] gates(Example e, int layer, int direction) {
    return Arrays.stream(steps(e, layer, direction)).map(s -> s.gates).toArray(double[][]::new);
  }

  /** The states of one direction of a layer, [T][P]. */
  public double[][] states(Example e, int layer, int direction) {
    return Arrays.stream(steps(e, layer, direction)).map(s -> s.h).toArray(double[][]::new);
  }

  /** The state that one direction of a layer ends with when something is added to that of a token on its way. */
  public double[] lastState(Example e, int layer, int direction, int token, double[] added) {
    Pass p = forward(e, Dropping.NONE);
    double[] ones = new double[added.length];
    Arrays.fill(ones, 1);
    int[][] ids = layer == 0 ? e.inputs() : new int[0][];
    Step[] steps = layers[layer][direction].forward(p.inputs[layer], ids, ones, token, added);
    return steps[direction == 1 ? 0 : steps.length - 1].h;
  }

  /** What the outputs see of a sentence, [T][W]. */
  double[][] top(Example e, Dropping drop) {
    return forward(e, drop).top;
  }

  /** The loss of a sentence. */
  public double loss(Example e, Dropping drop) {
    Pass p = forward(e, drop);
    return loss.loss(e, p.emit, p.intents);
  }

  private static double[][] like(double[][] x) {
    double[][] y = new double[x.length][];
    Arrays.setAll(y, i -> new double[x[i].length]);
    return y;
  }

  /** The loss of several sentences. */
  public double loss(List<Example> examples, Dropping drop) {
    double sum = 0;
    for (Example e : examples) sum += loss(e, drop);
    return sum;
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
    int T = e.length();
    double[][] dOut = new double[T][p.top[0].length], dEmit = like(p.emit);
    double[] dIntents = new double[Gallery.INTENTS];
    double sum = loss.gradient(e, p.emit, p.intents, dEmit, dIntents);
    if (feedback != null) feedback.backward(p.top, p.fedBack, dEmit, dOut);
    for (int t = 0; feedback == null && t < p.emit.length; t++)
      linearGradient("tokens", p.top[t], dEmit[t], dOut[t]);
    if (p.intents != null) {
      double[] dPooled = new double[p.pooled.length];
      linearGradient("sentence", p.pooled, dIntents, dPooled);
      pooling.backward(p.top, dPooled, dOut);
    }
    if (attention != null) dOut = attention.backward(p.states, p.contextMask, dOut);
    for (int l = layers.length - 1; l >= 0; l--) {
      int H = encoder.outputs(l);
      double[][] dx = new double[T][l == 0 ? shape.inputWidth() : encoder.width(l - 1)];
      for (int t = 0; t < T; t++)
        dOut[t] = shortcuts[l].backward(p.dropped[l][t], p.inputs[l][t], dOut[t], dx[t]);
      for (int d = 0; d < encoder.directions(); d++) {
        double[][] dh = new double[T][H];
        for (int t = 0; t < T; t++) {
          for (int j = 0; j < H; j++) dh[t][j] = dOut[t][d * H + j] * p.layerMasks[l][d * H + j];
        }
        layers[l][d].backward(p.steps[l][d], dh, p.recurrentMasks[2 * l + d], dx);
      }
      dOut = dx;
    }
    double[][] dInput = new double[T][shape.inputWidth()];
    for (int t = 0; t < T; t++) {
      if (p.missing[t]) continue;
      double[] d = dInput[t] = product(dOut[t], p.inputMask);
      for (Column c : columns) {
        if (c.table.frozen()) continue;
        double[] g = weights.gradient(name(c.table))[e.inputs()[c.channel][t]];
        for (int j = 0; j < g.length; j++) g[j] += d[c.at + j];
      }
      if (letters != null)
        letters.backward(
            e.spellings()[t], Arrays.copyOfRange(d, lettersAt, lettersAt + letters.width()));
    }
    for (int n = 0; n < p.languages.length; n++) {
      Language language = languages.get(n);
      if (!language.shape.tuned()) continue;
      int to = language.at + language.shape.width();
      double[][] d = new double[T][];
      for (int t = 0; t < T; t++) d[t] = Arrays.copyOfRange(dInput[t], language.at, to);
      language.reader.backward(e.passages()[n], p.languages[n], d);
    }
    return sum;
  }

  /** Whether a normalisation turns over on a small change. */
  private boolean isSteep(Pass p) {
    for (int n = 0; n < p.languages.length; n++)
      if (languages.get(n).reader.isSteep(p.languages[n])) return true;
    for (Step[][] layer : p.steps) {
      for (Step[] direction : layer) {
        for (Step s : direction) {
          if (s.normalized.stream().anyMatch(ReferenceNorm::isSteep)) return true;
        }
      }
    }
    return false;
  }

  private static boolean isRectified(CellConfig cell) {
    return cell instanceof CellConfig.Rnn rnn && rnn.activation() == CellConfig.Activation.RELU
        || cell instanceof CellConfig.Window window
            && window.activation() == CellConfig.Activation.RELU;
  }

  /** How close any rectified sum comes to its kink, or two rivals for a maximum to each other, where no derivative exists; infinite without such things. 0 where a normalisation divides by next to nothing. */
  public double distanceToKink(List<Example> examples, Dropping drop) {
    double nearest = Double.POSITIVE_INFINITY;
    for (Example e : examples) {
      Pass p = forward(e, drop);
      if (isSteep(p)) return 0;
      if (feedback != null) nearest = Math.min(nearest, feedback.distanceToKink(p.fedBack));
      if (pooling != null) nearest = Math.min(nearest, pooling.distanceToKink(p.top));
      for (int t = 0; letters != null && t < e.length(); t++)
        nearest = Math.min(nearest, letters.distanceToKink(e.spellings()[t]));
      for (int l = 0; l < layers.length; l++) {
        if (!isRectified(encoder.cells().get(l))) continue;
        for (Step[] direction : p.steps[l]) {
          for (Step s : direction) {
            for (double sum : s.gates) nearest = Math.min(nearest, Math.abs(sum));
          }
        }
      }
    }
    return nearest;
  }
}
