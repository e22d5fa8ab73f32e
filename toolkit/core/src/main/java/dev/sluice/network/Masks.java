package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import java.util.Arrays;

/** Dropout masks: a row per sentence, 0 where dropped and 1/(1-rate) where kept. */
final class Masks {
  private Masks() {}

  /**
   * Fills the mask of a batch.
   *
   * @param mask memory to reuse when large enough
   * @param ld padded width
   * @param width true width
   * @return the mask, [B, ld]
   */
  static float[] fill(
      float[] mask,
      Batch batch,
      int ld,
      int width,
      double rate,
      Dropping drop,
      Purpose purpose,
      int layer) {
    int size = batch.sentences() * ld;
    float[] m = mask.length < size ? new float[size] : mask;
    float keep = (float) (1 / (1 - rate));
    for (int i = 0; i < batch.sentences(); i++) {
      long stream = Noise.stream(drop.seed(), purpose, drop.epoch(), layer, batch.example(i).id());
      for (int j = 0; j < width; j++) m[i * ld + j] = Noise.uniform(stream, j) < rate ? 0f : keep;
    }
    return m;
  }

  /** Which rows' tokens are dropped as a whole, [rows]. */
  static boolean[] words(boolean[] dropped, Batch batch, Dropping drop) {
    boolean[] d = dropped.length < batch.rows() ? new boolean[batch.rows()] : dropped;
    for (int i = 0; i < batch.sentences(); i++) {
      long stream =
          Noise.stream(drop.seed(), Purpose.DROP_WORD, drop.epoch(), 0, batch.example(i).id());
      for (int t = 0; t < batch.length(i); t++) {
        d[batch.row(t, i)] = Noise.uniform(stream, t) < drop.word();
      }
    }
    return d;
  }

  /** Zeros the rows of x [rows, ld] that are dropped. */
  static void clear(boolean[] dropped, int rows, float[] x, int ld) {
    for (int r = 0; r < rows; r++) {
      if (dropped[r]) Arrays.fill(x, r * ld, (r + 1) * ld, 0f);
    }
  }
}
