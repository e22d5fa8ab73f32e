package dev.sluice.network;

import dev.sluice.kernel.Kernels;

/**
 * Label scores of a batch, and their gradient once a loss has been computed: a row per token in the order of the batch's layout, or a row per sentence.
 * <pre>
 *   scores [rows, ld]    gradient [rows, ld]    ld is L padded to {@link Kernels#LANE}
 * </pre>
 */
public final class Emissions {
  private final int labels;
  private final int ld;
  private float[] scores = new float[0];
  private float[] gradient = new float[0];

  Emissions(int labels) {
    this.labels = labels;
    ld = Kernels.padded(labels);
  }

  void reserve(int rows, boolean training) {
    scores = Workspace.room(scores, rows * ld);
    if (training) gradient = Workspace.room(gradient, rows * ld);
  }

  /** L, the number of labels. */
  public int labels() {
    return labels;
  }

  /** The distance between two rows. */
  public int ld() {
    return ld;
  }

  /** The scores. */
  public float[] scores() {
    return scores;
  }

  /** Where a loss writes the gradient of the scores. */
  public float[] gradient() {
    return gradient;
  }
}
