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
 * One product per sequence for the input, one per step for the recurrence, over the live rows alone. Reading backward, t-1 becomes t+1: a
 * sentence enters when its last token is reached. The weight gradients are one product each over all rows, after the sweep.
 */
final class Recurrent {
  final Cell cell;
  final int D;
  final int H;
  final boolean backward;
  final Block w; // null when every input is one-hot
  final Block u;
  final Block b;
  final Block recurrentBias; // of the last gate; null unless the cell has one
  final int[] oneHot; // per channel the number of its table, -1 for none
  private final SumNorm norm; // null without layer normalisation
  private final List<LayerNorm> norms = new ArrayList<>();
  private final List<Block> gains = new ArrayList<>();

  private final PackedMatrix wPacked;
  private final PackedMatrix uPacked;
  private PackedMatrix wTransposed;
  private PackedMatrix uTransposed;

  /**
   * A direction of a layer.
   *
   * @param D the width of the input that is not one-hot
   * @param first for each channel its one-hot input, null where it has none; empty above the first layer
   * @param normalized whether the fused sums and the memory are normalised
   */
  Recurrent(
      Parameters.Layout layout,
      String name,
      Cell cell,
      int D,
      int H,
      boolean backward,
      List<NetworkShape.Input.OneHot> first,
      boolean normalized) {
    this.D = D;
    this.H = H;
    this.backward = backward;
    int G = cell.gates();
    w = D == 0 ? null : layout.dense(name + ".input", D, G, H);
    u = layout.dense(name + ".recurrent", H, G, H);
    b = layout.dense(name + ".bias", 1, G, H);
    recurrentBias =
        cell.ownRecurrentGradient() ? layout.dense(name + ".recurrent-bias", 1, 1, H) : null;
    oneHot = new int[first.size()];
    for (int i = 0; i < oneHot.length; i++) {
      oneHot[i] =
          first.get(i) == null
              ? -1
              : layout.table(
                  name + ".input." + first.get(i).name(), first.get(i).vocabulary(), G, H);
    }
    wPacked = w == null ? null : new PackedMatrix(D, w.ld());
    uPacked = new PackedMatrix(H, u.ld());
    norm = normalized ? SumNorm.of(layout, name, cell, b, recurrentBias) : null;
    if (normalized) {
      norms.addAll(norm.norms());
      gains.addAll(norm.gains());
    }
    if (normalized && cell.hasMemory()) {
      NormalizedLstmCell lstm = new NormalizedLstmCell(layout, name, cell, norms.size(), H);
      norms.add(lstm.norm());
      gains.add(lstm.gain());
      this.cell = lstm;
    } else {
      this.cell = cell;
    }
  }

  /** Room for the numbers of a batch. */
  CellState state() {
    return new CellState(cell, Kernels.padded(H), norms);
  }

  void pack(Kernels k, float[] weights, boolean training) {
    if (w != null) k.pack(wPacked, weights, w.at(), w.ld());
    k.pack(uPacked, weights, u.at(), u.ld());
    if (!training) return;
    if (uTransposed == null) {
      if (w != null) wTransposed = new PackedMatrix(w.ld(), Kernels.padded(D));
      uTransposed = new PackedMatrix(u.ld(), Kernels.padded(H));
    }
    if (w != null) k.packTransposed(wTransposed, weights, w.at(), w.ld(), D);
    k.packTransposed(uTransposed, weights, u.at(), u.ld(), H);
  }

  /** Fills the state for a batch of sentences; x [rows, D] in rows of {@code ldx}; one-hot inputs of dropped rows count for nothing, of none when {@code dropped} is null. */
  void forward(
      Kernels k,
      Parameters p,
      Batch batch,
      boolean[] dropped,
      CellState s,
      float[] x,
      int ldx,
      Dropping drop,
      int stream) {
    int rows = batch.rows(), wide = s.G * s.H;
    begin(p.dense(), s, rows);
    for (int i = 0; i < oneHot.length; i++) {
      if (oneHot[i] >= 0)
        addRows(s.gate, wide, p.tables().get(oneHot[i]).values(), batch.ids(i), dropped, rows);
    }
    s.masked = drop.recurrent() > 0;
    if (s.masked)
      s.mask =
          Masks.fill(s.mask, batch, s.H, H, drop.recurrent(), drop, Purpose.DROP_RECURRENT, stream);
    sweep(k, batch.layout(), s, x, ldx);
  }

