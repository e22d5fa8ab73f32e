package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * The recurrence of a gated recurrent unit whose reset gate acts before the product, which takes two of them per step.
 * <pre>
 *   r, z = σ(gate[t] + h[t-1]·[U_r U_z])    rec[t] = (r·h[t-1])·Uₙ
 * </pre>
 * Source: Cho et al. 2014, arXiv:1406.1078.
 */
final class ResetProducts implements Recurrence {
  private final Cell cell;
  private final SumNorm norm; // null without layer normalisation
  private final Block u;
  private final int H;
  private final int padded;
  private final PackedMatrix gates;
  private final PackedMatrix candidate;

  ResetProducts(Cell cell, SumNorm norm, Block u) {
    this.cell = cell;
    this.norm = norm;
    this.u = u;
    H = u.width();
    padded = u.padded();
    gates = new PackedMatrix(H, 2 * padded);
    candidate = new PackedMatrix(H, padded);
  }

  @Override
  public List<Block> matrices() {
    return List.of(u);
  }

  @Override
  public void pack(Kernels k, float[] weights) {
    k.pack(gates, weights, u.at(), u.ld());
    k.pack(candidate, weights, u.at() + 2 * padded, u.ld());
  }

  @Override
  public PackedMatrix[] transposed(Kernels k, float[] weights, PackedMatrix[] reuse) {
    PackedMatrix[] transposed = reuse;
    if (transposed == null)
      transposed =
          new PackedMatrix[] {
            new PackedMatrix(2 * padded, padded), new PackedMatrix(padded, padded)
          };
    k.packTransposed(transposed[0], weights, u.at(), u.ld(), H);
    k.packTransposed(transposed[1], weights, u.at() + 2 * padded, u.ld(), H);
    return transposed;
  }

  @Override
  public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    int wide = 3 * s.H, at = row * wide, from = row * s.H;
    boolean nothing = previous < 0 && !s.started;
    if (nothing) Arrays.fill(s.rec, at, at + count * wide, 0f);
    else k.product(s.hin[0], from, s.H, gates, s.rec, at, wide, count, false);
    if (norm != null) norm.step(k, s, row, count, 0);
    k.cells().gruGates(s.gate, at, s.rec, at, s.hin[0], from, s.reset, count, s.H);
    if (!nothing) k.product(s.reset, from, s.H, candidate, s.rec, at + 2 * s.H, wide, count, false);
    if (norm != null) norm.step(k, s, row, count, 1);
    cell.forward(k, s, row, previous, sentence, count);
  }

  @Override
  public void backward(
      Kernels k,
      CellState s,
      PackedMatrix[] transposed,
      int row,
      int previous,
      int sentence,
      int count) {
    int wide = 3 * s.H, at = row * wide, to = sentence * s.H;
    cell.backward(k, s, row, previous, sentence, count);
    if (norm != null) norm.stepBackward(k, s, row, count, 1);
    float[] d = Recurrence.gradient(cell, norm, s);
    k.product(d, at + 2 * s.H, wide, transposed[1], s.dReset, to, s.H, count, false);
    k.cells().gruResetBackward(s.gate, at, s.hin[0], row * s.H, s.dReset, to, count, s.H);
    if (norm != null) norm.stepBackward(k, s, row, count, 0);
  }

  @Override
  public void giveBack(
      Kernels k,
      CellState s,
      PackedMatrix[] transposed,
      int lag,
      int row,
      int sentence,
      int count,
      float[] to,
      int at,
      int ld,
      float[] scratch) {
    int wide = 3 * s.H, from = sentence * s.H;
    float[] d = Recurrence.gradient(cell, norm, s);
    k.product(d, row * wide, wide, transposed[0], s.dReset, from, s.H, count, true);
    if (s.masked) {
      k.multiply(s.dReset, from, s.H, s.mask, from, s.H, to, at, ld, count, s.H, true);
      return;
    }
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < s.H; j++) to[at + i * ld + j] += s.dReset[from + i * s.H + j];
    }
  }

  @Override
  public void gradients(Kernels k, CellState s, int rows, float[] g) {
    int wide = 3 * s.H;
    float[] d = Recurrence.gradient(cell, norm, s);
    k.outer(s.hin[0], 0, s.H, d, 0, wide, rows, H, 2 * s.H, g, u.at(), wide);
    k.outer(s.reset, 0, s.H, d, 2 * s.H, wide, rows, H, s.H, g, u.at() + 2 * s.H, wide);
  }
}
