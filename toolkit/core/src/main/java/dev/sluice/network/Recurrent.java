package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Ragged;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.kernel.PackedMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One direction of one recurrent layer.
 * <pre>
 *   gate[t] = b + x[t]·W (+ the row of each one-hot input)    rec[t] = h[t-1]·U    h[t] = cell(gate[t], rec[t], state[t-1])
 * </pre>
 * One product per sequence for the input, one per step for the recurrence ({@link Recurrence} says what else there may be), over the live rows alone; where the cell's output is projected, one more
 * per step. Reading backward, t-1 becomes t+1: a sentence enters when its last token is reached. The weight gradients are one product each over all rows, after the sweep.
 */
final class Recurrent extends Layer {
  final Cell cell;
  final Block w; // null when every input is one-hot
  final Block b;
  final Block recurrentBias; // of the last gate; null unless the cell has one
  private final Recurrence recurrence;
  final int order; // how many states recur
  private final boolean identity; // whether the recurrence begins as the identity
  private final Block projection; // null without one
  private final Block initial; // the states before the first token, [n,P]; null when they are zero
  private final Block initialMemory; // null when it is zero, or there is none
  private final SumNorm norm; // null without layer normalisation
  private final List<LayerNorm> norms = new ArrayList<>();
  private final List<Block> gains = new ArrayList<>();

  private final PackedMatrix wPacked;
  private final PackedMatrix projectionPacked;
  private PackedMatrix wTransposed;
  private WayBack wayBack;

  /** What the way back through time needs: the recurrent matrices and the projection, transposed. */
  static final class WayBack {
    private PackedMatrix[] recurrent;
    private PackedMatrix projection;
  }

  /** A direction of a layer, with the parameters of {@link Layer#of}. */
  Recurrent(
      Parameters.Layout layout,
      String name,
      CellConfig config,
      int D,
      int H,
      boolean backward,
      List<NetworkShape.Input.OneHot> first,
      boolean normalized) {
    super(D, H, config.outputs(H), backward, first.size());
    Cell plain = Cell.of(config, layout, name, H);
    order = config instanceof CellConfig.Rnn rnn ? rnn.order() : 1;
    identity =
        config instanceof CellConfig.Rnn rnn && rnn.recurrent() == CellConfig.Recurrent.IDENTITY;
    int G = plain.gates();
    w = D == 0 ? null : layout.dense(name + ".input", D, G, H);
    List<Block> u = new ArrayList<>();
    for (int lag = 1; lag <= order; lag++)
      u.add(layout.dense(name + ".recurrent" + (lag == 1 ? "" : "-" + lag), P, G, H));
    b = layout.dense(name + ".bias", 1, G, H);
    recurrentBias =
        plain.ownRecurrentGradient() ? layout.dense(name + ".recurrent-bias", 1, 1, H) : null;
    projection = P == H ? null : layout.dense(name + ".projection", H, 1, P);
    boolean learned = config.initialState() == CellConfig.InitialState.LEARNED;
    initial = learned ? layout.dense(name + ".initial", order, 1, P) : null;
    initialMemory =
        learned && plain.hasMemory() ? layout.dense(name + ".initial-memory", 1, 1, H) : null;
    addTables(layout, name, first, G);
    wPacked = w == null ? null : new PackedMatrix(D, w.ld());
    projectionPacked = projection == null ? null : new PackedMatrix(H, projection.ld());
    norm = normalized ? SumNorm.of(layout, name, plain, b, recurrentBias) : null;
    if (normalized) {
      norms.addAll(norm.norms());
      gains.addAll(norm.gains());
    }
    if (normalized && plain instanceof Cell.Lstm lstm) {
      NormalizedLstmCell outer = new NormalizedLstmCell(layout, name, lstm, norms.size(), H);
      norms.add(outer.norm());
      gains.add(outer.gain());
      cell = outer;
    } else {
      cell = plain;
    }
    recurrence =
        cell.resetsBeforeTheProduct()
            ? new ResetProducts(cell, norm, u.get(0))
            : new StateProducts(cell, norm, u);
  }

