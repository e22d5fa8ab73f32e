package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;

/**
 * Scores of the symbols that may come next: how well the vector of each goes with the state.
 * <pre>
 *   top [rows,W] states    table [≥V,D] a row per symbol    bias [V]
 *
 *   h = top, or top·projection [W,D]        scores = bias + h·tableᵀ
 * </pre>
 * The table is one of its own, or that of the input: tied weights (Press and Wolf 2017, Inan et al. 2017). One product gives the scores of all rows.
 * In training the scores may be
 * of some symbols alone, see {@link NextScores#only}; then only their rows and biases are read and get a gradient.
 */
final class NextHead {
  /** Candidates are padded to a multiple of this, so that few sizes of matrices are packed. */
  private static final int CANDIDATES = 256;

  private final int V, D, W;
  private final boolean tied;
  private final int table;
  private final Block bias;
  private final Linear projection; // null when h is the state itself
  private final PackedMatrix packed;
  private final PackedMatrix transposed;
  private volatile int version; // of the weights
  private volatile int packedVersion = -1;
  private volatile int transposedVersion = -1;

  NextHead(Parameters.Layout layout, NetworkShape shape, int inputTable) {
    NetworkShape.Next next = shape.next().orElseThrow();
    V = next.symbols();
    W = shape.topWidth();
    tied = next.tied();
    D = tied ? ((NetworkShape.Input.Table) shape.inputs().get(0)).dimension() : W;
    table = tied ? inputTable : layout.table("next.weight", V, 1, D);
    bias = layout.dense("next.bias", 1, 1, V);
    projection = D == W ? null : Linear.withoutBias(layout, "next.projection", W, D);
    packed = new PackedMatrix(D, Kernels.padded(V));
    transposed = new PackedMatrix(V, Kernels.padded(D));
  }

  /** The number of the table of the symbols' vectors. */
  int table() {
    return table;
  }

  /** Room for the scores of a batch. */
  NextScores scores() {
    return new NextScores(V, D, projection != null);
  }

  /** Notes that weights have changed. The vectors are packed by whoever needs all of them first: in training with candidates nobody does. */
  void pack(Kernels k, Parameters p, boolean training) {
    if (projection != null) projection.pack(k, p.dense(), training);
    int now = version;
    version = now + 1;
  }

  private PackedMatrix packed(Kernels k, Parameters p) {
    if (packedVersion == version) return packed;
    synchronized (packed) {
      if (packedVersion == version) return packed;
      Parameters.Table t = p.tables().get(table);
      k.packTransposed(packed, t.values(), 0, t.block().ld(), V);
      packedVersion = version;
    }
    return packed;
  }

  private PackedMatrix transposed(Kernels k, Parameters p) {
    if (transposedVersion == version) return transposed;
    synchronized (transposed) {
      if (transposedVersion == version) return transposed;
      Parameters.Table t = p.tables().get(table);
      k.pack(transposed, t.values(), 0, t.block().ld());
      transposedVersion = version;
    }
    return transposed;
  }

  void forward(Workspace ws, Parameters p, float[] top, int ldt) {
    NextScores s = ws.next;
    int rows = ws.batch.rows(), ldh = Kernels.padded(D);
    float[] h = top;
    if (projection != null) {
      h = s.projected;
      projection.forward(ws.kernels, p.dense(), top, ldt, rows, h);
    }
    PackedMatrix vectors;
    if (s.candidates > 0) {
      gather(s, p);
      vectors = s.some.forward(ws.kernels, s.gathered);
    } else {
      vectors = packed(ws.kernels, p);
    }
    int ld = s.ld();
    for (int r = 0; r < rows; r++) {
      if (s.candidates > 0) System.arraycopy(s.gatheredBias, 0, s.scores, r * ld, ld);
      else System.arraycopy(p.dense(), bias.at(), s.scores, r * ld, ld);
    }
    ws.kernels.product(h, 0, ldh, vectors, s.scores, 0, ld, rows, true);
  }

  /** Copies vectors and biases of the candidates. */
  private void gather(NextScores s, Parameters p) {
    Parameters.Table t = p.tables().get(table);
    int ldt = t.block().ld(), ld = Kernels.padded(D);
    int capacity = s.ld();
    if (s.some == null || s.some.rows() != capacity) s.some = s.someOf(capacity, D);
    s.gathered = Workspace.room(s.gathered, capacity * ld);
    s.gatheredBias = Workspace.room(s.gatheredBias, capacity);
    java.util.Arrays.fill(s.gathered, 0, capacity * ld, 0f);
    java.util.Arrays.fill(s.gatheredBias, 0, capacity, 0f);
    for (int c = 0; c < s.candidates; c++) {
      System.arraycopy(t.values(), s.ids[c] * ldt, s.gathered, c * ld, D);
      s.gatheredBias[c] = p.dense()[bias.at() + s.ids[c]];
    }
  }

  /** Writes the gradient of the states; that of the vectors is left in the workspace. */
  void backward(Workspace ws, Parameters p, float[] top, int ldt, float[] dTop) {
    NextScores s = ws.next;
    Kernels k = ws.kernels;
    int rows = ws.batch.rows(), ld = s.ld(), ldh = Kernels.padded(D), many = s.columns();
    float[] h = projection == null ? top : s.projected;
    s.dTable = Workspace.room(s.dTable, many * ldh);
    java.util.Arrays.fill(s.dTable, 0, many * ldh, 0f);
    k.outer(s.gradient, 0, ld, h, 0, ldh, rows, many, ldh, s.dTable, 0, ldh);
    PackedMatrix vectors;
    if (s.candidates == 0) {
      vectors = transposed(k, p);
      k.columnSums(s.gradient, 0, ld, rows, ld, ws.gradient, bias.at());
    } else {
      vectors = s.some.backward(k, s.gathered);
      java.util.Arrays.fill(s.gatheredBias, 0, ld, 0f);
      k.columnSums(s.gradient, 0, ld, rows, ld, s.gatheredBias, 0);
      for (int c = 0; c < s.candidates; c++) ws.gradient[bias.at() + s.ids[c]] += s.gatheredBias[c];
    }
    if (projection == null) {
      k.product(s.gradient, 0, ld, vectors, dTop, 0, ldt, rows, false);
      return;
    }
    k.product(s.gradient, 0, ld, vectors, s.dProjected, 0, ldh, rows, false);
    projection.backward(k, top, ldt, s.dProjected, rows, ws.gradient, dTop, false);
  }

  void rowGradients(Workspace ws, Network.RowGradients to) {
    NextScores s = ws.next;
    to.take(s.columnIds(), s.columns(), null, s.dTable, 0, Kernels.padded(D), D);
  }

  /** Vectors of its own by Glorot and Bengio 2010, biases zero. */
  void initialise(Parameters p, Recurrent.Initial initial) {
    if (projection != null) projection.initialise(p, initial);
    if (tied) return; // the input has done it
    Parameters.Table t = p.tables().get(table);
    initial.uniform(t.values(), t.block(), Math.sqrt(6.0 / (W + V)));
  }

  /** Rounds the number of candidates up. */
  static int capacity(int candidates) {
    return (candidates + CANDIDATES - 1) / CANDIDATES * CANDIDATES;
  }
}
