package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Scores of the symbols that may come next, and their gradient once a loss has been computed: a row per token in the order of the batch's layout, a
 * column per symbol, or per
 * candidate while there are any.
 * <pre>
 *   scores [rows, ld]    gradient [rows, ld]
 * </pre>
 */
public final class NextScores {
  private final int V, D;
  private final boolean projects;
  private final int[] all; // 0 to V-1
  private final Map<Integer, Some> sizes = new HashMap<>();

  float[] scores = new float[0];
  float[] gradient = new float[0];
  float[] projected = new float[0];
  float[] dProjected = new float[0];
  float[] dTable = new float[0]; // the gradient of the vectors, a row per column of the scores

  int candidates;
  int[] ids = new int[0];
  float[] gathered = new float[0];
  float[] gatheredBias = new float[0];
  Some some;

  /** The vectors of candidates, packed. */
  record Some(PackedMatrix transposed, PackedMatrix plain, int ld) {
    int rows() {
      return plain.rows();
    }

    PackedMatrix forward(Kernels k, float[] gathered) {
      k.packTransposed(transposed, gathered, 0, ld, rows());
      return transposed;
    }

    PackedMatrix backward(Kernels k, float[] gathered) {
      k.pack(plain, gathered, 0, ld);
      return plain;
    }
  }

  NextScores(int symbols, int dimension, boolean projects) {
    V = symbols;
    D = dimension;
    this.projects = projects;
    all = new int[V];
    Arrays.setAll(all, i -> i);
  }

  Some someOf(int capacity, int dimension) {
    int ld = Kernels.padded(dimension);
    return sizes.computeIfAbsent(
        capacity, c -> new Some(new PackedMatrix(dimension, c), new PackedMatrix(c, ld), ld));
  }

  void reserve(int rows, boolean training) {
    scores = Workspace.room(scores, rows * ld());
    if (training) gradient = Workspace.room(gradient, rows * ld());
    if (!projects) return;
    projected = Workspace.room(projected, rows * Kernels.padded(D));
    if (training) dProjected = Workspace.room(dProjected, rows * Kernels.padded(D));
  }

  /** How many numbers a row of the batch takes here. */
  long perRow(boolean training) {
    return (training ? 2L : 1L) * (ld() + (projects ? Kernels.padded(D) : 0));
  }

  /** How many numbers are taken whatever the batch. */
  long numbers(boolean training) {
    long vectors = training ? (long) columns() * Kernels.padded(D) : 0;
    return candidates == 0 ? vectors : 4 * vectors;
  }

  /**
   * Scores for some symbols alone in the next forward pass of this workspace, and in all after it until it is called again.
   *
   * @param symbols different ones; copied
   * @param many how many of them; 0 for all symbols
   */
  public void only(int[] symbols, int many) {
    if (ids.length < many) ids = new int[Math.max(many, 2 * ids.length)];
    System.arraycopy(symbols, 0, ids, 0, many);
    candidates = many;
  }

  /** V, the number of symbols. */
  public int symbols() {
    return V;
  }

  /** The number of columns: the symbols, or the candidates. */
  public int columns() {
    return candidates == 0 ? V : candidates;
  }

  int[] columnIds() {
    return candidates == 0 ? all : ids;
  }

  /** The distance between two rows. */
  public int ld() {
    return candidates == 0 ? Kernels.padded(V) : NextHead.capacity(candidates);
  }

  /** The scores. */
  public float[] scores() {
    return scores;
  }

  /** Where a loss writes the gradient of the scores, zero in columns that stand for nothing. */
  public float[] gradient() {
    return gradient;
  }
}