  /** Fills the state for any ragged sequences, without one-hot inputs and dropout. */
  void forward(Kernels k, float[] dense, Ragged layout, CellState s, float[] x, int ldx) {
    begin(dense, s, layout.rows());
    s.masked = false;
    sweep(k, layout, s, x, ldx);
  }

  private void begin(float[] dense, CellState s, int rows) {
    int wide = s.G * s.H;
    if (norm != null) Arrays.fill(s.gate, 0, rows * wide, 0f); // its bias comes afterwards
    else for (int r = 0; r < rows; r++) System.arraycopy(dense, b.at(), s.gate, r * wide, wide);
    s.weights = dense;
    s.biasAt = recurrentBias == null ? 0 : recurrentBias.at();
  }

  private void sweep(Kernels k, Ragged layout, CellState s, float[] x, int ldx) {
    int wide = s.G * s.H;
    if (w != null) k.product(x, 0, ldx, wPacked, s.gate, 0, wide, layout.rows(), true);
    if (norm != null) norm.input(k, s, layout.rows());
    for (int n = 0; n < layout.steps(); n++) {
      int t = backward ? layout.steps() - 1 - n : n;
      int row = layout.start(t), live = layout.live(t), linked = linked(layout, t);
      if (linked > 0) {
        int previous = layout.start(previous(t));
        if (s.masked) {
          k.multiply(
              s.h, previous * s.H, s.H, s.mask, 0, s.H, s.hin, row * s.H, s.H, linked, s.H, false);
        } else {
          System.arraycopy(s.h, previous * s.H, s.hin, row * s.H, linked * s.H);
        }
        k.product(s.hin, row * s.H, s.H, uPacked, s.rec, row * wide, wide, linked, false);
        if (norm != null) norm.step(k, s, row, linked);
        cell.forward(k, s, row, previous, linked);
      }
      if (linked < live) {
        int first = row + linked, many = live - linked;
        if (s.isGiven()) { // sentences that begin here are those from number linked on
          if (s.masked)
            k.multiply(
                s.startH,
                linked * s.H,
                s.H,
                s.mask,
                linked * s.H,
                s.H,
                s.hin,
                first * s.H,
                s.H,
                many,
                s.H,
                false);
          else System.arraycopy(s.startH, linked * s.H, s.hin, first * s.H, many * s.H);
          k.product(s.hin, first * s.H, s.H, uPacked, s.rec, first * wide, wide, many, false);
        } else {
          Arrays.fill(s.hin, first * s.H, (first + many) * s.H, 0f);
          Arrays.fill(s.rec, first * wide, (first + many) * wide, 0f);
        }
        if (norm != null) norm.step(k, s, row + linked, live - linked);
        cell.forward(k, s, row + linked, -1, live - linked);
      }
    }
  }

  private static void addRows(
      float[] gate, int wide, float[] table, int[] ids, boolean[] dropped, int rows) {
    for (int r = 0; r < rows; r++) {
      if (dropped != null && dropped[r]) continue;
      int from = ids[r] * wide, to = r * wide;
      for (int j = 0; j < wide; j++) gate[to + j] += table[from + j];
    }
  }

  /**
   * From {@code s.dh}, the gradient of h: adds the weight gradients to {@code g} and, unless {@code dx} is null, writes or adds that of x.
   */
  void backward(
      Kernels k,
      Ragged layout,
      CellState s,
      float[] x,
      int ldx,
      float[] g,
      float[] dx,
      boolean addToInput,
      float[] scratch) {
    int rows = layout.rows(), wide = s.G * s.H;
    float[] dRec = cell.ownRecurrentGradient() ? s.rec : s.gate;
    if (norm != null) dRec = norm.recurrentGradient(s);
    s.clearMemoryGradient(rows);
    s.gradient = g;
    for (int n = layout.steps() - 1; n >= 0; n--) {
      int t = backward ? layout.steps() - 1 - n : n;
      int row = layout.start(t), live = layout.live(t), linked = linked(layout, t);
      if (linked < live) {
        cell.backward(k, s, row + linked, -1, live - linked);
        if (norm != null) norm.stepBackward(k, s, row + linked, live - linked);
      }
      if (linked == 0) continue;
      int previous = layout.start(previous(t));
      cell.backward(k, s, row, previous, linked);
      if (norm != null) norm.stepBackward(k, s, row, linked);
      if (s.masked) {
        k.product(dRec, row * wide, wide, uTransposed, scratch, 0, s.H, linked, false);
        k.multiply(scratch, 0, s.H, s.mask, 0, s.H, s.dh, previous * s.H, s.H, linked, s.H, true);
      } else {
        k.product(dRec, row * wide, wide, uTransposed, s.dh, previous * s.H, s.H, linked, true);
      }
    }
    k.outer(s.hin, 0, s.H, dRec, 0, wide, rows, H, wide, g, u.at(), wide);
    if (norm != null) norm.inputBackward(k, s, rows);
    else biasGradients(k, s, dRec, rows, g);
    if (w == null) return;
    k.outer(x, 0, ldx, s.gate, 0, wide, rows, D, wide, g, w.at(), wide);
    if (dx != null) k.product(s.gate, 0, wide, wTransposed, dx, 0, ldx, rows, addToInput);
  }

