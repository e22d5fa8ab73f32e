package dev.sluice.peers.ceiling;

import java.util.SplittableRandom;

/**
 * Made-up numbers for a product, evenly from -1 to 1, in rows without padding; each kind reads two of the three.
 *
 * @param x [R,D]
 * @param w [D,N]
 * @param dy [R,N]
 */
record Operands(float[] x, float[] w, float[] dy) {
  static Operands of(Product p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Operands(
        some(random, p.rows() * p.inputs()),
        some(random, p.inputs() * p.outputs()),
        some(random, p.rows() * p.outputs()));
  }

  private static float[] some(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) values[i] = (float) (2 * random.nextDouble() - 1);
    return values;
  }
}
