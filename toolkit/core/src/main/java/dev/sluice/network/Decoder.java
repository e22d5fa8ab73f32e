package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.network.NetworkShape.Looking;
import java.util.List;

/**
 * Writes a sequence symbol by symbol: recurrent layers over the symbols that were written before, which begin with what the encoder ended with and look at its states.
 * <pre>
 *   ends [B,W] of the encoder    x[t] [E] the vector of symbol t-1, of the begin at first
 *
 *   h[-1] = tanh(ends·B + b)    c[-1] = tanh(ends·D + d)    the bridge, one for each layer
 *   h[t] = cell(x[t], h[t-1], c[t-1])    out[t] = h[t], or with attention what {@link GlobalAttention} makes of it
 *   scores[t] = out[t]·O + o [V]
 * </pre>
 * Source: Sutskever, Vinyals and Le 2014, arXiv:1409.3215, and for the bridge Bahdanau, Cho and Bengio 2015, arXiv:1409.0473, appendix A.2.2.
 *
 * <p>Two ways lead through it. Where the sentences of a batch say what is to be written, all symbols are read at once and each state sees the right ones before it (teacher forcing); otherwise
 * {@link #step} writes one symbol after the other.
 */
final class Decoder {
  /** Numbers of dropout masks begin behind those of the encoder. */
  private static final int FIRST_MASK = 64;

  private final NetworkShape.Decoder shape;
  private final LastStates last;
  private final int table;
  private final Recurrent[] layers;
  private final Linear[] startH;
  private final Linear[] startC; // null where a cell has no memory
  private final GlobalAttention attention; // null without attention
  private final Linear output;

  Decoder(Parameters.Layout layout, NetworkShape network) {
    shape = network.decoder().orElseThrow();
    last = new LastStates(network.encoder());
    int W = last.width;
    table = layout.table("decoder.symbols", shape.symbols() + 1, 1, shape.dimension());
    layers = new Recurrent[shape.layers()];
    startH = new Linear[layers.length];
    startC = new Linear[layers.length];
    for (int l = 0; l < layers.length; l++) {
      String name = "decoder." + l;
      int D = l == 0 ? shape.dimension() : shape.outputs(l - 1), H = shape.widths().get(l);
      layers[l] = new Recurrent(layout, name, shape.cells().get(l), D, H, false, List.of(), false);
      startH[l] = new Linear(layout, name + ".start", W, layers[l].order, layers[l].P);
      if (layers[l].cell.hasMemory())
        startC[l] = new Linear(layout, name + ".start-memory", W, 1, H);
    }
    attention =
        shape.looking() == Looking.NONE
            ? null
            : new GlobalAttention(layout, shape.looking(), W, shape.width());
    output = new Linear(layout, "decoder.output", shape.width(), shape.symbols());
  }

  /** The number of the table of the symbols' vectors. */
  int table() {
    return table;
  }

  DecoderState state() {
    CellState[] cells = new CellState[layers.length];
    for (int l = 0; l < cells.length; l++) cells[l] = layers[l].state();
    return new DecoderState(shape, cells, attention == null ? null : attention.state());
  }

  /** How many numbers a batch takes here. */
  long numbers(DecoderState s, Batch batch, boolean training) {
    long passes = training ? 2 : 1, rows = DecoderState.rows(batch), B = batch.sentences();
    long perSequence = passes * Kernels.padded(last.width);
    long perRow = passes * (s.scores.ld() + ld(0) + Kernels.padded(shape.width()));
    for (int l = 0; l < layers.length; l++) {
      CellState cell = s.cells[l];
      perRow += cell.perRow(training) + cell.P + (training ? ld(l) : 0);
      perSequence += (2 * passes + 1) * (cell.order * (long) cell.P + cell.H);
    }
    long numbers = rows * perRow + B * perSequence;
    if (attention != null)
      numbers += attention.numbers(batch.rows(), rows, batch.steps(), training);
    return numbers;
  }

  /** The padded width of what a layer reads. */
  private int ld(int layer) {
    return Kernels.padded(layers[layer].D);
  }

