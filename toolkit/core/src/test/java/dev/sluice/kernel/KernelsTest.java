package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The SIMD kernels give the bits of the scalar definition, and the definition is right. */
class KernelsTest {
  private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 33};
  private static final int[] DEPTHS = {1, 2, 3, 4, 5, 8, 31, 32, 33, 200};
  private static final int[] WIDTHS = {16, 32, 48, 64, 112, 128, 144, 208};

  private final Kernels scalar = Kernels.scalar();
  private final Kernels simd = Kernels.Provider.SIMD.create();

  @Test
  void theSimdKernelsAreTheOnesUnderTest() {
    assertTrue(simd.name().startsWith("simd-"), simd.name());
    assertEquals("scalar", scalar.name());
  }

  @Test
  void productsGiveTheSameBits() {
    SplittableRandom random = Seeds.of(1);
    for (int M : ROWS) {
      for (int K : DEPTHS) {
        for (int N : WIDTHS) {
          float[] a = Seeds.floats(random, M * (K + 3), 1), w = Seeds.floats(random, K * N, 1);
          boolean add = random.nextBoolean();
          float[] c = Seeds.floats(random, M * N, 1);
          bothAgree(
              "product " + M + "x" + K + "x" + N,
              c,
              (k, y) -> {
                PackedMatrix b = new PackedMatrix(K, N);
                k.pack(b, w, 0, N);
                k.product(a, 2, K + 3, b, y, 0, N, M, add);
              });
        }
      }
    }
  }

  @Test
  void productsWithTransposedMatricesGiveTheSameBits() {
    SplittableRandom random = Seeds.of(2);
    for (int R : new int[] {1, 15, 16, 17, 31, 33, 100}) {
      int K = 64, M = 13, N = Kernels.padded(R);
      float[] a = Seeds.floats(random, M * K, 1), w = Seeds.floats(random, R * K, 1);
      bothAgree(
          "transposed " + R,
          new float[M * N],
          (k, y) -> {
            PackedMatrix b = new PackedMatrix(K, N);
            k.packTransposed(b, w, 0, K, R);
            k.product(a, 0, K, b, y, 0, N, M, false);
          });
    }
  }

  @Test
  void outerProductsGiveTheSameBits() {
    SplittableRandom random = Seeds.of(3);
    for (int R : new int[] {1, 2, 3, 4, 5, 191, 192, 193, 400}) {
      for (int K : new int[] {1, 3, 8, 13, 100}) {
        for (int N : new int[] {16, 32, 48, 160}) {
          float[] a = Seeds.floats(random, R * Kernels.padded(K), 1),
              d = Seeds.floats(random, R * N, 1);
          bothAgree(
              "outer " + R + "x" + K + "x" + N,
              Seeds.floats(random, K * N, 1),
              (k, y) -> k.outer(a, 0, Kernels.padded(K), d, 0, N, R, K, N, y, 0, N));
        }
      }
    }
  }

  /** The scalar kernels take 1024 columns at a time. */
  @Test
  void productsOfManyColumnsGiveTheSameBits() {
    SplittableRandom random = Seeds.of(8);
    for (int N : new int[] {1008, 1024, 1040, 2064}) {
      for (int M : new int[] {1, 2, 3, 16, 19, 38}) {
        for (int K : new int[] {1, 2, 5, 6}) {
          String name = " " + M + "x" + K + "x" + N;
          float[] a = Seeds.floats(random, M * K, 1), w = Seeds.floats(random, K * N, 1);
          float[] c = Seeds.floats(random, M * N, 1), d = Seeds.floats(random, M * N, 1);
          boolean add = random.nextBoolean();
          bothAgree(
              "product" + name,
              c,
              (k, y) -> {
                PackedMatrix b = new PackedMatrix(K, N);
                k.pack(b, w, 0, N);
                k.product(a, 0, K, b, y, 0, N, M, add);
              });
          int R = N - 3;
          bothAgree(
              "transposed" + name,
              c,
              (k, y) -> {
                PackedMatrix b = new PackedMatrix(K, N);
                k.packTransposed(b, w, 0, K, R);
                k.product(a, 0, K, b, y, 0, N, M, add);
              });
          bothAgree(
              "outer" + name,
              Seeds.floats(random, K * N, 1),
              (k, y) -> k.outer(a, 0, K, d, 0, N, M, K, N, y, 0, N));
        }
      }
    }
  }

  @Test
  void rowKernelsGiveTheSameBits() {
    SplittableRandom random = Seeds.of(4);
    for (int R : new int[] {1, 3, 8}) {
      for (int H : new int[] {16, 48, 112}) {
        float[] x = Seeds.floats(random, R * H, 1), m = Seeds.floats(random, R * H, 1);
        String name = R + "x" + H;
        bothAgree("sums " + name, new float[H], (k, y) -> k.columnSums(x, 0, H, R, H, y, 0));
        bothAgree(
            "multiply " + name,
            x.clone(),
            (k, y) -> k.multiply(x, 0, H, m, 0, H, y, 0, H, R, H, false));
        bothAgree(
            "add " + name, x.clone(), (k, y) -> k.multiply(x, 0, H, m, 0, H, y, 0, H, R, H, true));
      }
    }
  }

  @Test
  void cellsGiveTheSameBitsForwardAndBackward() {
    SplittableRandom random = Seeds.of(5);
    for (int R : new int[] {1, 3, 8}) {
      for (int H : new int[] {16, 48, 208, 1040}) {
        for (double scale : new double[] {0.3, 5, 60}) {
          int n = R * H;
          float[] rec = Seeds.floats(random, 4 * n, scale), prev = Seeds.floats(random, n, scale);
          float[] d = Seeds.floats(random, n, 1), bias = Seeds.floats(random, H, scale);
          String name = R + "x" + H + " at " + scale;
          // y holds gate [0,4n), then c, tc, h, dcPrev; dc is d
          float[] start = Seeds.floats(random, 8 * n, scale);
          bothAgree(
              "lstm " + name,
              start,
              (k, y) -> {
                float[] gate = java.util.Arrays.copyOf(y, 4 * n);
                float[] c = new float[n],
                    tc = new float[n],
                    h = new float[n],
                    dcPrev = new float[n];
                k.lstmForward(gate, 0, rec, 0, prev, 0, H, c, tc, h, 0, R, H);
                k.lstmBackward(gate, 0, prev, 0, H, tc, d, d, 0, dcPrev, 0, R, H);
                System.arraycopy(gate, 0, y, 0, 4 * n);
                System.arraycopy(c, 0, y, 4 * n, n);
                System.arraycopy(tc, 0, y, 5 * n, n);
                System.arraycopy(h, 0, y, 6 * n, n);
                System.arraycopy(dcPrev, 0, y, 7 * n, n);
              });
          bothAgree(
              "gru " + name,
              start,
              (k, y) -> {
                float[] gate = java.util.Arrays.copyOf(y, 3 * n), r = rec.clone();
                float[] h = new float[n], dPrev = prev.clone();
                k.gruForward(gate, 0, r, 0, bias, 0, prev, 0, H, h, 0, R, H);
                k.gruBackward(gate, 0, r, 0, prev, 0, H, d, 0, dPrev, 0, H, R, H);
                System.arraycopy(gate, 0, y, 0, 3 * n);
                System.arraycopy(r, 0, y, 3 * n, 3 * n);
                System.arraycopy(h, 0, y, 6 * n, n);
                System.arraycopy(dPrev, 0, y, 7 * n, n);
              });
          for (int f = 0; f < 3; f++) {
            int activation = f;
            bothAgree(
                "rnn " + f + " " + name,
                start,
                (k, y) -> {
                  float[] h = new float[n];
                  k.rnnForward(activation, y, 0, rec, 0, h, 0, R, H);
                  k.rnnBackward(activation, y, 0, h, d, 0, R, H);
                  System.arraycopy(h, 0, y, n, n);
                });
          }
        }
      }
    }
  }

  /** A row that is read and written at a distance of 0, as before the first token, and rows at a distance of H. */
  @Test
  void furtherCellsGiveTheSameBitsForwardAndBackward() {
    SplittableRandom random = Seeds.of(8);
    for (int R : new int[] {1, 3, 8}) {
      for (int H : new int[] {16, 48, 208}) {
        for (double scale : new double[] {0.3, 5, 60}) {
          for (int ld : new int[] {0, H}) {
            String name = R + "x" + H + " at " + scale + ", distance " + ld;
            for (int coupling = 0; coupling < 3; coupling++)
              variantLstm(random, coupling, R, H, ld, scale, name);
            for (int G = 2; G <= 3; G++) sumGru(random, G, R, H, ld, scale, name);
          }
        }
      }
    }
  }

  private void variantLstm(
      SplittableRandom random, int coupling, int R, int H, int ld, double scale, String name) {
    int n = R * H, G = coupling == CellKernels.UNCOUPLED ? 4 : 3, holes = (G - 1) * H;
    float[] rec = Seeds.floats(random, G * n, scale), prev = Seeds.floats(random, n, scale);
    float[] d = Seeds.floats(random, n, 1), p = Seeds.floats(random, holes, 1);
    for (boolean whole : new boolean[] {true, false}) {
      float[] start = Seeds.floats(random, (G + 5) * n + holes, scale);
      bothAgree(
          "lstm " + coupling + ", outputs too: " + whole + ", " + name,
          start,
          (k, y) -> {
            float[] gate = java.util.Arrays.copyOf(y, G * n), dp = p.clone();
            float[] c = new float[n], m = new float[n], dcPrev = new float[n];
            float[] tc = whole ? new float[n] : null;
            CellKernels cells = k.cells();
            cells.lstmForward(coupling, gate, 0, rec, 0, p, 0, prev, 0, ld, c, tc, m, 0, R, H);
            System.arraycopy(gate, 0, y, 0, G * n);
            cells.lstmBackward(
                coupling, gate, 0, p, 0, prev, 0, ld, c, tc, d, d, 0, dcPrev, 0, dp, 0, R, H);
            for (int i = 0; i < G * n; i++) y[i] += gate[i];
            System.arraycopy(c, 0, y, G * n, n);
            if (whole) System.arraycopy(tc, 0, y, (G + 1) * n, n);
            System.arraycopy(m, 0, y, (G + 2) * n, n);
            System.arraycopy(dcPrev, 0, y, (G + 3) * n, n);
            System.arraycopy(dp, 0, y, (G + 5) * n, holes);
          });
    }
  }

  private void sumGru(
      SplittableRandom random, int G, int R, int H, int ld, double scale, String name) {
    int n = R * H;
    float[] rec = Seeds.floats(random, G * n, scale), prev = Seeds.floats(random, n, scale);
    float[] d = Seeds.floats(random, n, 1);
    bothAgree(
        "gru of " + G + ", " + name,
        Seeds.floats(random, 8 * n, scale),
        (k, y) -> {
          float[] gate = java.util.Arrays.copyOf(y, G * n), h = new float[n];
          float[] reset = new float[n], dReset = d.clone(), dPrev = prev.clone();
          CellKernels cells = k.cells();
          if (G == 3) cells.gruGates(gate, 0, rec, 0, prev, 0, reset, R, H);
          cells.gruState(G, gate, 0, rec, 0, prev, 0, ld, h, 0, R, H);
          System.arraycopy(gate, 0, y, 0, G * n);
          cells.gruStateBackward(G, gate, 0, prev, 0, ld, d, 0, dPrev, 0, R, H);
          if (G == 3) cells.gruResetBackward(gate, 0, prev, 0, dReset, 0, R, H);
          for (int i = 0; i < G * n; i++) y[i] += gate[i];
          System.arraycopy(h, 0, y, 3 * n, n);
          System.arraycopy(reset, 0, y, 4 * n, n);
          System.arraycopy(dReset, 0, y, 5 * n, n);
          System.arraycopy(dPrev, 0, y, 6 * n, n);
        });
  }

  /** Without peepholes and coupling the further LSTM is the plain one. */
  @Test
  void anLstmWithoutPeepholesIsThePlainOneBitForBit() {
    SplittableRandom random = Seeds.of(9);
    int R = 3, H = 32, n = R * H;
    float[] rec = Seeds.floats(random, 4 * n, 2), prev = Seeds.floats(random, n, 2);
    float[] d = Seeds.floats(random, n, 1), none = new float[3 * H], start = rec.clone();
    float[][] plain = {start.clone(), new float[n], new float[n], new float[n], new float[n]};
    float[][] other = {start.clone(), new float[n], new float[n], new float[n], new float[n]};
    simd.lstmForward(plain[0], 0, rec, 0, prev, 0, H, plain[1], plain[2], plain[3], 0, R, H);
    simd.cells()
        .lstmForward(
            0, other[0], 0, rec, 0, none, 0, prev, 0, H, other[1], other[2], other[3], 0, R, H);
    assertArrayEquals(plain, other);
    simd.lstmBackward(plain[0], 0, prev, 0, H, plain[2], d, d, 0, plain[4], 0, R, H);
    simd.cells()
        .lstmBackward(
            0,
            other[0],
            0,
            none,
            0,
            prev,
            0,
            H,
            other[1],
            other[2],
            d,
            d,
            0,
            other[4],
            0,
            new float[3 * H],
            0,
            R,
            H);
    for (int i = 0; i < plain.length; i++) { // -0 + 0 is 0
      for (int j = 0; j < plain[i].length; j++) assertEquals(plain[i][j] + 0f, other[i][j] + 0f);
    }
  }

  @Test
  void productIsTheChainOfFusedMultiplyAddsInIndexOrder() {
    SplittableRandom random = Seeds.of(6);
    for (int M : new int[] {1, 2, 5, 18, 20}) {
      for (int K : new int[] {1, 2, 7}) {
        int N = 16;
        float[] a = Seeds.floats(random, M * K, 1), w = Seeds.floats(random, K * N, 1);
        float[] c = new float[M * N];
        PackedMatrix b = new PackedMatrix(K, N);
        scalar.pack(b, w, 0, N);
        scalar.product(a, 0, K, b, c, 0, N, M, false);
        for (int m = 0; m < M; m++) {
          for (int n = 0; n < N; n++) {
            float sum = 0;
            for (int k = 0; k < K; k++) sum = Math.fma(a[m * K + k], w[k * N + n], sum);
            assertEquals(sum, c[m * N + n]);
          }
        }
      }
    }
  }

  /** Every 997th float of all there are, whatever its bits say. */
  @Test
  void functionsOfArraysGiveTheBitsOfTheirDefinition() {
    ScalarFunctions functions = new ScalarFunctions();
    int n = 1000;
    float[] x = new float[n], sigmoids = new float[n], tanhs = new float[n];
    for (long bits = Integer.MIN_VALUE; bits + 997L * n <= Integer.MAX_VALUE; bits += 997L * n) {
      for (int i = 0; i < n; i++) x[i] = Float.intBitsToFloat((int) (bits + 997L * i));
      System.arraycopy(x, 0, sigmoids, 0, n);
      System.arraycopy(x, 0, tanhs, 0, n);
      functions.sigmoids(sigmoids, n);
      functions.tanhs(tanhs, n);
      for (int i = 0; i < n; i++) {
        float x0 = x[i];
        assertEquals(Functions.sigmoid(x0), sigmoids[i], () -> "sigmoid of " + x0);
        assertEquals(Functions.tanh(x0), tanhs[i], () -> "tanh of " + x0);
      }
    }
  }

  @Test
  void functionsAreCloseToTheTrueOnes() {
    for (double x = -100; x <= 100; x += 0.0137) {
      float f = (float) x;
      assertEquals(StrictMath.tanh(f), Functions.tanh(f), 2e-7, "tanh " + f);
      assertEquals(1 / (1 + StrictMath.exp(-f)), Functions.sigmoid(f), 2e-7, "sigmoid " + f);
      if (f > -87 && f < 88) {
        double exact = StrictMath.exp(f);
        assertEquals(exact, Functions.exp(f), exact * 3e-7, "exp " + f);
      }
    }
    assertEquals(1e-6, Functions.tanh(1e-6f), 1e-12, "tanh keeps its relative accuracy near zero");
    for (float x : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertTrue(
          Float.isNaN(Functions.tanh(x)) && Float.isNaN(Functions.sigmoid(x)), "trouble shows");
    }
  }

  @Test
  void theEmulatedFusedMultiplyAddGivesTheBitsOfTheInstruction() {
    SplittableRandom random = Seeds.of(7);
    for (int i = 0; i < 200_000; i++) {
      float a = Float.intBitsToFloat(random.nextInt()), b = Float.intBitsToFloat(random.nextInt());
      float c = Float.intBitsToFloat(random.nextInt());
      if (i % 2 == 0) { // cancellation and ties are rare among random bits
        a = (random.nextInt(1 << 24)) * 0x1p-12f;
        b = (random.nextInt(1 << 24)) * 0x1p-12f;
        c = -(a * b) * (1 + random.nextInt(-2, 3) * 0x1p-24f);
      }
      float expected = Math.fma(a, b, c), found = Fma.exact(a, b, c);
      if (Float.isNaN(expected)) assertTrue(Float.isNaN(found));
      else assertEquals(expected, found, a + " * " + b + " + " + c);
    }
  }

  @Test
  void noiseIsUniformAndRepeatsItself() {
    long stream = Noise.stream(7, Noise.Purpose.DROP_INPUT, 1, 2, 3);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      float u = Noise.uniform(stream, i);
      assertTrue(u >= 0 && u < 1);
      sum += u;
    }
    assertEquals(0.5, sum / 100_000, 0.005);
    assertEquals(
        Noise.uniform(stream, 5),
        Noise.uniform(Noise.stream(7, Noise.Purpose.DROP_INPUT, 1, 2, 3), 5));
    int[] order = Noise.permutation(stream, 100);
    assertEquals(100, java.util.Arrays.stream(order).distinct().count());
  }

  private void bothAgree(String name, float[] start, BiConsumer<Kernels, float[]> work) {
    float[] expected = start.clone(), found = start.clone();
    work.accept(scalar, expected);
    work.accept(simd, found);
    assertArrayEquals(expected, found, () -> name + ", " + Seeds.describe());
  }
}
