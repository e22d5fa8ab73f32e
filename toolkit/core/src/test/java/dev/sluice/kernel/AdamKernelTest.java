package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The SIMD form of Adam's step gives the bits of the scalar definition and changes nothing outside its range. */
class AdamKernelTest {
  private static final int SIZE = 120;

  /** Three steps; what they leave of w, m and v, one after the other. */
  private static float[] steps(Kernels k, long seed, int from, int to, int shift, double size) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] w = Seeds.floats(random, SIZE, 1), m = new float[SIZE], v = new float[SIZE];
    for (int t = 1; t <= 3; t++) {
      float[] g = Seeds.floats(random, SIZE, size);
      float rate = 0.002f / (1 - (float) Math.pow(0.9, t));
      k.adam()
          .update(
              w, g, m, v, from, to, shift, 0.7f, 0.9f, 0.1f, 0.999f, 0.001f, 0.9999f, rate, 1.3f,
              1e-8f);
    }
    float[] all = new float[3 * SIZE];
    System.arraycopy(w, 0, all, 0, SIZE);
    System.arraycopy(m, 0, all, SIZE, SIZE);
    System.arraycopy(v, 0, all, 2 * SIZE, SIZE);
    return all;
  }

  @Test
  void bothGiveTheSameBitsForEveryRangeAndSize() {
    Kernels scalar = Kernels.scalar(), simd = Kernels.Provider.SIMD.create();
    for (double size : new double[] {0, 1e-25, 1e-3, 1, 1e18}) {
      for (int from : new int[] {0, 1, 16, 37}) {
        for (int width : new int[] {0, 1, 7, 8, 15, 16, 17, 32, 50, 64}) {
          int shift = from > 0 ? -from : 5;
          assertArrayEquals(
              steps(scalar, 5, from, from + width, shift, size),
              steps(simd, 5, from, from + width, shift, size),
              0f,
              from + "+" + width + " at " + size);
        }
      }
    }
  }

  @Test
  void theFirstStepGoesByTheRateWhateverTheGradient() {
    for (Kernels k : new Kernels[] {Kernels.scalar(), Kernels.Provider.SIMD.create()}) {
      float[] w = new float[20], g = new float[20], m = new float[20], v = new float[20];
      for (int i = 0; i < 20; i++) g[i] = i - 9.5f;
      float spread = (float) (1 / Math.sqrt(1 - 0.999));
      k.adam()
          .update(
              w, g, m, v, 0, 20, 0, 1f, 0.9f, 0.1f, 0.999f, 0.001f, 1f, 0.01f / 0.1f, spread, 0f);
      for (int i = 0; i < 20; i++) assertEquals(-0.01 * Math.signum(g[i]), w[i], 1e-6, k.name());
    }
  }
}