  /** Room for the sentences of a batch, and for what is to be written of them. */
  void reserve(DecoderState s, Batch batch, boolean training) {
    s.open(batch);
    int B = batch.sentences();
    s.ends = Workspace.room(s.ends, B * Kernels.padded(last.width));
    if (training) s.dEnds = Workspace.room(s.dEnds, B * Kernels.padded(last.width));
    if (attention != null)
      attention.reserveSources(s.attention, batch.rows(), batch.steps(), training);
    reserveEnds(s, B);
    if (!DecoderState.isTaught(batch)) return;
    s.teach(batch);
    reserve(s, training);
  }

  private void reserveEnds(DecoderState s, int sequences) {
    for (int l = 0; l < layers.length; l++) {
      s.endH[l] = Workspace.room(s.endH[l], sequences * startH[l].ld());
      if (startC[l] != null) s.endC[l] = Workspace.room(s.endC[l], sequences * startC[l].ld());
    }
  }

  private void reserve(DecoderState s, boolean training) {
    int rows = s.rows(), B = s.sequences(), ldp = Kernels.padded(shape.width()), widest = 0;
    s.x = Workspace.room(s.x, rows * ld(0));
    s.h = Workspace.room(s.h, rows * ldp);
    if (attention != null && training) s.seen = Workspace.room(s.seen, rows * ldp);
    s.scores.reserve(rows, training);
    if (attention != null) attention.reserve(s.attention, rows, training);
    for (int l = 0; l < layers.length; l++) {
      CellState cell = s.cells[l];
      cell.beginWith(B);
      cell.reserve(rows, B, training);
      s.out[l] = Workspace.room(s.out[l], rows * cell.P);
      if (training) s.dx[l] = Workspace.room(s.dx[l], rows * ld(l));
      widest = Math.max(widest, Math.max(startH[l].ld(), cell.H));
    }
    if (!training) return;
    s.dOut = Workspace.room(s.dOut, rows * ldp);
    s.dh = Workspace.room(s.dh, rows * ldp);
    s.dStart = Workspace.room(s.dStart, B * widest);
  }

  void pack(Kernels k, float[] dense, boolean training) {
    for (int l = 0; l < layers.length; l++) {
      layers[l].pack(k, dense, training);
      startH[l].pack(k, dense, training);
      if (startC[l] != null) startC[l].pack(k, dense, training);
    }
    if (attention != null) attention.pack(k, dense, training);
    output.pack(k, dense, training);
  }

  void initialise(Parameters p, Recurrent.Initial initial) {
    Parameters.Table vectors = p.tables().get(table);
    initial.uniform(vectors.values(), vectors.block(), Math.sqrt(3.0 / shape.dimension()));
    for (int l = 0; l < layers.length; l++) {
      layers[l].initialise(p, initial);
      startH[l].initialise(p, initial);
      if (startC[l] != null) startC[l].initialise(p, initial);
    }
    if (attention != null) attention.initialise(p, initial);
    output.initialise(p, initial);
  }

  /** Reads the states of the encoder; where the sentences of the batch say what is to be written, fills the scores of all symbols of it. */
  void forward(Workspace ws, Parameters p, float[] top, int ldt, Dropping drop) {
    DecoderState s = ws.decoder;
    Batch batch = ws.batch;
    for (int i = 0; i < batch.sentences(); i++) last.gather(batch, i, top, ldt, s.ends);
    for (int l = 0; l < layers.length; l++) {
      bridge(ws, p, startH[l], ldt, s.endH[l]);
      if (startC[l] != null) bridge(ws, p, startC[l], ldt, s.endC[l]);
    }
    if (attention != null) attention.read(ws, p.dense(), top);
    if (!DecoderState.isTaught(batch)) return;
    s.masked = drop.decoder() > 0;
    if (s.masked) fillMasks(s, batch, drop);
    for (int l = 0; l < layers.length; l++) {
      for (int i = 0; i < s.sequences(); i++) begin(s, l, i, s.source(i));
    }
    sweep(ws, p);
  }

