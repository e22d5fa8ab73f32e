package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Ragged;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * A layer without memory: the state of a token is made of the token and its neighbours.
 * <pre>
 *   x [rows,D]    W [D,G·H], H columns for each offset from -before to after    b [H]
 *   part[t] = x[t]·W (+ the row of each one-hot input)    h[t] = f(b + Σₒ part[t+o]ₒ)
 * </pre>
 * Beyond the sentence there is nothing to add, as if zeros stood there. With layer normalisation the sum without b is normalised. Sources: the window approach of Collobert et al. 2011
 * (arXiv:1103.0398), who learn a vector for what stands beyond the sentence; with no token behind, Bengio et al. 2003.
 *
 * <p>What a token adds to the sums of all its neighbours is one row, so that a batch takes one product on the way there; on the way back the gradients of those sums are
 * gathered into that row, and one product each gives the gradients of W and of x.
 */
final class WindowLayer extends Layer {
  private final int before;
  private final int window; // G, the tokens that a state is made of
  private final int activation;
  private final Block w; // null when every input is one-hot
  private final Block b;
  private final Block gain; // null without layer normalisation
  private final LayerNorm norm;
  private final PackedMatrix packed;
  private PackedMatrix transposed;

  /** A layer, with the parameters of {@link Layer#of}. */
  WindowLayer(
      Parameters.Layout layout,
      String name,
      CellConfig.Window config,
      int D,
      int H,
      List<NetworkShape.Input.OneHot> first,
      boolean normalized) {
    super(D, H, H, false, first.size());
    before = config.before();
    window = before + 1 + config.after();
    activation = config.activation().ordinal();
    w = D == 0 ? null : layout.dense(name + ".input", D, window, H);
    b = layout.dense(name + ".bias", 1, 1, H);
    gain = normalized ? layout.dense(name + ".gain", 1, 1, H) : null;
    norm = normalized ? new LayerNorm(0, gain, 0, 1) : null;
    packed = w == null ? null : new PackedMatrix(D, w.ld());
    addTables(layout, name, first, window);
  }

  /**
   * The numbers of one batch.
   * <pre>
   *   part [rows,G·H] what each token adds to the sums, then gradients    sum [rows,H] sums, then gradients
   *   start [B,before,before·H] what is added by the tokens before the first, the nearest first, to offsets below 0
   * </pre>
   */
  private final class Pass extends State {
    final float[] none; // a bias of zeros
    float[] part = new float[0];
    float[] sum = new float[0];
    float[] start = new float[0];
    private boolean given;

    Pass() {
      super(Kernels.padded(H), norm == null ? List.of() : List.of(norm));
      none = new float[P];
    }

    @Override
    int perRow(boolean training) {
      return wide() + (training ? 3 : 2) * P + normalized();
    }

    @Override
    int perSentence(boolean training) {
      return given ? carried() : 0;
    }

    @Override
    int masks() {
      return 0;
    }

    @Override
    void reserve(int rows, int sentences, boolean training) {
      reserveNorms(rows);
      part = Workspace.room(part, rows * wide());
      sum = Workspace.room(sum, rows * P);
      h = Workspace.room(h, rows * P);
      if (training) dh = Workspace.room(dh, rows * P);
    }

    @Override
    int wide() {
      return window * P;
    }

    @Override
    float[] inputGradient() {
      return part;
    }

    @Override
    int carried() {
      return before * perToken();
    }

    /** Of what a token adds, the columns that sums behind it read. */
    private int perToken() {
      return before * P;
    }

    @Override
    void beginWith(int sentences) {
      given = true;
      start = Workspace.room(start, sentences * carried());
    }

    @Override
    void begin(int i, float[] from, int at) {
      System.arraycopy(from, at, start, i * carried(), carried());
    }

    @Override
    void beginAfresh() {
      given = false;
    }

    /** Where in {@code start} a token stands that is some steps before the first of sentence i. */
    private int startAt(int i, int steps) {
      return i * carried() + (steps - 1) * perToken();
    }
  }

  @Override
  State state() {
    return new Pass();
  }

  @Override
  void pack(Kernels k, float[] weights, boolean training) {
    if (w == null) return;
    k.pack(packed, weights, w.at(), w.ld());
    if (!training) return;
    if (transposed == null) transposed = new PackedMatrix(w.ld(), Kernels.padded(D));
    k.packTransposed(transposed, weights, w.at(), w.ld(), D);
  }

  /** First values: weights by Glorot and Bengio 2010 for all inputs of a state, biases zero, gains 1. */
  @Override
  void initialise(Parameters p, Recurrent.Initial random) {
    if (w != null) random.uniform(p.dense(), w, Math.sqrt(6.0 / (window * D + H)));
    initialiseTables(p, random);
    if (gain != null) LayerNorm.initialise(p, gain);
  }

