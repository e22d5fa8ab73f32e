package dev.sluice.network;

import dev.sluice.batch.Batch;

/**
 * What sentences end with: the state after the last token, and of what was read from the end the state after the first; with attention also the context of the last token.
 * <pre>
 *   top [rows,W] states of a batch    ends [B,W] a row per sentence
 * </pre>
 */
final class LastStates {
  final int width; // W
  private final int backwardFrom; // the columns of the states that were read from the end
  private final int backwardTo;

  LastStates(NetworkShape.Encoder encoder) {
    width = encoder.width();
    backwardTo = encoder.width(encoder.layers() - 1);
    backwardFrom = encoder.outputs(encoder.layers() - 1);
  }

  /** The row in which column j is the last of sentence i: that of the first token where it was read from the end, that of the last token for all else. */
  private int row(Batch batch, int i, int j) {
    return batch.row(j >= backwardFrom && j < backwardTo ? 0 : batch.length(i) - 1, i);
  }

  /** Copies those of sentence i; both arrays have rows of {@code ld}. */
  void gather(Batch batch, int i, float[] top, int ld, float[] ends) {
    for (int j = 0; j < width; j++) ends[i * ld + j] = top[row(batch, i, j) * ld + j];
  }

  /** Adds the gradient of those of sentence i to that of the states. */
  void scatter(Batch batch, int i, float[] dEnds, int ld, float[] dTop) {
    for (int j = 0; j < width; j++) dTop[row(batch, i, j) * ld + j] += dEnds[i * ld + j];
  }
}
