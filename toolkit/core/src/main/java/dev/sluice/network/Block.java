package dev.sluice.network;

import dev.sluice.kernel.Kernels;

/**
 * A named matrix of weights inside a larger array: rows of one or more groups (the gates of a cell), each padded with zeros to a multiple of
 * {@link Kernels#LANE}. The padding is no weight: it is never saved and stays zero in training, since its gradient is zero.
 *
 * @param name a stable name, such as {@code encoder.0.forward.input}
 * @param at index of the first element
 * @param rows number of rows
 * @param groups number of groups in a row
 * @param width weights in each group
 */
public record Block(String name, int at, int rows, int groups, int width) {

  /** The padded width of a group. */
  public int padded() {
    return Kernels.padded(width);
  }

  /** The distance between rows: all groups, padding included. */
  public int ld() {
    return groups * padded();
  }

  /** The size in its array, padding included. */
  public int size() {
    return Math.multiplyExact(rows, ld());
  }

  /** Number of weights, without padding. */
  public long weights() {
    return (long) rows * groups * width;
  }

  /** The weights without padding, [rows, groups·width]. */
  public float[] unpadded(float[] array) {
    float[] w = new float[Math.toIntExact(weights())];
    for (int r = 0, to = 0; r < rows; r++) {
      for (int g = 0; g < groups; g++, to += width)
        System.arraycopy(array, at + r * ld() + g * padded(), w, to, width);
    }
    return w;
  }

  /** Takes weights without padding, [rows, groups·width]. */
  public void fill(float[] array, float[] w) {
    if (w.length != weights()) {
      throw new IllegalArgumentException(
          name + " has " + weights() + " weights, but " + w.length + " were given");
    }
    for (int r = 0, from = 0; r < rows; r++) {
      for (int g = 0; g < groups; g++, from += width) {
        System.arraycopy(w, from, array, at + r * ld() + g * padded(), width);
      }
    }
  }
}
