package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Inputs, stacked layers in one or two directions, self-attention if wanted, and linear layers that give label scores per token, per sentence, or both.
 *
 * <p>A network holds weights only. {@link #forward} and {@link #backward} work on a {@link Workspace}, so one network serves many threads as long as
 * nobody changes its weights; whoever does calls {@link #pack} before the next forward.
 */
public final class Network {
  /** What stands for the label before the first token. */
  public static final int NO_LABEL = LabelFeedback.BEGIN;

  private final NetworkShape shape;
  private final Encoder encoder;
  private final Parameters parameters;
  private final InputLayer input;
  private final Layer[][] layers; // [layer][direction]
  private final Shortcut[] shortcuts; // [layer]; null where nothing goes past it
  private final SelfAttention attention; // null when the outputs see states alone
  private final TokenHead tokens; // null without labels per token
  private final SentenceHead sentence; // null without labels of the sentence
  private final NextHead next; // null unless the next symbol is predicted
  private final Decoder decoder; // null unless another sequence is written
  private final AtomicLong version = new AtomicLong();

  /**
   * A network with all weights zero.
   *
   * @throws ArithmeticException when an array would be longer than Java allows
   */
  public Network(NetworkShape shape) {
    this(shape, new Parameters.Layout(), true);
  }

  private Network(NetworkShape shape, Parameters.Layout layout, boolean allocate) {
    this.shape = shape;
    encoder = shape.encoder();
    input = new InputLayer(layout, shape);
    layers = new Layer[encoder.layers()][encoder.directions()];
    shortcuts = new Shortcut[encoder.layers()];
    for (int l = 0; l < layers.length; l++) {
      for (int d = 0; d < layers[l].length; d++) {
        int D = l == 0 ? shape.inputWidth() : encoder.width(l - 1);
        String name = "encoder." + l + (d == 0 ? ".forward" : ".backward");
        layers[l][d] =
            Layer.of(
                layout,
                name,
                encoder.cells().get(l),
                D,
                encoder.widths().get(l),
                d == 1,
                l == 0 ? oneHot(shape) : List.of(),
                encoder.layerNorm());
      }
      if (l == 0) continue;
      shortcuts[l] =
          Shortcut.of(
              layout, "encoder." + l, encoder.connection(), encoder.width(l - 1), encoder.width(l));
    }
    attention = encoder.attention().isPresent() ? new SelfAttention(layout, encoder) : null;
    int W = shape.topWidth();
    tokens = shape.tokens().map(t -> new TokenHead(layout, W, t)).orElse(null);
    sentence = shape.sentence().map(s -> new SentenceHead(layout, shape, s)).orElse(null);
    next = shape.next().map(n -> new NextHead(layout, shape, input.firstTable())).orElse(null);
    decoder = shape.decoder().isPresent() ? new Decoder(layout, shape) : null;
    parameters = allocate ? layout.allocate() : null;
  }

  /**
   * The matrices that a network of this shape has, tables and frozen tables among them; takes no memory for them.
   *
   * @throws ArithmeticException when an array would be longer than Java allows
   */
  public static List<Block> blocks(NetworkShape shape) {
    Parameters.Layout layout = new Parameters.Layout();
    new Network(shape, layout, false);
    return layout.all();
  }

  /** Per channel of ids the one-hot input it feeds, null where it feeds a table. */
  private static List<Input.OneHot> oneHot(NetworkShape shape) {
    List<Input.OneHot> found = new ArrayList<>();
    for (Input i : shape.inputs()) {
      if (i.readsIds()) found.add(i instanceof Input.OneHot one ? one : null);
    }
    return found;
  }

  /** The sizes. */
  public NetworkShape shape() {
    return shape;
  }

  /** The weights. */
  public Parameters parameters() {
    return parameters;
  }

  /** Where the scores of moves stand among the dense weights; empty unless the shape has a chain. */
  public Optional<ChainBlocks> chain() {
    return Optional.ofNullable(tokens == null ? null : tokens.chain);
  }

  Layer layer(int layer, int direction) {
    return layers[layer][direction];
  }

  /** What goes past a layer; null for nothing. */
  Shortcut shortcut(int layer) {
    return shortcuts[layer];
  }

  InputLayer input() {
    return input;
  }

  SelfAttention attention() {
    return attention;
  }

  SentenceHead sentence() {
    return sentence;
  }

  LabelFeedback feedback() {
    return tokens == null ? null : tokens.feedback;
  }

  NextHead next() {
    return next;
  }

  Decoder decoder() {
    return decoder;
  }

  /** Room for the numbers of a batch. */
  public Workspace workspace(boolean training) {
    return new Workspace(this, Kernels.create(), training);
  }

  /** Room for the numbers of a batch, worked on by the given kernels, which must be of the kind that packed the weights. */
  public Workspace workspace(Kernels kernels, boolean training) {
    return new Workspace(this, kernels, training);
  }

  /**
   * Gives the table of an input its first values, such as pretrained vectors: a frozen one at once, a trained one whenever weights are initialised.
   *
   * @param input the name of the input
   * @param rows [V-1, D], for the ids from 1 on; the row of id 0, of what is unknown, stays zero when frozen
   */
  public void give(String input, float[] rows) {
    this.input.give(parameters, input, rows);
  }

  /**
   * Gives the states of an input the weights of the language model they come from: frozen ones at once, trained ones whenever weights are initialised.
   *
   * @param input the name of the input
   * @param model a network with the same input and layers; it is copied from
   */
  public void give(String input, Network model) {
    this.input.give(parameters, input, model);
  }

  /** Fills all weights that are trained with first values, a function of the seed. */
  public void initialise(long seed) {
    Arrays.fill(parameters.dense(), 0f); // biases that nothing below sets
    int number = input.initialise(parameters, seed, 0);
    for (int l = 0; l < layers.length; l++) {
      for (Layer layer : layers[l])
        layer.initialise(parameters, new Recurrent.Initial(seed, number++));
      if (shortcuts[l] != null)
        shortcuts[l].initialise(parameters, new Recurrent.Initial(seed, number++));
    }
    if (attention != null) attention.initialise(parameters, new Recurrent.Initial(seed, number++));
    if (tokens != null) tokens.initialise(parameters, new Recurrent.Initial(seed, number++));
    if (sentence != null) sentence.initialise(parameters, new Recurrent.Initial(seed, number++));
    if (next != null) next.initialise(parameters, new Recurrent.Initial(seed, number++));
    if (decoder != null) decoder.initialise(parameters, new Recurrent.Initial(seed, number++));
  }

  /**
   * Brings the packed forms up to date with the weights.
   *
   * @param training whether {@link #backward} will be called
   */
  public void pack(Kernels k, boolean training) {
    for (int part = 0; part < packParts(); part++) pack(k, training, part);
  }

  /** How often the weights were packed: whoever derives numbers from them derives them anew when it changes. */
  public long version() {
    return version.get();
  }

  /** The number of independent parts of {@link #pack(Kernels, boolean)}, for several threads. */
  public int packParts() {
    return layers.length * encoder.directions() + 1;
  }

  /** One part of {@link #pack(Kernels, boolean)}. */
  public void pack(Kernels k, boolean training, int part) {
    int directions = encoder.directions();
    float[] dense = parameters.dense();
    if (part < layers.length * directions) {
      layers[part / directions][part % directions].pack(k, dense, training);
      return;
    }
    version.incrementAndGet();
    input.pack(k, parameters, training);
    for (Shortcut shortcut : shortcuts) if (shortcut != null) shortcut.pack(k, dense, training);
    if (attention != null) attention.pack(k, dense, training);
    if (tokens != null) tokens.pack(k, dense, training);
    if (sentence != null) sentence.pack(k, dense, training);
    if (next != null) next.pack(k, parameters, training);
    if (decoder != null) decoder.pack(k, dense, training);
  }

  /** Label scores for the batch of a workspace; in a workspace for training also clears the gradient of the dense weights, which a loss may then add to. */
  public void forward(Workspace ws, Dropping drop) {
    ws.reserve();
    Batch batch = ws.batch;
    Kernels k = ws.kernels;
    if (ws.training) Arrays.fill(ws.gradient, 0f);
    int ldx = Kernels.padded(shape.inputWidth());
    ws.dropsWords = drop.word() > 0;
    if (ws.dropsWords) ws.droppedWords = Masks.words(ws.droppedWords, batch, drop);
    input.forward(ws, parameters);
    dropInput(ws, drop, ldx);
    float[] x = ws.x;
    for (int l = 0; l < layers.length; l++) {
      int ldo = Kernels.padded(encoder.width(l)), P = encoder.outputs(l);
      SideBySide beside = ws.beside(layers[l][0]);
      if (beside != null) beside.forward(layers[l], l, x, ldx);
      for (int d = 0; beside == null && d < layers[l].length; d++) {
        layers[l][d].forward(
            k,
            parameters,
            batch,
            ws.dropsWords ? ws.droppedWords : null,
            ws.states[l][d],
            x,
            ldx,
            drop,
            2 * l + d);
      }
      for (int d = 0; d < layers[l].length; d++) {
        Layer.State s = ws.states[l][d];
        for (int r = 0; r < batch.rows(); r++) {
          System.arraycopy(s.h, r * s.P, ws.out[l], r * ldo + d * P, P);
        }
      }
      if (drop.layer() > 0) {
        int width = encoder.width(l);
        ws.layerMask[l] =
            Masks.fill(
                ws.layerMask[l], batch, ldo, width, drop.layer(), drop, Purpose.DROP_LAYER, l);
        multiplyByMask(k, batch, ws.out[l], ldo, ws.layerMask[l]);
      }
      if (shortcuts[l] != null)
        shortcuts[l].forward(
            k, parameters.dense(), ws.shortcuts[l], x, ldx, batch.rows(), ws.out[l]);
      x = ws.out[l];
      ldx = ldo;
    }
    if (attention != null) {
      attention.forward(ws, parameters.dense(), x, drop);
      x = ws.attention.out;
      ldx = Kernels.padded(shape.topWidth());
    }
    if (tokens != null) tokens.forward(ws, parameters.dense(), x, ldx, drop);
    if (sentence != null) sentence.forward(ws, parameters.dense(), x, ldx);
    if (next != null) next.forward(ws, parameters, x, ldx);
    if (decoder != null) decoder.forward(ws, parameters, x, ldx, drop);
  }

  /**
   * After a forward pass over sentences that do not say what is to be written of them, or after another such step: writes one symbol more of some sequences. Fills the scores of the workspace's
   * decoder, a row for each sequence.
   *
   * @param from for each sequence the one it goes on with, among those of the step before; at the first step the sentence of the batch that it is written of
   * @param before for each the symbol before; at the first step the one with which every sequence begins
   * @param count how many sequences
   */
  public void step(Workspace ws, int[] from, int[] before, int count) {
    decoder.step(ws, parameters, from, before, count);
  }

  /** Whether the scores of a token depend on the label that was chosen for the token before; {@link #forward} then leaves them to {@link #scoreLabels}. */
  public boolean followsLabels() {
    return shape.tokens().isPresent() && shape.tokens().get().followsLabels();
  }

  /** The distance between two rows of the states of {@link #scoreLabels}. */
  public int feedbackWidth() {
    return tokens.feedback.ld();
  }

  /**
   * Scores of one token's labels, once for each of several choices of the labels before it, for a network that {@link #followsLabels}; after {@link #forward}, token by token. Given the right labels,
   * these are the scores of training, bit for bit.
   *
   * @param ws has the sentence in its batch
   * @param row the token's row in the batch
   * @param count n, how many choices
   * @param previous [n] the id of the label before; at the first token all {@link #NO_LABEL}
   * @param before [n,H] the states that this left for the token before, in rows of {@link #feedbackWidth}; of no interest at the first token
   * @param after [n,H] written: the states of this token
   * @param scores [n,L] written, in rows of {@link Emissions#ld}
   */
  public void scoreLabels(
      Workspace ws,
      int row,
      int count,
      int[] previous,
      float[] before,
      float[] after,
      float[] scores) {
    tokens.step(ws, parameters.dense(), row, count, previous, before, after, scores);
  }

  /** A workspace that has just read one sentence, without dropout and on this thread alone. */
  Workspace read(Example sentence) {
    Workspace ws = workspace(false);
    ws.batch.fill(new Example[] {sentence}, 0, 1, 1);
    forward(ws, Dropping.NONE);
    return ws;
  }

  private void dropInput(Workspace ws, Dropping drop, int ldx) {
    int width = shape.inputWidth();
    if (width == 0) return;
    if (drop.input() > 0) {
      ws.inputMask =
          Masks.fill(ws.inputMask, ws.batch, ldx, width, drop.input(), drop, Purpose.DROP_INPUT, 0);
      multiplyByMask(ws.kernels, ws.batch, ws.x, ldx, ws.inputMask);
    }
    if (ws.dropsWords) Masks.clear(ws.droppedWords, ws.batch.rows(), ws.x, ldx);
  }

  private static void multiplyByMask(Kernels k, Batch batch, float[] x, int ld, float[] mask) {
    for (int t = 0; t < batch.steps(); t++) {
      int at = batch.start(t) * ld;
      k.multiply(x, at, ld, mask, 0, ld, x, at, ld, batch.live(t), ld, false);
    }
  }

  /**
   * From the gradient of the label scores, the gradient of every weight: the dense part is added to the workspace's own array, the tables' part left in the workspace for
   * {@link SparseGradient}.
   */
  public void backward(Workspace ws, Dropping drop) {
    Batch batch = ws.batch;
    Kernels k = ws.kernels;
    float[] g = ws.gradient;
    int last = layers.length - 1, ldo = Kernels.padded(shape.topWidth());
    float[] top = attention != null ? ws.attention.out : last < 0 ? ws.x : ws.out[last];
    if (tokens != null) tokens.backward(ws, top, ldo, ws.dOut);
    else Arrays.fill(ws.dOut, 0, batch.rows() * ldo, 0f);
    if (sentence != null) sentence.backward(ws, top, ldo, ws.dOut);
    if (next != null) next.backward(ws, parameters, top, ldo, ws.dOut);
    if (decoder != null) decoder.backward(ws, parameters, ldo, ws.dOut);
    if (attention != null) {
      attention.backward(ws, ws.dOut, ws.dx, drop);
      swapGradients(ws);
    }

    if (last < 0) swapGradients(ws); // the outputs see the inputs
    for (int l = last; l >= 0; l--) {
      ldo = Kernels.padded(encoder.width(l));
      int P = encoder.outputs(l);
      boolean needsInput = l > 0 || shape.inputWidth() > 0;
      float[] x = l == 0 ? ws.x : ws.out[l - 1];
      int ldx = Kernels.padded(l == 0 ? shape.inputWidth() : encoder.width(l - 1));
      Shortcut shortcut = shortcuts[l];
      if (shortcut != null)
        shortcut.backward(k, ws.shortcuts[l], x, ldx, batch.rows(), ws.dOut, g, ws.dx);
      if (drop.layer() > 0) multiplyByMask(k, batch, ws.dOut, ldo, ws.layerMask[l]);
      for (int d = 0; d < layers[l].length; d++) {
        Layer.State s = ws.states[l][d];
        for (int r = 0; r < batch.rows(); r++)
          System.arraycopy(ws.dOut, r * ldo + d * P, s.dh, r * s.P, P);
        layers[l][d].backward(
            k,
            batch.layout(),
            s,
            x,
            ldx,
            g,
            needsInput ? ws.dx : null,
            d > 0 || shortcut != null,
            ws.scratch);
      }
      if (l > 0) swapGradients(ws);
    }
    int ldx = Kernels.padded(shape.inputWidth());
    if (drop.input() > 0 && shape.inputWidth() > 0)
      multiplyByMask(k, batch, ws.dx, ldx, ws.inputMask);
    if (ws.dropsWords && shape.inputWidth() > 0)
      Masks.clear(ws.droppedWords, batch.rows(), ws.dx, ldx);
    input.backward(ws, parameters);
  }

  /** The input's gradient is the output's gradient of the layer below. */
  private static void swapGradients(Workspace ws) {
    float[] swap = ws.dOut;
    ws.dOut = ws.dx;
    ws.dx = swap;
  }

  /** Where gradients of a table's rows stand in a workspace after {@link #backward}. */
  interface RowGradients {
    /**
     * Gradients of some rows, which may stand there several times.
     *
     * @param ids the rows of the table
     * @param many how many of them
     * @param unread which of them count for nothing; none when null
     * @param from the gradients, the first from {@code at} on, each {@code ld} after the one before
     */
    void take(int[] ids, int many, boolean[] unread, float[] from, int at, int ld, int width);
  }

  void rowGradients(Workspace ws, int table, RowGradients to) {
    input.rowGradients(ws, parameters, table, to);
    if (next != null && next.table() == table) next.rowGradients(ws, to);
    if (decoder != null && decoder.table() == table) decoder.rowGradients(ws, to);
    for (int d = 0; layers.length > 0 && d < layers[0].length; d++) {
      int[] oneHot = layers[0][d].oneHot;
      for (int channel = 0; channel < oneHot.length; channel++) {
        if (oneHot[channel] != table) continue;
        Layer.State s = ws.states[0][d];
        boolean[] unread = ws.dropsWords ? ws.droppedWords : null;
        int wide = s.wide();
        to.take(ws.batch.ids(channel), ws.batch.rows(), unread, s.inputGradient(), 0, wide, wide);
      }
    }
  }
}
