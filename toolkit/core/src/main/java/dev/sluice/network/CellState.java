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
  final float[] zero;

  /** A row that takes what nobody reads: the gradient of the state before the first token. */
  final float[] dump;

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

  void clearMemoryGradient(int rows) {
    if (memory) Arrays.fill(dc, 0, rows * H, 0f);
  }
}
