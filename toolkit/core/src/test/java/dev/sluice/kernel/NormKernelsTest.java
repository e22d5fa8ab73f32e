package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The SIMD kernels of layer normalisation and of highways give the bits of the scalar definition, and the definition is right. */
class NormKernelsTest {
  private final Kernels scalar = Kernels.scalar();
  private final Kernels simd = Kernels.Provider.SIMD.create();

  /** Columns that count, group by group, each padded. */
  private static float[] real(int groups, int width) {
    float[] real = new float[groups * Kernels.padded(width)];
    for (int g = 0; g < groups; g++) {
      int from = g * Kernels.padded(width);
      Arrays.fill(real, from, from + width, 1f);
    }
    return real;
  }

  /** Random where columns count, zero elsewhere. */
  private static float[] rows(SplittableRandom random, float[] real, int R, double scale) {
    float[] x = Seeds.floats(random, R * real.length, scale);
    for (int i = 0; i < x.length; i++) x[i] *= real[i % real.length];
    return x;
  }

  @Test
  void normalisationGivesTheSameBitsForwardAndBackward() {
    SplittableRandom random = Seeds.of(8);
    for (int R : new int[] {1, 3, 8}) {
      for (int groups : new int[] {1, 2, 4}) {
        for (int width : new int[] {1, 2, 15, 16, 17, 31, 33, 100, 208}) {
          for (double scale : new double[] {1e-4, 1, 1000}) {
            float[] real = real(groups, width);
            int N = real.length, n = groups * width, size = R * N;
            float[] gain = rows(random, real, 1, 1), bias = rows(random, real, 1, 1);
            float[] dy = rows(random, real, R, 1);
            boolean add = random.nextBoolean();
            // y holds x, then hat, dx, the gradient of the gain and scale
            float[] start = Arrays.copyOf(rows(random, real, R, scale), 3 * size + N + R);
            bothAgree(
                R + "x" + groups + "x" + width + " at " + scale,
                start,
                (k, y) -> {
                  float[] x = Arrays.copyOf(y, size), hat = new float[size], s = new float[R];
                  float[] dGain = gain.clone(), dx = dy.clone();
                  k.norm().normalize(x, 0, N, hat, 0, s, 0, gain, 0, bias, 0, real, n, R, N);
                  k.norm()
                      .normalizeBackward(
                          add ? y : dx,
                          0,
                          N,
                          hat,
                          0,
                          s,
                          0,
                          gain,
                          0,
                          real,
                          n,
                          dx,
                          0,
                          N,
                          add,
                          dGain,
                          0,
                          R,
                          N);
                  System.arraycopy(x, 0, y, 0, size);
                  System.arraycopy(hat, 0, y, size, size);
                  System.arraycopy(dx, 0, y, 2 * size, size);
                  System.arraycopy(dGain, 0, y, 3 * size, N);
                  System.arraycopy(s, 0, y, 3 * size + N, R);
                });
          }
        }
      }
    }
  }

  @Test
  void lstmWithANormalisedMemoryGivesTheSameBitsForwardAndBackward() {
    SplittableRandom random = Seeds.of(9);
    for (int R : new int[] {1, 3, 8}) {
      for (int H : new int[] {16, 48, 208}) {
        for (double scale : new double[] {0.3, 5, 60}) {
          int n = R * H;
          float[] rec = Seeds.floats(random, 4 * n, scale), prev = Seeds.floats(random, n, scale);
          float[] d = Seeds.floats(random, n, 1);
          // y holds gate [0,4n), then c, tc, h, dcPrev, dh
          bothAgree(
              R + "x" + H + " at " + scale,
              Seeds.floats(random, 9 * n, scale),
              (k, y) -> {
                float[] gate = Arrays.copyOf(y, 4 * n), c = new float[n], dh = d.clone();
                float[] h = new float[n], dcPrev = new float[n];
                k.norm().lstmMemory(gate, 0, rec, 0, prev, 0, H, c, 0, R, H);
                float[] tc = c.clone();
                k.norm().lstmOutput(4, gate, 0, tc, h, 0, R, H);
                k.norm().lstmOutputBackward(4, gate, 0, tc, dh, 0, R, H);
                k.norm().lstmMemoryBackward(gate, 0, prev, 0, H, dh, 0, dcPrev, 0, R, H);
                System.arraycopy(gate, 0, y, 0, 4 * n);
                float[][] rest = {c, tc, h, dcPrev, dh};
                for (int i = 0; i < rest.length; i++)
                  System.arraycopy(rest[i], 0, y, (4 + i) * n, n);
              });
        }
      }
    }
  }

