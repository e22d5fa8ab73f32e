package dev.sluice.network;

import java.util.Arrays;
import java.util.List;

/**
 * The numbers of one direction of one layer for one batch; H is padded, rows are those of the batch.
 * <pre>
 *   gate [rows,G·H] sums of the input part, then gates, then gradients    rec [rows,G·H] sums of the recurrent part
 *   h, c, tc [rows,H] states    hin [rows,H] the previous h as it entered the recurrent product
 *   dh, dc [rows,H] gradients
 * </pre>
 */
final class CellState {
  final int G, H;
  private final boolean memory;
  private final List<LayerNorm> normalizations;
  float[] gate = new float[0];
  float[] rec = new float[0];
  float[] h = new float[0];
  float[] c = new float[0];
  float[] tc = new float[0];
  float[] hin = new float[0];
  float[] dh = new float[0];
  float[] dc = new float[0];

  /** A row of zeros: the state before the first token, in place of the previous rows. */
  private final float[] zero;

  /** A row that takes what nobody reads: the gradient of the state before the first token. */
  private float[] dump;

  /** The states before the first token, [B,H], unless they are zero. */
  float[] startH = new float[0];

  /** The memories before the first token, [B,H], unless they are zero. */
  float[] startC = new float[0];

  private boolean given;

  /** The dropout mask of the recurrence, [B,H]; used when {@code masked}. */
  float[] mask = new float[0];

  boolean masked;

  /** The dense weights of the last forward pass, and where among them the recurrent bias stands. */
  float[] weights;

  int biasAt;

  /** The gradient of the dense weights that a backward pass adds to. */
  float[] gradient;

  /** What each normalisation of the layer leaves behind. */
  final LayerNorm.State[] norms;

  CellState(Cell cell, int paddedHidden) {
    this(cell, paddedHidden, List.of());
  }

  /** With room for normalisations, each at the slot that is its place in the list. */
  CellState(Cell cell, int paddedHidden, List<LayerNorm> normalizations) {
    G = cell.gates();
    H = paddedHidden;
    memory = cell.hasMemory();
    zero = new float[H];
    dump = new float[H];
    this.normalizations = normalizations;
    norms = new LayerNorm.State[normalizations.size()];
    Arrays.setAll(norms, i -> new LayerNorm.State());
  }

  /** How many numbers a row of the batch takes here. */
  int perRow(boolean training) {
    int states = memory ? 4 : 2, gradients = memory ? 2 : 1;
    int normalized = 0;
    for (int i = 0; i < norms.length; i++) normalized += normalizations.get(i).width() + 1;
    return (2 * G + states + (training ? gradients : 0)) * H + normalized;
  }

  void reserve(int rows, boolean training) {
    for (int i = 0; i < norms.length; i++) normalizations.get(i).reserve(norms[i], rows);
    if (h.length < rows * H) {
      gate = new float[rows * G * H];
      rec = new float[rows * G * H];
      h = new float[rows * H];
      hin = new float[rows * H];
      if (memory) {
        c = new float[rows * H];
        tc = new float[rows * H];
      }
    }
    if (training && dh.length < rows * H) {
      dh = new float[rows * H];
      if (memory) dc = new float[rows * H];
    }
  }

  /** Makes the next batch begin with states that the caller then writes to {@code startH} and {@code startC}, a row per sentence in the order of the batch, padding zero. */
  void beginWith(int sentences) {
    given = true;
    startH = Workspace.room(startH, sentences * H);
    if (memory) startC = Workspace.room(startC, sentences * H);
    if (dump.length < sentences * H) dump = new float[sentences * H];
  }

  boolean hasMemory() {
    return memory;
  }

  boolean isGiven() {
    return given;
  }

  float[] hBefore(int previous) {
    return previous >= 0 ? h : given ? startH : zero;
  }

  float[] dhBefore(int previous) {
    return previous >= 0 ? dh : dump;
  }

  float[] cBefore(int previous) {
    return previous >= 0 ? c : given ? startC : zero;
  }

  float[] dcBefore(int previous) {
    return previous >= 0 ? dc : dump;
  }

  int beforeLd(int previous) {
    return previous >= 0 || given ? H : 0;
  }

  void clearMemoryGradient(int rows) {
    if (memory) Arrays.fill(dc, 0, rows * H, 0f);
  }
}
