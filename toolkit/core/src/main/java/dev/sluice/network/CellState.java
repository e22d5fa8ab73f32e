package dev.sluice.network;

import java.util.Arrays;
import java.util.List;

/**
 * The numbers of one direction of one layer for one batch; H units and P outputs are padded, rows are those of the batch, B its sentences, n the number of states that recur.
 * <pre>
 *   gate [rows,G·H] sums of the input part, then gates, then gradients    rec [rows,G·H] sums of the recurrent part
 *   m [rows,H] what the cell puts out    h [rows,P] the states: m, or m through a projection    c, tc [rows,H] memories
 *   hin [n][rows,P] the h of one to n steps before as they entered the recurrent products
 *   dm, dc [rows,H], dh [rows,P] gradients
 *   startH [B,n·P], startC [B,H] before the first token, the state one step before it first
 * </pre>
 */
final class CellState extends Layer.State {
  final int G, H, order;
  private final boolean memory;
  private final boolean projected;
  private final boolean learned;
  private final boolean resets;
  float[] gate = new float[0];
  float[] rec = new float[0];
  private float[] unprojected = new float[0]; // m, where it is not h
  float[] c = new float[0];
  float[] tc = new float[0];
  final float[][] hin;

  /** What the reset gate leaves of the state, [rows,H], where it acts before the product. */
  float[] reset = new float[0];

  /** Its gradient in one step, [B,H]. */
  float[] dReset = new float[0];

  private float[] dUnprojected = new float[0];
  float[] dc = new float[0];

  /** A row of zeros: the state before the first token, in place of the previous rows, or weights that are not there. */
  final float[] zero;

  /** Takes the gradients of weights that are not there. */
  final float[] unread;

  /** A row that takes what nobody reads: the gradient of the state before the first token. */
  private final float[] dump;

  /** The states before the first token, unless they are zero. */
  float[] startH = new float[0];

  /** The memories before the first token, unless they are zero. */
  float[] startC = new float[0];

  /** After a backward pass the gradient of {@code startH}, in training. */
  float[] dStartH = new float[0];

  /** The same of {@code startC}. */
  float[] dStartC = new float[0];

  /** Whether sentences begin with other states than zeros. */
  boolean started;

  private boolean given;

  /** The dropout mask of the recurrence, [B,P]; used when {@code masked}. */
  float[] mask = new float[0];

  boolean masked;

  /** Where among the weights the recurrent bias stands. */
  int biasAt;

  /**
   * With room for normalisations, each at the slot that is its place in the list.
   *
   * @param H the padded units
   * @param P the padded outputs
   * @param projected whether outputs are a projection of the units
   * @param order how many states recur
   * @param learned whether the states before the first token are among the weights
   */
  CellState(
      Cell cell,
      int H,
      int P,
      boolean projected,
      int order,
      boolean learned,
      List<LayerNorm> normalizations) {
    super(P, normalizations);
    G = cell.gates();
    this.H = H;
    this.order = order;
    this.projected = projected;
    this.learned = learned;
    memory = cell.hasMemory();
    resets = cell.resetsBeforeTheProduct();
    zero = new float[Math.max(G * H, P)];
    unread = new float[zero.length];
    dump = new float[zero.length];
    hin = new float[order][0];
  }

  @Override
  int perRow(boolean training) {
    int units = 2 * G + (memory ? 2 : 0) + (projected ? 1 : 0) + (resets ? 1 : 0),
        outputs = 1 + order;
    if (training) {
      units += (memory ? 1 : 0) + (projected ? 1 : 0);
      outputs++;
    }
    return units * H + outputs * P + normalized();
  }

  @Override
  int perSentence(boolean training) {
    int reset = resets && training ? H : 0;
    if (!learned && !given) return reset;
    return reset + (training ? 2 : 1) * carried();
  }

  @Override
  int masks() {
    return P;
  }

  @Override
  int wide() {
    return G * H;
  }

  @Override
  float[] inputGradient() {
    return gate;
  }

  @Override
  void reserve(int rows, int sentences, boolean training) {
    reserveNorms(rows);
    if (h.length < rows * P) {
      gate = new float[rows * G * H];
      rec = new float[rows * G * H];
      h = new float[rows * P];
      if (projected) unprojected = new float[rows * H];
      if (resets) reset = new float[rows * H];
      for (int i = 0; i < order; i++) hin[i] = new float[rows * P];
      if (memory) {
        c = new float[rows * H];
        tc = new float[rows * H];
      }
    }
    if (training && dh.length < rows * P) {
      dh = new float[rows * P];
      if (projected) dUnprojected = new float[rows * H];
      if (memory) dc = new float[rows * H];
    }
    if (resets && training) dReset = Workspace.room(dReset, sentences * H);
    if (learned || given) reserveStart(sentences, training);
  }

  private void reserveStart(int sentences, boolean training) {
    startH = Workspace.room(startH, sentences * order * P);
    if (memory) startC = Workspace.room(startC, sentences * H);
    if (!training) return;
    dStartH = Workspace.room(dStartH, sentences * order * P);
    if (memory) dStartC = Workspace.room(dStartC, sentences * H);
  }

  /** The states that recur, the last one first, and behind them the memory. */
  @Override
  int carried() {
    return order * P + (memory ? H : 0);
  }

  @Override
  void beginWith(int sentences) {
    given = true;
    reserveStart(sentences, false);
  }

  @Override
  void begin(int i, float[] from, int at) {
    int states = order * P;
    System.arraycopy(from, at, startH, i * states, states);
    if (memory) System.arraycopy(from, at + states, startC, i * H, H);
  }

  @Override
  void beginAfresh() {
    given = false;
  }

  boolean isGiven() {
    return given;
  }

  void clearGradients(int rows, int sentences) {
    if (memory) Arrays.fill(dc, 0, rows * H, 0f);
    if (!started) return;
    Arrays.fill(dStartH, 0, sentences * order * P, 0f);
    if (memory) Arrays.fill(dStartC, 0, sentences * H, 0f);
  }

  /** What the cell puts out, [rows,H]: the states, unless they are a projection of it. */
  float[] m() {
    return projected ? unprojected : h;
  }

  /** The gradient of {@link #m}. */
  float[] dm() {
    return projected ? dUnprojected : dh;
  }

  // Where the states before some rows stand: in the rows of the previous step, or before the first
  // token.

  float[] hBefore(int previous) {
    return previous >= 0 ? h : started ? startH : zero;
  }

  /** Has the place and the distance of rows of {@link #hBefore}. */
  float[] dhBefore(int previous) {
    return previous >= 0 ? dh : started ? dStartH : dump;
  }

  int hBeforeAt(int previous, int sentence) {
    return previous >= 0 ? previous * P : sentence * hBeforeLd(previous);
  }

  int hBeforeLd(int previous) {
    return previous >= 0 ? P : started ? order * P : 0;
  }

  float[] cBefore(int previous) {
    return previous >= 0 ? c : started ? startC : zero;
  }

  /** Has the place and the distance of rows of {@link #cBefore}. */
  float[] dcBefore(int previous) {
    return previous >= 0 ? dc : started ? dStartC : dump;
  }

  int cBeforeAt(int previous, int sentence) {
    return previous >= 0 ? previous * H : sentence * cBeforeLd(previous);
  }

  int cBeforeLd(int previous) {
    return previous >= 0 || started ? H : 0;
  }
}
