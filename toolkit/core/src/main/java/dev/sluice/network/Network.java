package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.kernel.PackedMatrix;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import java.util.Arrays;

/**
 * Inputs, stacked recurrent layers in one or two directions, and one linear layer that gives label scores per token or per sentence.
 *
 * <p>A network holds weights only. {@link #forward} and {@link #backward} work on a {@link Workspace}, so one network serves many threads as long as
 * nobody changes its weights; whoever does calls {@link #pack} before the next forward.
 */
public final class Network {
  private final NetworkShape shape;
  private final Parameters parameters;
  private final int[] tables; // per input the number of its embedding table, -1 for one-hot
  private final Recurrent[][] recurrent; // [layer][direction]
  private final Block outputWeights;
  private final Block outputBias;
  private final PackedMatrix outputPacked;
  private PackedMatrix outputTransposed;

  /** A network with all weights zero. */
  public Network(NetworkShape shape) {
    this.shape = shape;
    Parameters.Layout layout = new Parameters.Layout();
    tables = new int[shape.inputs().size()];
    for (int i = 0; i < tables.length; i++) {
      Input input = shape.inputs().get(i);
      tables[i] =
          input.oneHot()
              ? -1
              : layout.table("input." + input.name(), input.vocabulary(), 1, input.dimension());
    }
    recurrent = new Recurrent[shape.widths().size()][shape.directions()];
    for (int l = 0; l < recurrent.length; l++) {
      for (int d = 0; d < recurrent[l].length; d++) {
        Cell cell = Cell.of(shape.cell(), shape.activation());
        int D = l == 0 ? shape.inputWidth() : shape.outputWidth(l - 1);
        String name = "encoder." + l + (d == 0 ? ".forward" : ".backward");
        recurrent[l][d] =
            new Recurrent(
                layout, name, cell, D, shape.widths().get(l), d == 1, l == 0 ? shape : null);
      }
    }
    int W = shape.outputWidth(recurrent.length - 1);
    outputWeights = layout.dense("output.weight", W, 1, shape.labels());
    outputBias = layout.dense("output.bias", 1, 1, shape.labels());
    outputPacked = new PackedMatrix(W, outputWeights.ld());
    parameters = layout.allocate();
  }

  /** The sizes. */
  public NetworkShape shape() {
    return shape;
  }

  /** The weights. */
  public Parameters parameters() {
    return parameters;
  }

  /** The width between two rows of label scores: L padded. */
  public int emissionWidth() {
    return outputWeights.ld();
  }

  Recurrent recurrent(int layer, int direction) {
    return recurrent[layer][direction];
  }

  /** Room for the numbers of a batch. */
  public Workspace workspace(boolean training) {
    return new Workspace(this, Kernels.create(), training);
  }

  /** Room for the numbers of a batch, worked on by the given kernels, which must be of the kind that packed the weights. */
  public Workspace workspace(Kernels kernels, boolean training) {
    return new Workspace(this, kernels, training);
  }

  /** Fills all weights with first values, a function of the seed. */
  public void initialise(long seed) {
    Arrays.fill(parameters.dense(), 0f); // biases that nothing below sets
    int number = 0;
    for (int i = 0; i < tables.length; i++, number++) {
      if (tables[i] < 0) continue;
      Parameters.Table table = parameters.tables().get(tables[i]);
      double bound = Math.sqrt(3.0 / table.block().width());
      new Recurrent.Initial(seed, number).uniform(table.values(), table.block(), bound);
    }
    for (Recurrent[] layer : recurrent) {
      for (Recurrent r : layer) r.initialise(parameters, seed, number++);
    }
    double bound = Math.sqrt(6.0 / (outputWeights.rows() + shape.labels()));
    new Recurrent.Initial(seed, number).uniform(parameters.dense(), outputWeights, bound);
  }

  /**
   * Brings the packed forms up to date with the weights.
   *
   * @param training whether {@link #backward} will be called
   */
  public void pack(Kernels k, boolean training) {
    for (int part = 0; part < packParts(); part++) pack(k, training, part);
  }

  /** The number of independent parts of {@link #pack(Kernels, boolean)}, for several threads. */
  public int packParts() {
    return recurrent.length * shape.directions() + 1;
  }

