package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.List;

/**
 * How the states before a step enter it: the recurrent matrices with their products, and around the pointwise cell what happens to the rows of a step on the way there and back. A group of rows either
 * has previous rows or begins its sentences.
 */
interface Recurrence {
  /** The recurrent matrices, [P,G,H], the one for the state a step before first. */
  List<Block> matrices();

  /** Brings the packed matrices up to date. */
  void pack(Kernels k, float[] weights);

  /**
   * The matrices packed for the way back.
   *
   * @param reuse earlier ones to overwrite, or null
   */
  PackedMatrix[] transposed(Kernels k, float[] weights, PackedMatrix[] reuse);

  /**
   * Forward for {@code count} rows from {@code row} on, whose previous states stand in {@code s.hin}: fills {@code s.m}.
   *
   * @param previous the row before the first one in time; -1 when these rows begin their sentences
   * @param sentence the place in the batch of the first row's sentence
   */
  void forward(Kernels k, CellState s, int row, int previous, int sentence, int count);

  /** Backward for the same rows, from {@code s.dm} to the gradients of the sums; what flows back pointwise reaches the states before. */
  void backward(
      Kernels k,
      CellState s,
      PackedMatrix[] transposed,
      int row,
      int previous,
      int sentence,
      int count);

  /**
   * After {@link #backward} for the same rows: adds the gradient of the states that entered the product number {@code lag} to where it belongs.
   *
   * @param to rows of {@code ld} from {@code at} on
   */
  void giveBack(
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
      float[] scratch);

  /** After the sweep: adds the gradients of the recurrent matrices to {@code g}. */
  void gradients(Kernels k, CellState s, int rows, float[] g);

  /** The gradient of the recurrent part of the sums, [rows,G·H]. */
  static float[] gradient(Cell cell, SumNorm norm, CellState s) {
    if (norm != null) return norm.recurrentGradient(s);
    return cell.ownRecurrentGradient() ? s.rec : s.gate;
  }
}
