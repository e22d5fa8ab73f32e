package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The SIMD kernels of a chain give the bits of the scalar definition, and the definition is right. */
class ChainKernelsTest {
  private static final int[] LABELS = {
    1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 127
  };

  private final ChainKernels scalar = Kernels.scalar().chain();
  private final ChainKernels simd = Kernels.Provider.SIMD.create().chain();

  /** Positive numbers of many sizes, some of them 0. */
  private static double[] weights(SplittableRandom random, int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++)
      x[i] = random.nextInt(4) == 0 ? 0 : Math.exp(20 * random.nextDouble() - 10);
    return x;
  }

  /** Scores, some of them of what is forbidden. */
  private static double[] scores(SplittableRandom random, int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++)
      x[i] = random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : 10 * random.nextDouble() - 5;
    return x;
  }

  /** As many numbers as there are labels, and behind them what must stay. */
  private static double[] out(int L) {
    double[] out = new double[L + 9];
    Arrays.fill(out, 7);
    return out;
  }

  @Test
  void sumsHaveTheSameBitsAndAreThoseOfPlainLoops() {
    SplittableRandom random = Seeds.of(31);
    for (int L : LABELS) {
      for (int R : new int[] {1, 3, 4, 5, 32, L}) {
        double[] a = weights(random, R + 3), m = weights(random, R * L + 5);
        double[] plain = out(L), first = out(L), second = out(L);
        for (int j = 0; j < L; j++) {
          double sum = 0;
          for (int i = 0; i < R; i++) sum += a[3 + i] * m[5 + i * L + j];
          plain[j] = sum;
        }
        scalar.multiply(a, 3, R, m, 5, first, L);
        simd.multiply(a, 3, R, m, 5, second, L);
        assertArrayEquals(plain, first, R + " rows of " + L);
        assertArrayEquals(first, second, R + " rows of " + L);
      }
    }
  }

  @Test
  void bestsHaveTheSameBitsAndAreThoseOfPlainLoops() {
    SplittableRandom random = Seeds.of(32);
    for (int L : LABELS) {
      double[] a = scores(random, L + 2), m = scores(random, L * L);
      double[] plain = out(L), first = out(L), second = out(L);
      for (int j = 0; j < L; j++) {
        plain[j] = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < L; i++) plain[j] = Math.max(plain[j], a[2 + i] + m[i * L + j]);
      }
      scalar.best(a, 2, L, m, first, L);
      simd.best(a, 2, L, m, second, L);
      assertArrayEquals(plain, first, L + " labels");
      assertArrayEquals(first, second, L + " labels");
    }
  }

  @Test
  void aVectorOfZerosGivesZeros() {
    double[] out = out(33);
    simd.multiply(new double[33], 0, 33, weights(Seeds.of(33), 33 * 33), 0, out, 33);
    for (int j = 0; j < 33; j++) assertEquals(0.0, out[j], 0.0);
  }

  @Test
  void exponentialsHaveTheBitsOfStrictMathOverTheirRangeAndBeyond() {
    SplittableRandom random = Seeds.of(34);
    double ln2 = Math.log(2);
    int n = 200_000;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      x[i] =
          switch (i % 8) {
            case 0, 1 -> -u;
            case 2, 3 -> -700 * u;
            case 4 -> -20 * u;
            case 5 -> -Math.scalb(1 + u, -random.nextInt(80)); // of every size
            case 6 -> near(-ln2 * random.nextInt(1, 2000) / 2, random); // where k changes
            default -> near(BORDERS[random.nextInt(BORDERS.length)], random);
          };
      if (i > n / 2 && random.nextInt(50) == 0) x[i] = beyond(random);
    }
    for (int length : new int[] {1, 7, 8, 9, 17, 127, n}) {
      for (int at = 0; at + length <= n; at += Math.max(length, n / 50)) {
        double[] y = out(length), z = out(length);
        scalar.exponentials(x, at, y, 3, length);
        simd.exponentials(x, at, z, 3, length);
        for (int i = 0; i < length; i++) {
          double exact = StrictMath.exp(x[at + i]);
          String what = "e^" + x[at + i];
          assertEquals(
              Double.doubleToRawLongBits(exact), Double.doubleToRawLongBits(y[3 + i]), what);
          assertEquals(
              Double.doubleToRawLongBits(exact), Double.doubleToRawLongBits(z[3 + i]), what);
        }
        assertEquals(7, z[length + 3], 0);
      }
    }
  }

  /** Where the function is worked out in another way. */
  private static final double[] BORDERS = {
    -0x1p-28, -700, -Double.longBitsToDouble(0x3fd6_2e43_0000_0000L)
  };

  /** A few steps beside a number. */
  private static double near(double x, SplittableRandom random) {
    long step =
        random.nextBoolean() ? random.nextLong(-5, 6) : random.nextLong(-(1L << 33), 1L << 33);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) + step);
  }

  private static double beyond(SplittableRandom random) {
    double[] some = {
      Double.NEGATIVE_INFINITY,
      -0.0,
      0.0,
      Double.NaN,
      -710,
      -745.2,
      -740,
      1,
      800,
      Double.POSITIVE_INFINITY
    };
    return some[random.nextInt(some.length)];
  }
}