  private static void bridge(Workspace ws, Parameters p, Linear start, int ldt, float[] to) {
    int B = ws.batch.sentences();
    start.forward(ws.kernels, p.dense(), ws.decoder.ends, ldt, B, to);
    for (int j = 0; j < B * start.ld(); j++) to[j] = Functions.tanh(to[j]);
  }

  private void fillMasks(DecoderState s, Batch batch, Dropping drop) {
    double rate = drop.decoder();
    int E = shape.dimension(), P = shape.width(), ldp = Kernels.padded(P);
    s.inputMask =
        Masks.fill(s.inputMask, batch, ld(0), E, rate, drop, Purpose.DROP_INPUT, FIRST_MASK);
    for (int l = 0; l < layers.length; l++) {
      int width = layers[l].P, ld = Kernels.padded(width);
      s.layerMask[l] =
          Masks.fill(
              s.layerMask[l], batch, ld, width, rate, drop, Purpose.DROP_LAYER, FIRST_MASK + l);
    }
    if (attention == null) return;
    int number = FIRST_MASK + layers.length;
    s.outMask = Masks.fill(s.outMask, batch, ldp, P, rate, drop, Purpose.DROP_LAYER, number);
  }

  /**
   * Writes one symbol more, without dropout: fills the scores of what may come next, a row for each sequence.
   *
   * @param from for each sequence the one it goes on with, among those of the step before; at the first step the sentence of the batch that it is written of
   * @param before for each the symbol before; at the first step the begin
   */
  void step(Workspace ws, Parameters p, int[] from, int[] before, int count) {
    DecoderState s = ws.decoder;
    s.go(from, before, count);
    reserve(s, false);
    s.masked = false;
    for (int l = 0; l < layers.length; l++) {
      for (int i = 0; i < count; i++) begin(s, l, i, from[i]);
    }
    sweep(ws, p);
    reserveEnds(s, count);
    for (int l = 0; l < layers.length; l++)
      layers[l].ends(s.layout, s.cells[l], s.endH[l], s.endC[l]);
  }

  /** Sequence i begins with the states of row {@code from}. */
  private void begin(DecoderState s, int l, int i, int from) {
    int wide = startH[l].ld(), H = s.cells[l].H;
    System.arraycopy(s.endH[l], from * wide, s.cells[l].startH, i * wide, wide);
    if (startC[l] != null) System.arraycopy(s.endC[l], from * H, s.cells[l].startC, i * H, H);
  }

  /** From the first states and the symbols before to the scores. */
  private void sweep(Workspace ws, Parameters p) {
    DecoderState s = ws.decoder;
    Kernels k = ws.kernels;
    int rows = s.rows(), ldp = Kernels.padded(shape.width());
    Parameters.Table vectors = p.tables().get(table);
    int ldv = vectors.block().ld();
    for (int r = 0; r < rows; r++)
      System.arraycopy(vectors.values(), s.read[r] * ldv, s.x, r * ldv, ldv);
    if (s.masked) multiplySteps(s, s.x, ldv, s.inputMask);
    float[] x = s.x;
    for (int l = 0; l < layers.length; l++) {
      CellState cell = s.cells[l];
      layers[l].forward(k, p.dense(), s.layout, cell, x, ld(l));
      System.arraycopy(cell.h, 0, s.out[l], 0, rows * cell.P);
      if (s.masked) multiplySteps(s, s.out[l], cell.P, s.layerMask[l]);
      x = s.out[l];
    }
    for (int i = 0; i < s.sequences(); i++) {
      for (int t = 0; t < s.length(i); t++)
        System.arraycopy(x, s.layout.row(t, i) * ldp, s.h, (s.first(i) + t) * ldp, ldp);
    }
    if (attention != null) {
      attention.forward(ws, p.dense(), s.h);
      if (s.masked) {
        System.arraycopy(s.attention.out, 0, s.seen, 0, rows * ldp);
        multiplySequences(s, s.seen, ldp, s.outMask);
      }
    }
    output.forward(k, p.dense(), seen(s), ldp, rows, s.scores.scores());
  }