  /** Nothing recurs, so there is nothing to drop here. */
  @Override
  void forward(
      Kernels k,
      Parameters p,
      Batch batch,
      boolean[] dropped,
      State state,
      float[] x,
      int ldx,
      Dropping drop,
      int stream) {
    Pass s = (Pass) state;
    Ragged layout = batch.layout();
    int rows = layout.rows(), wide = s.wide();
    s.weights = p.dense();
    Arrays.fill(s.part, 0, rows * wide, 0f);
    addRows(p, batch, dropped, s.part, wide);
    if (w != null) k.product(x, 0, ldx, packed, s.part, 0, wide, rows, true);
    Arrays.fill(s.sum, 0, rows * s.P, 0f);
    for (int t = 0; t < layout.steps(); t++) {
      for (int group = 0; group < window; group++) addUp(layout, s, t, group);
    }
    if (norm != null) norm.forward(k, s, 0, rows, s.sum, 0, s.P, s.weights, b.at());
    float[] bias = norm == null ? s.weights : s.none; // a normalisation has added it
    int biasAt = norm == null ? b.at() : 0;
    for (int at = 0; at < rows * s.P; at += s.P)
      k.rnnForward(activation, s.sum, at, bias, biasAt, s.h, at, 1, s.P);
  }

  /** Adds to the sums of step t what the tokens at one offset add. */
  private void addUp(Ragged layout, Pass s, int t, int group) {
    int from = t + group - before, to = layout.start(t) * s.P, linked = linked(layout, t, from);
    for (int i = 0; i < linked; i++)
      add(s.part, layout.row(from, i) * s.wide() + group * s.P, s.sum, to + i * s.P, s.P);
    if (from >= 0 || !s.given) return;
    for (int i = 0; i < layout.live(t); i++)
      add(s.start, s.startAt(i, -from) + group * s.P, s.sum, to + i * s.P, s.P);
  }

  private static void add(float[] x, int from, float[] y, int to, int n) {
    for (int j = 0; j < n; j++) y[to + j] += x[from + j];
  }

  /** How many sentences reach both steps; they stand first. */
  private static int linked(Ragged layout, int t, int other) {
    return other < 0 || other >= layout.steps() ? 0 : Math.min(layout.live(t), layout.live(other));
  }

  @Override
  void backward(
      Kernels k,
      Ragged layout,
      State state,
      float[] x,
      int ldx,
      float[] g,
      float[] dx,
      boolean addToInput,
      float[] scratch) {
    Pass s = (Pass) state;
    int rows = layout.rows(), wide = s.wide();
    s.gradient = g;
    k.rnnBackward(activation, s.sum, 0, s.h, s.dh, 0, rows, s.P);
    k.columnSums(s.sum, 0, s.P, rows, s.P, g, b.at());
    if (norm != null) norm.backward(k, s, 0, rows, s.sum, 0, s.P, s.sum, 0, s.P, false);
    for (int t = 0; t < layout.steps(); t++) {
      for (int group = 0; group < window; group++) gather(layout, s, t, group);
    }
    if (w == null) return;
    k.outer(x, 0, ldx, s.part, 0, wide, rows, D, wide, g, w.at(), wide);
    if (dx != null) k.product(s.part, 0, wide, transposed, dx, 0, ldx, rows, addToInput);
  }

  /** Makes what the tokens of step t added at one offset the gradient of the sums that it was added to, zero where the sentence ends before them. */
  private void gather(Ragged layout, Pass s, int t, int group) {
    int from = t - (group - before), linked = linked(layout, t, from);
    int to = layout.start(t) * s.wide() + group * s.P;
    for (int i = 0; i < linked; i++)
      System.arraycopy(s.sum, layout.row(from, i) * s.P, s.part, to + i * s.wide(), s.P);
    for (int i = linked; i < layout.live(t); i++) {
      int at = to + i * s.wide();
      Arrays.fill(s.part, at, at + s.P, 0f);
    }
  }

  @Override
  void end(Ragged layout, State state, int i, float[] to, int at) {
    Pass s = (Pass) state;
    int length = layout.length(i), n = s.perToken();
    for (int steps = 1; steps <= before; steps++) {
      int t = length - steps, into = at + (steps - 1) * n;
      if (t >= 0) System.arraycopy(s.part, layout.row(t, i) * s.wide(), to, into, n);
      else if (s.given) System.arraycopy(s.start, s.startAt(i, -t), to, into, n);
      else Arrays.fill(to, into, into + n, 0f);
    }
  }
}