  @Override
  CellState state() {
    return new CellState(
        cell,
        Kernels.padded(H),
        Kernels.padded(P),
        projection != null,
        order,
        initial != null,
        norms);
  }

  @Override
  void pack(Kernels k, float[] weights, boolean training) {
    if (w != null) k.pack(wPacked, weights, w.at(), w.ld());
    recurrence.pack(k, weights);
    if (projection != null) k.pack(projectionPacked, weights, projection.at(), projection.ld());
    if (!training) return;
    if (w != null && wTransposed == null) wTransposed = new PackedMatrix(w.ld(), Kernels.padded(D));
    if (w != null) k.packTransposed(wTransposed, weights, w.at(), w.ld(), D);
    wayBack = wayBack(k, weights, wayBack);
  }

  /**
   * The weights packed for the way back through time; without earlier ones to overwrite they stand beside those that other threads may be using.
   *
   * @param reuse earlier ones, or null
   */
  WayBack wayBack(Kernels k, float[] weights, WayBack reuse) {
    WayBack back = reuse == null ? new WayBack() : reuse;
    back.recurrent = recurrence.transposed(k, weights, back.recurrent);
    if (projection == null) return back;
    if (back.projection == null)
      back.projection = new PackedMatrix(projection.ld(), Kernels.padded(H));
    k.packTransposed(back.projection, weights, projection.at(), projection.ld(), H);
    return back;
  }

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
    CellState s = (CellState) state;
    begin(p.dense(), s, batch.layout());
    addRows(p, batch, dropped, s.gate, s.G * s.H);
    s.masked = drop.recurrent() > 0;
    if (s.masked)
      s.mask =
          Masks.fill(s.mask, batch, s.P, P, drop.recurrent(), drop, Purpose.DROP_RECURRENT, stream);
    sweep(k, batch.layout(), s, x, ldx);
  }

  /** Fills the state for any ragged sequences, without one-hot inputs and dropout. */
  void forward(Kernels k, float[] dense, Ragged layout, CellState s, float[] x, int ldx) {
    begin(dense, s, layout);
    s.masked = false;
    sweep(k, layout, s, x, ldx);
  }

  private void begin(float[] dense, CellState s, Ragged layout) {
    int rows = layout.rows(), wide = s.G * s.H;
    if (norm != null) Arrays.fill(s.gate, 0, rows * wide, 0f); // its bias comes afterwards
    else for (int r = 0; r < rows; r++) System.arraycopy(dense, b.at(), s.gate, r * wide, wide);
    s.weights = dense;
    s.biasAt = recurrentBias == null ? 0 : recurrentBias.at();
    s.started = s.isGiven() || initial != null;
    if (s.isGiven() || initial == null) return;
    int wideStart = order * s.P;
    for (int i = 0; i < layout.sequences(); i++) {
      System.arraycopy(dense, initial.at(), s.startH, i * wideStart, wideStart);
      if (initialMemory != null)
        System.arraycopy(dense, initialMemory.at(), s.startC, i * s.H, s.H);
    }
  }

  private void sweep(Kernels k, Ragged layout, CellState s, float[] x, int ldx) {
    int wide = s.G * s.H;
    if (w != null) k.product(x, 0, ldx, wPacked, s.gate, 0, wide, layout.rows(), true);
    if (norm != null) norm.input(k, s, layout.rows());
    for (int n = 0; n < layout.steps(); n++) {
      int t = backward ? layout.steps() - 1 - n : n;
      int row = layout.start(t), live = layout.live(t), linked = linked(layout, t, 1);
      for (int lag = 1; lag <= order; lag++) enter(k, layout, s, t, lag);
      if (linked > 0) step(k, s, row, layout.start(before(t, 1)), 0, linked);
      if (linked < live) step(k, s, row + linked, -1, linked, live - linked);
    }
  }

  private void step(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    recurrence.forward(k, s, row, previous, sentence, count);
    if (projection != null)
      k.product(s.m(), row * s.H, s.H, projectionPacked, s.h, row * s.P, s.P, count, false);
  }

  /** Writes the states of {@code lag} steps before to {@code s.hin}, with what dropout leaves of them. */
  private void enter(Kernels k, Ragged layout, CellState s, int t, int lag) {
    int row = layout.start(t), linked = linked(layout, t, lag);
    float[] to = s.hin[lag - 1];
    if (linked > 0) {
      int previous = layout.start(before(t, lag));
      if (s.masked)
        k.multiply(
            s.h, previous * s.P, s.P, s.mask, 0, s.P, to, row * s.P, s.P, linked, s.P, false);
      else System.arraycopy(s.h, previous * s.P, to, row * s.P, linked * s.P);
    }
    if (!s.started) {
      Arrays.fill(to, (row + linked) * s.P, (row + layout.live(t)) * s.P, 0f);
      return;
    }
    for (int position = lag - 1; position >= 0; position--) {
      int from = linked(layout, t, position + 1), count = linked(layout, t, position) - from;
      if (count == 0) continue;
      int at = startAt(s, from, lag - position), ld = order * s.P, into = (row + from) * s.P;
      if (s.masked)
        k.multiply(s.startH, at, ld, s.mask, from * s.P, s.P, to, into, s.P, count, s.P, false);
      else
        for (int i = 0; i < count; i++)
          System.arraycopy(s.startH, at + i * ld, to, into + i * s.P, s.P);
    }
  }

  /** Where among the first states that of a sentence stands which is some steps before its first token. */
  private int startAt(CellState s, int sentence, int steps) {
    return (sentence * order + steps - 1) * s.P;
  }

  @Override
  void end(Ragged layout, State state, int i, float[] to, int at) {
    CellState s = (CellState) state;
    endStates(layout, s, i, to, at);
    if (cell.hasMemory()) endMemory(layout, s, i, to, at + order * s.P);
  }

  /**
   * What each sequence ends with, in the layout of {@link CellState#startH} and {@link CellState#startC}.
   *
   * @param h [B,n·P] written
   * @param c [B,H] written if the cell has a memory
   */
  void ends(Ragged layout, CellState s, float[] h, float[] c) {
    for (int i = 0; i < layout.sequences(); i++) {
      endStates(layout, s, i, h, i * order * s.P);
      if (cell.hasMemory()) endMemory(layout, s, i, c, i * s.H);
    }
  }

  private void endStates(Ragged layout, CellState s, int i, float[] to, int at) {
    int length = layout.length(i);
    for (int steps = 1; steps <= order; steps++) {
      int into = at + (steps - 1) * s.P, position = length - steps;
      if (position >= 0) {
        int row = layout.row(backward ? steps - 1 : position, i);
        System.arraycopy(s.h, row * s.P, to, into, s.P);
      } else if (s.started) {
        System.arraycopy(s.startH, startAt(s, i, -position), to, into, s.P);
      } else {
        Arrays.fill(to, into, into + s.P, 0f);
      }
    }
  }

  private void endMemory(Ragged layout, CellState s, int i, float[] to, int at) {
    int last = layout.row(backward ? 0 : layout.length(i) - 1, i);
    System.arraycopy(s.c, last * s.H, to, at, s.H);
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
    CellState s = (CellState) state;
    int rows = layout.rows(), wide = s.G * s.H;
    s.clearGradients(rows, layout.sequences());
    s.gradient = g;
    for (int n = layout.steps() - 1; n >= 0; n--) {
      int t = backward ? layout.steps() - 1 - n : n;
      int row = layout.start(t), live = layout.live(t), linked = linked(layout, t, 1);
      if (linked < live) stepBack(k, s, wayBack, row + linked, -1, linked, live - linked);
      if (linked > 0) stepBack(k, s, wayBack, row, layout.start(before(t, 1)), 0, linked);
      for (int lag = 1; lag <= order; lag++) giveBack(k, layout, s, t, lag, scratch);
    }
    recurrence.gradients(k, s, rows, g);
    if (projection != null)
      k.outer(s.m(), 0, s.H, s.dh, 0, s.P, rows, H, s.P, g, projection.at(), s.P);
    if (initial != null && !s.isGiven()) startGradients(k, s, layout.sequences(), g);
    if (norm != null) norm.inputBackward(k, s, rows);
    else biasGradients(k, s, rows, g);
    if (w == null) return;
    k.outer(x, 0, ldx, s.gate, 0, wide, rows, D, wide, g, w.at(), wide);
    if (dx != null) k.product(s.gate, 0, wide, wTransposed, dx, 0, ldx, rows, addToInput);
  }

  private void stepBack(
      Kernels k, CellState s, WayBack back, int row, int previous, int sentence, int count) {
    if (projection != null)
      k.product(s.dh, row * s.P, s.P, back.projection, s.dm(), row * s.H, s.H, count, false);
    recurrence.backward(k, s, back.recurrent, row, previous, sentence, count);
  }

  /** Adds the gradient of the states that entered a step from {@code lag} steps before. */
  private void giveBack(Kernels k, Ragged layout, CellState s, int t, int lag, float[] scratch) {
    int row = layout.start(t), linked = linked(layout, t, lag), product = lag - 1;
    if (linked > 0) {
      int to = layout.start(before(t, lag)) * s.P;
      recurrence.giveBack(k, s, wayBack.recurrent, product, row, 0, linked, s.dh, to, s.P, scratch);
    }
    if (!s.started) return;
    for (int position = lag - 1; position >= 0; position--) {
      int from = linked(layout, t, position + 1), count = linked(layout, t, position) - from;
      if (count == 0) continue;
      int to = startAt(s, from, lag - position), ld = order * s.P;
      recurrence.giveBack(
          k, s, wayBack.recurrent, product, row + from, from, count, s.dStartH, to, ld, scratch);
    }
  }

  private void startGradients(Kernels k, CellState s, int sentences, float[] g) {
    int wide = order * s.P;
    k.columnSums(s.dStartH, 0, wide, sentences, wide, g, initial.at());
    if (initialMemory != null)
      k.columnSums(s.dStartC, 0, s.H, sentences, s.H, g, initialMemory.at());
  }

  /**
   * Sends the gradient of the state that a sentence ends with back through time, and adds the square of its norm at each state by the distance in steps; neither weights nor
   * inputs get a gradient. After a forward pass over this one sentence of T rows without dropout, whose gates it uses up.
   * <pre>
   *   s.dh [T,P] in: the gradient in the row of the last step, 0 elsewhere    squares [T] added to
   * </pre>
   */
  void backThroughTime(Kernels k, int T, CellState s, WayBack back, double[] squares) {
    for (int distance = 0; distance < T; distance++) {
      int row = backward ? distance : T - 1 - distance;
      for (int i = row * s.P; i < (row + 1) * s.P; i++)
        squares[distance] += (double) s.dh[i] * s.dh[i];
      if (distance == T - 1) return;
      stepBack(k, s, back, row, before(row, 1), 0, 1);
      for (int lag = 1; lag <= order && distance + lag < T; lag++)
        recurrence.giveBack(
            k, s, back.recurrent, lag - 1, row, 0, 1, s.dh, before(row, lag) * s.P, s.P, null);
    }
  }

  private void biasGradients(Kernels k, CellState s, int rows, float[] g) {
    int wide = s.G * s.H;
    k.columnSums(s.gate, 0, wide, rows, wide, g, b.at());
    if (recurrentBias != null) {
      float[] d = Recurrence.gradient(cell, norm, s);
      k.columnSums(d, (s.G - 1) * s.H, wide, rows, s.H, g, recurrentBias.at());
    }
  }

  private int before(int t, int lag) {
    return backward ? t + lag : t - lag;
  }

  /** How many of a step's sequences have a state {@code lag} steps before; they stand first. */
  private int linked(Ragged layout, int t, int lag) {
    int before = before(t, lag);
    return before < 0 || before >= layout.steps()
        ? 0
        : Math.min(layout.live(t), layout.live(before));
  }

  /**
   * First values: input weights and a projection by Glorot and Bengio 2010, recurrent ones orthogonal per gate (Saxe et al. 2014) or the identity (Le, Jaitly and Hinton 2015, arXiv:1504.00941), biases
   * from the cell, gains of a normalisation 1, states before the first token zero. Of n matrices for n past states the orthogonal ones are divided by √n, which keeps the size of states,
   * and only the first can be the identity, the others zero.
   */
  @Override
  void initialise(Parameters p, Initial random) {
    if (w != null) random.uniform(p.dense(), w, Math.sqrt(6.0 / (D + H)));
    initialiseTables(p, random);
    for (int lag = 1; lag <= order; lag++) {
      Block u = recurrence.matrices().get(lag - 1);
      if (!identity) random.orthogonal(p.dense(), u, 1 / Math.sqrt(order));
      for (int i = 0; identity && lag == 1 && i < H; i++) p.dense()[u.at() + i * u.ld() + i] = 1;
    }
    for (int gate = 0; gate < b.groups(); gate++) {
      int from = b.at() + gate * b.padded();
      Arrays.fill(p.dense(), from, from + H, cell.initialBias(gate));
    }
    for (Block gain : gains) LayerNorm.initialise(p, gain);
    if (projection != null) random.uniform(p.dense(), projection, Math.sqrt(6.0 / (H + P)));
  }

  /** The random numbers of one layer's first values. */
  static final class Initial {
    private final long seed;
    private final int number;
    private int used;

    Initial(long seed, int number) {
      this.seed = seed;
      this.number = number;
    }

    private long stream() {
      return Noise.stream(seed, Purpose.INITIAL, number, used++, 0);
    }

    /** Uniform in [-bound, bound). */
    void uniform(float[] array, Block block, double bound) {
      long stream = stream();
      float[] values = new float[Math.toIntExact(block.weights())];
      for (int i = 0; i < values.length; i++)
        values[i] = (float) ((2.0 * Noise.uniform(stream, i) - 1) * bound);
      block.fill(array, values);
    }

    /** Each group a random orthogonal matrix times a scale: normal numbers made orthonormal row by row (Gram and Schmidt, twice for accuracy); no more rows than columns. */
    void orthogonal(float[] array, Block block, double scale) {
      int n = block.width();
      for (int group = 0; group < block.groups(); group++) {
        long stream = stream();
        double[][] q = new double[block.rows()][n];
        for (int i = 0; i < q.length; i++) {
          for (int j = 0; j < n; j++) {
            double radius = 1 - Noise.uniform(stream, 2L * (i * n + j)),
                angle = Noise.uniform(stream, 2L * (i * n + j) + 1);
            q[i][j] =
                StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
          }
          for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < i; k++) subtract(q[i], q[k], dot(q[i], q[k]));
          }
          double length = Math.sqrt(dot(q[i], q[i]));
          for (int j = 0; j < n; j++) q[i][j] /= length;
          for (int j = 0; j < n; j++) {
            array[block.at() + i * block.ld() + group * block.padded() + j] =
                (float) (scale * q[i][j]);
          }
        }
      }
    }

    private static double dot(double[] x, double[] y) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
      return sum;
    }

    private static void subtract(double[] x, double[] y, double factor) {
      for (int i = 0; i < x.length; i++) x[i] -= factor * y[i];
    }
  }
}