  /** What the scores are made of. */
  private float[] seen(DecoderState s) {
    if (attention == null) return s.h;
    return s.masked ? s.seen : s.attention.out;
  }

  private static void multiplySteps(DecoderState s, float[] x, int ld, float[] mask) {
    for (int t = 0; t < s.layout.steps(); t++) {
      for (int i = 0; i < s.layout.live(t); i++)
        multiply(x, s.layout.row(t, i) * ld, mask, s.source(i) * ld, ld);
    }
  }

  private static void multiplySequences(DecoderState s, float[] x, int ld, float[] mask) {
    for (int i = 0; i < s.sequences(); i++) {
      for (int t = 0; t < s.length(i); t++)
        multiply(x, (s.first(i) + t) * ld, mask, s.source(i) * ld, ld);
    }
  }

  private static void multiply(float[] x, int at, float[] mask, int maskAt, int ld) {
    for (int j = 0; j < ld; j++) x[at + j] *= mask[maskAt + j];
  }

  /** From the gradient of the scores: adds that of the encoder's states to {@code dTop} and those of the weights to the workspace's; that of the symbols' vectors is left there. */
  void backward(Workspace ws, Parameters p, int ldt, float[] dTop) {
    DecoderState s = ws.decoder;
    Kernels k = ws.kernels;
    float[] g = ws.gradient, dh = s.dOut;
    int rows = s.rows(), ldp = Kernels.padded(shape.width()), top = layers.length - 1;
    output.backward(k, seen(s), ldp, s.scores.gradient(), rows, g, s.dOut, false);
    if (attention != null) {
      if (s.masked) multiplySequences(s, s.dOut, ldp, s.outMask);
      attention.backward(ws, p.dense(), s.h, s.dOut, s.dh, dTop);
      dh = s.dh;
    }
    for (int i = 0; i < s.sequences(); i++) {
      for (int t = 0; t < s.length(i); t++)
        System.arraycopy(
            dh, (s.first(i) + t) * ldp, s.cells[top].dh, s.layout.row(t, i) * ldp, ldp);
    }
    for (int l = top; l >= 0; l--) {
      CellState cell = s.cells[l];
      if (l < top) System.arraycopy(s.dx[l + 1], 0, cell.dh, 0, rows * cell.P);
      if (s.masked) multiplySteps(s, cell.dh, cell.P, s.layerMask[l]);
      float[] x = l == 0 ? s.x : s.out[l - 1];
      layers[l].backward(k, s.layout, cell, x, ld(l), g, s.dx[l], false, ws.scratch);
    }
    if (s.masked) multiplySteps(s, s.dx[0], ld(0), s.inputMask);
    for (int l = 0; l <= top; l++) {
      bridgeBackward(ws, startH[l], s.cells[l].dStartH, s.endH[l], ldt, l > 0);
      if (startC[l] != null)
        bridgeBackward(ws, startC[l], s.cells[l].dStartC, s.endC[l], ldt, true);
    }
    for (int i = 0; i < ws.batch.sentences(); i++) last.scatter(ws.batch, i, s.dEnds, ldt, dTop);
  }

  /** From the gradient of the states that sequences begin with, in their order, that of what the sources end with. */
  private static void bridgeBackward(
      Workspace ws, Linear start, float[] dBegin, float[] begin, int ldt, boolean add) {
    DecoderState s = ws.decoder;
    int B = ws.batch.sentences(), wide = start.ld();
    for (int i = 0; i < B; i++) {
      int from = i * wide, to = s.source(i) * wide;
      for (int j = 0; j < wide; j++)
        s.dStart[to + j] = dBegin[from + j] * (1 - begin[to + j] * begin[to + j]);
    }
    start.backward(ws.kernels, s.ends, ldt, s.dStart, B, ws.gradient, s.dEnds, add);
  }

  void rowGradients(Workspace ws, Network.RowGradients to) {
    DecoderState s = ws.decoder;
    to.take(s.read, s.rows(), null, s.dx[0], 0, ld(0), shape.dimension());
  }
}