  /** The recurrent weights for the way back, packed beside those that other threads may be using. */
  PackedMatrix transposedRecurrent(Kernels k, float[] weights) {
    PackedMatrix transposed = new PackedMatrix(u.ld(), Kernels.padded(H));
    k.packTransposed(transposed, weights, u.at(), u.ld(), H);
    return transposed;
  }

  boolean isNormalized() {
    return norm != null;
  }

  /**
   * Sends the gradient of the state that a sentence ends with back through time, and adds the square of its norm at each state by the distance in steps; neither weights nor
   * inputs get a gradient. After a forward pass over this one sentence of T rows without dropout, whose gates it uses up.
   * <pre>
   *   s.dh [T,H] in: the gradient in the row of the last step, 0 elsewhere    squares [T] added to
   * </pre>
   */
  void backThroughTime(Kernels k, int T, CellState s, PackedMatrix transposed, double[] squares) {
    int wide = s.G * s.H;
    float[] dRec = cell.ownRecurrentGradient() ? s.rec : s.gate;
    if (norm != null) dRec = norm.recurrentGradient(s);
    for (int distance = 0; distance < T; distance++) {
      int row = backward ? distance : T - 1 - distance, previous = previous(row);
      for (int i = row * s.H; i < (row + 1) * s.H; i++)
        squares[distance] += (double) s.dh[i] * s.dh[i];
      if (distance == T - 1) return;
      cell.backward(k, s, row, previous, 1);
      if (norm != null) norm.stepBackward(k, s, row, 1);
      k.product(dRec, row * wide, wide, transposed, s.dh, previous * s.H, s.H, 1, true);
    }
  }

  private void biasGradients(Kernels k, CellState s, float[] dRec, int rows, float[] g) {
    int wide = s.G * s.H;
    k.columnSums(s.gate, 0, wide, rows, wide, g, b.at());
    if (recurrentBias != null) {
      k.columnSums(dRec, (s.G - 1) * s.H, wide, rows, s.H, g, recurrentBias.at());
    }
  }

  private int previous(int t) {
    return backward ? t + 1 : t - 1;
  }

  /** How many of a step's sequences have a previous step; they stand first. */
  private int linked(Ragged layout, int t) {
    int previous = previous(t);
    return previous < 0 || previous >= layout.steps()
        ? 0
        : Math.min(layout.live(t), layout.live(previous));
  }

  /** First values: input weights by Glorot and Bengio 2010, recurrent ones orthogonal per gate (Saxe et al. 2014), biases from the cell, gains of a normalisation 1. */
  void initialise(Parameters p, Initial initial) {
    if (w != null) initial.uniform(p.dense(), w, Math.sqrt(6.0 / (D + H)));
    for (int table : oneHot) {
      if (table < 0) continue;
      Parameters.Table t = p.tables().get(table);
      initial.uniform(t.values(), t.block(), Math.sqrt(3.0 / H) * 0.5);
    }
    initial.orthogonal(p.dense(), u);
    for (int gate = 0; gate < b.groups(); gate++) {
      int from = b.at() + gate * b.padded();
      Arrays.fill(p.dense(), from, from + H, cell.initialBias(gate));
    }
    for (Block gain : gains) LayerNorm.initialise(p, gain);
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

    /** Each group a random orthogonal matrix: normal numbers made orthonormal row by row (Gram and Schmidt, twice for accuracy). */
    void orthogonal(float[] array, Block block) {
      int n = block.width();
      for (int group = 0; group < block.groups(); group++) {
        long stream = stream();
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
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
            array[block.at() + i * block.ld() + group * block.padded() + j] = (float) q[i][j];
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