  /** With nothing between its halves the cell is the plain one. */
  @Test
  void theHalvesOfAnLstmGiveTheBitsOfTheWhole() {
    SplittableRandom random = Seeds.of(10);
    int R = 3, H = 48, n = R * H;
    float[] start = Seeds.floats(random, 4 * n, 1), rec = Seeds.floats(random, 4 * n, 1);
    float[] prev = Seeds.floats(random, n, 1);
    for (Kernels k : new Kernels[] {scalar, simd}) {
      float[] gate = start.clone(), c = new float[n], tc = new float[n], h = new float[n];
      k.lstmForward(gate, 0, rec, 0, prev, 0, H, c, tc, h, 0, R, H);
      float[] gate2 = start.clone(), c2 = new float[n], h2 = new float[n];
      k.norm().lstmMemory(gate2, 0, rec, 0, prev, 0, H, c2, 0, R, H);
      float[] tc2 = c2.clone();
      k.norm().lstmOutput(4, gate2, 0, tc2, h2, 0, R, H);
      assertArrayEquals(gate, gate2);
      assertArrayEquals(c, c2);
      assertArrayEquals(tc, tc2);
      assertArrayEquals(h, h2);
    }
  }

  @Test
  void highwaysGiveTheSameBits() {
    SplittableRandom random = Seeds.of(11);
    for (int n : new int[] {16, 48, 208}) {
      for (double scale : new double[] {0.3, 60}) {
        float[] carried = Seeds.floats(random, n, scale), h = Seeds.floats(random, n, scale);
        // y holds the gate, then y, apart, dy, dCarried
        bothAgree(
            n + " at " + scale,
            Seeds.floats(random, 5 * n, scale),
            (k, all) -> {
              float[] gate = Arrays.copyOf(all, n), y = h.clone(), apart = new float[n];
              float[] dy = carried.clone(), dCarried = new float[n];
              k.highwayForward(gate, carried, y, apart, n);
              k.highwayBackward(gate, apart, dy, dCarried, n);
              float[][] parts = {gate, y, apart, dy, dCarried};
              for (int i = 0; i < parts.length; i++) System.arraycopy(parts[i], 0, all, i * n, n);
            });
      }
    }
  }

  /** 1, 2, 3 have mean 2 and variance 2/3; the padding has neither. */
  @Test
  void normalisedNumbersAreTheOnesOfTheFormulaAndPaddingCountsForNothing() {
    float[] x = new float[16], hat = new float[16], scale = new float[1], bias = new float[16];
    float[] gain = new float[16];
    for (int j = 0; j < 3; j++) {
      x[j] = j + 1;
      gain[j] = 10;
      bias[j] = j;
    }
    scalar.norm().normalize(x, 0, 16, hat, 0, scale, 0, gain, 0, bias, 0, real(1, 3), 3, 1, 16);
    double expected = 1 / Math.sqrt(2.0 / 3 + 1e-5);
    assertEquals(expected, scale[0], 1e-6);
    for (int j = 0; j < 16; j++) {
      double normal = j < 3 ? (j - 1) * expected : 0;
      assertEquals(normal, hat[j], 1e-6);
      assertEquals(j < 3 ? 10 * normal + j : 0, x[j], 1e-5);
    }
  }

  /** A unit alone, and units that are all alike, as before the first token, are normalised to zero. */
  @Test
  void equalNumbersBecomeZeroAndTroubleShows() {
    for (Kernels k : new Kernels[] {scalar, simd}) {
      for (float value : new float[] {0, 7.3f, Float.NaN, Float.POSITIVE_INFINITY}) {
        float[] x = new float[32], hat = new float[32], scale = new float[1];
        Arrays.fill(x, 0, 8, value);
        float[] none = new float[32], gain = real(1, 8);
        k.norm().normalize(x, 0, 16, hat, 0, scale, 0, gain, 0, none, 0, real(1, 8), 8, 1, 16);
        for (int j = 0; j < 8; j++)
          assertEquals(Float.isFinite(value) ? 0 : Float.NaN, x[j] + 0f, "of " + value);
      }
    }
  }

  private void bothAgree(String name, float[] start, BiConsumer<Kernels, float[]> work) {
    float[] expected = start.clone(), found = start.clone();
    work.accept(scalar, expected);
    work.accept(simd, found);
    assertArrayEquals(expected, found, () -> name + ", " + Seeds.describe());
  }
}
