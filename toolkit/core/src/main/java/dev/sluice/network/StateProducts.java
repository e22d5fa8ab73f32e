package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * The usual recurrence: one product of each state that recurs.
 * <pre>
 *   rec[t] = h[t-1]·U₁ + … + h[t-n]·Uₙ
 * </pre>
 * More than one as in Soltani and Jiang 2016, arXiv:1605.00064, equation 3.
 */
final class StateProducts implements Recurrence {
  private final Cell cell;
  private final SumNorm norm; // null without layer normalisation
  private final List<Block> u;
  private final int P;
  private final PackedMatrix[] packed;

  StateProducts(Cell cell, SumNorm norm, List<Block> u) {
    this.cell = cell;
    this.norm = norm;
    this.u = u;
    P = u.get(0).rows();
    packed = new PackedMatrix[u.size()];
    Arrays.setAll(packed, i -> new PackedMatrix(P, u.get(i).ld()));
  }

  @Override
  public List<Block> matrices() {
    return u;
  }

  @Override
  public void pack(Kernels k, float[] weights) {
    for (int i = 0; i < packed.length; i++)
      k.pack(packed[i], weights, u.get(i).at(), u.get(i).ld());
  }

  @Override
  public PackedMatrix[] transposed(Kernels k, float[] weights, PackedMatrix[] reuse) {
    PackedMatrix[] transposed = reuse == null ? new PackedMatrix[u.size()] : reuse;
    for (int i = 0; i < transposed.length; i++) {
      Block b = u.get(i);
      if (reuse == null) transposed[i] = new PackedMatrix(b.ld(), Kernels.padded(P));
      k.packTransposed(transposed[i], weights, b.at(), b.ld(), P);
    }
    return transposed;
  }

  @Override
  public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
    int wide = s.G * s.H;
    if (previous < 0 && !s.started) {
      Arrays.fill(s.rec, row * wide, (row + count) * wide, 0f);
    } else {
      for (int i = 0; i < packed.length; i++)
        k.product(s.hin[i], row * s.P, s.P, packed[i], s.rec, row * wide, wide, count, i > 0);
    }
    if (norm != null) norm.step(k, s, row, count);
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
    cell.backward(k, s, row, previous, sentence, count);
    if (norm != null) norm.stepBackward(k, s, row, count);
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
    int wide = s.G * s.H;
    float[] d = Recurrence.gradient(cell, norm, s);
    PackedMatrix back = transposed[lag];
    if (s.masked) {
      k.product(d, row * wide, wide, back, scratch, 0, s.P, count, false);
      k.multiply(scratch, 0, s.P, s.mask, sentence * s.P, s.P, to, at, ld, count, s.P, true);
    } else {
      k.product(d, row * wide, wide, back, to, at, ld, count, true);
    }
  }

  @Override
  public void gradients(Kernels k, CellState s, int rows, float[] g) {
    int wide = s.G * s.H;
    float[] d = Recurrence.gradient(cell, norm, s);
    for (int i = 0; i < packed.length; i++)
      k.outer(s.hin[i], 0, s.P, d, 0, wide, rows, P, wide, g, u.get(i).at(), wide);
  }
}