  /** One part of {@link #pack(Kernels, boolean)}. */
  public void pack(Kernels k, boolean training, int part) {
    int directions = shape.directions();
    if (part < recurrent.length * directions) {
      recurrent[part / directions][part % directions].pack(k, parameters.dense(), training);
      return;
    }
    k.pack(outputPacked, parameters.dense(), outputWeights.at(), outputWeights.ld());
    if (!training) return;
    if (outputTransposed == null) {
      outputTransposed = new PackedMatrix(outputWeights.ld(), Kernels.padded(outputWeights.rows()));
    }
    k.packTransposed(
        outputTransposed,
        parameters.dense(),
        outputWeights.at(),
        outputWeights.ld(),
        outputWeights.rows());
  }

  /** Label scores for the batch of a workspace. */
  public void forward(Workspace ws, Dropping drop) {
    ws.reserve(this);
    Batch batch = ws.batch;
    Kernels k = ws.kernels;
    embed(ws, drop);
    float[] x = ws.x;
    int ldx = Kernels.padded(shape.inputWidth());
    for (int l = 0; l < recurrent.length; l++) {
      int ldo = Kernels.padded(shape.outputWidth(l)), H = shape.widths().get(l);
      SideBySide beside = ws.beside(this, recurrent[l][0]);
      if (beside != null) beside.forward(recurrent[l], l, x, ldx);
      for (int d = 0; beside == null && d < recurrent[l].length; d++) {
        recurrent[l][d].forward(k, parameters, batch, ws.states[l][d], x, ldx, drop, 2 * l + d);
      }
      for (int d = 0; d < recurrent[l].length; d++) {
        CellState s = ws.states[l][d];
        for (int r = 0; r < batch.rows(); r++) {
          System.arraycopy(s.h, r * s.H, ws.out[l], r * ldo + d * H, H);
        }
      }
      if (drop.layer() > 0) {
        int width = shape.outputWidth(l);
        ws.layerMask[l] =
            Masks.fill(
                ws.layerMask[l], batch, ldo, width, drop.layer(), drop, Purpose.DROP_LAYER, l);
        multiplyByMask(k, batch, ws.out[l], ldo, ws.layerMask[l]);
      }
      x = ws.out[l];
      ldx = ldo;
    }
    int results = batch.rows();
    if (shape.pooling() != null) {
      pool(ws, x, ldx);
      x = ws.pooled;
      results = batch.sentences();
    }
    int L = outputWeights.ld();
    for (int r = 0; r < results; r++)
      System.arraycopy(parameters.dense(), outputBias.at(), ws.emit, r * L, L);
    k.product(x, 0, ldx, outputPacked, ws.emit, 0, L, results, true);
  }

  private void embed(Workspace ws, Dropping drop) {
    Batch batch = ws.batch;
    int ldx = Kernels.padded(shape.inputWidth()), column = 0;
    for (int i = 0; i < tables.length; i++) {
      if (tables[i] < 0) continue;
      Parameters.Table table = parameters.tables().get(tables[i]);
      int[] ids = batch.ids(i);
      int D = table.block().width(), ld = table.block().ld();
      for (int r = 0; r < batch.rows(); r++)
        System.arraycopy(table.values(), ids[r] * ld, ws.x, r * ldx + column, D);
      column += D;
    }
    if (drop.input() > 0 && column > 0) {
      ws.inputMask =
          Masks.fill(ws.inputMask, batch, ldx, column, drop.input(), drop, Purpose.DROP_INPUT, 0);
      multiplyByMask(ws.kernels, batch, ws.x, ldx, ws.inputMask);
    }
  }

  private static void multiplyByMask(Kernels k, Batch batch, float[] x, int ld, float[] mask) {
    for (int t = 0; t < batch.steps(); t++) {
      int at = batch.start(t) * ld;
      k.multiply(x, at, ld, mask, 0, ld, x, at, ld, batch.live(t), ld, false);
    }
  }

  /** The row that holds the last state of sentence i for a direction: the last token forward, the first one backward. */
  private static int lastRow(Batch batch, int i, int direction) {
    return direction == 0 ? batch.start(batch.length(i) - 1) + i : i;
  }

  private void pool(Workspace ws, float[] x, int ldx) {
    Batch batch = ws.batch;
    int width = shape.outputWidth(recurrent.length - 1), H = width / shape.directions();
    for (int i = 0; i < batch.sentences(); i++) {
      int to = i * ldx;
      if (shape.pooling() == Pooling.LAST) {
        for (int d = 0; d < shape.directions(); d++) {
          System.arraycopy(x, lastRow(batch, i, d) * ldx + d * H, ws.pooled, to + d * H, H);
        }
        continue;
      }
      Arrays.fill(ws.pooled, to, to + width, 0f);
      int length = batch.length(i);
      for (int t = 0; t < length; t++) {
        int from = (batch.start(t) + i) * ldx;
        for (int j = 0; j < width; j++) ws.pooled[to + j] += x[from + j];
      }
      for (int j = 0; j < width; j++) ws.pooled[to + j] /= length;
    }
  }

