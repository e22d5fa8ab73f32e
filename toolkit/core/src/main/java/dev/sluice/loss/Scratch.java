package dev.sluice.loss;

/** Scratch memory that grows with the longest sentence and is kept. */
final class Scratch {
  private Scratch() {}

  /** The array, or a new one of at least this size in which nothing is kept. */
  static double[] room(double[] a, int size) {
    return a.length >= size ? a : new double[Math.max(size, a.length + a.length / 2)];
  }
}