  private void unpool(Workspace ws, int ld) {
    Batch batch = ws.batch;
    int width = shape.outputWidth(recurrent.length - 1), H = width / shape.directions();
    Arrays.fill(ws.dOut, 0, batch.rows() * ld, 0f);
    for (int i = 0; i < batch.sentences(); i++) {
      int from = i * ld;
      if (shape.pooling() == Pooling.LAST) {
        for (int d = 0; d < shape.directions(); d++) {
          System.arraycopy(ws.dPooled, from + d * H, ws.dOut, lastRow(batch, i, d) * ld + d * H, H);
        }
        continue;
      }
      int length = batch.length(i);
      for (int t = 0; t < length; t++) {
        int to = (batch.start(t) + i) * ld;
        for (int j = 0; j < width; j++) ws.dOut[to + j] = ws.dPooled[from + j] / length;
      }
    }
  }

  /**
   * From the gradient of the label scores, the gradient of every weight: the dense part into the workspace's own array, which is overwritten,
   * the tables' part left in the workspace for {@link SparseGradient}.
   */
  public void backward(Workspace ws, Dropping drop) {
    Batch batch = ws.batch;
    Kernels k = ws.kernels;
    float[] g = ws.gradient;
    Arrays.fill(g, 0f);
    int last = recurrent.length - 1,
        L = outputWeights.ld(),
        ldo = Kernels.padded(shape.outputWidth(last));
    int results = shape.pooling() == null ? batch.rows() : batch.sentences();
    float[] top = shape.pooling() == null ? ws.out[last] : ws.pooled;
    k.outer(
        top, 0, ldo, ws.dEmit, 0, L, results, outputWeights.rows(), L, g, outputWeights.at(), L);
    k.columnSums(ws.dEmit, 0, L, results, L, g, outputBias.at());
    float[] dTop = shape.pooling() == null ? ws.dOut : ws.dPooled;
    k.product(ws.dEmit, 0, L, outputTransposed, dTop, 0, ldo, results, false);
    if (shape.pooling() != null) unpool(ws, ldo);

    for (int l = last; l >= 0; l--) {
      ldo = Kernels.padded(shape.outputWidth(l));
      int H = shape.widths().get(l);
      if (drop.layer() > 0) multiplyByMask(k, batch, ws.dOut, ldo, ws.layerMask[l]);
      boolean needsInput = l > 0 || shape.inputWidth() > 0;
      float[] x = l == 0 ? ws.x : ws.out[l - 1];
      int ldx = Kernels.padded(l == 0 ? shape.inputWidth() : shape.outputWidth(l - 1));
      for (int d = 0; d < recurrent[l].length; d++) {
        CellState s = ws.states[l][d];
        for (int r = 0; r < batch.rows(); r++)
          System.arraycopy(ws.dOut, r * ldo + d * H, s.dh, r * s.H, H);
        recurrent[l][d].backward(
            k, batch, s, x, ldx, g, needsInput ? ws.dx : null, d > 0, ws.scratch);
      }
      if (l > 0) { // the input's gradient is the output's gradient of the layer below
        float[] swap = ws.dOut;
        ws.dOut = ws.dx;
        ws.dx = swap;
      }
    }
    if (drop.input() > 0 && shape.inputWidth() > 0) {
      multiplyByMask(k, batch, ws.dx, Kernels.padded(shape.inputWidth()), ws.inputMask);
    }
  }

  /**
   * Where the gradient of a table's rows stands in a workspace after {@link #backward}: the ids of one input, and for each row of the batch a run of
   * numbers.
   */
  interface RowGradients {
    void take(int input, float[] from, int at, int ld, int width);
  }

  void rowGradients(Workspace ws, int table, RowGradients to) {
    int column = 0;
    for (int i = 0; i < tables.length; i++) {
      Input input = shape.inputs().get(i);
      if (tables[i] == table)
        to.take(i, ws.dx, column, Kernels.padded(shape.inputWidth()), input.dimension());
      column += input.dimension();
      for (int d = 0; d < recurrent[0].length; d++) {
        if (recurrent[0][d].oneHot[i] != table) continue;
        CellState s = ws.states[0][d];
        to.take(i, s.gate, 0, s.G * s.H, s.G * s.H);
      }
    }
  }
}
