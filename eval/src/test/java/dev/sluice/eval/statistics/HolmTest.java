package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HolmTest {
  /** In order: 4·.005, 3·.01, 2·.03, and .04 raised to the one before. */
  @Test
  void theSmallestIsMultipliedMost() {
    double[] p = {0.01, 0.04, 0.03, 0.005};
    assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjusted(p), 1e-15);
    assertArrayEquals(new double[] {0.01, 0.04, 0.03, 0.005}, p, "the input stays");
  }

  @Test
  void nothingExceedsOneAndEqualValuesStayEqual() {
    assertArrayEquals(new double[] {1, 1, 1}, Holm.adjusted(0.5, 0.5, 0.9));
    assertArrayEquals(new double[] {0.06, 0.06, 0.06}, Holm.adjusted(0.02, 0.02, 0.02), 1e-15);
    assertArrayEquals(new double[] {0.2}, Holm.adjusted(0.2));
    assertArrayEquals(new double[0], Holm.adjusted());
  }

  @Test
  void adjustedValuesKeepTheOrderAndAreNotSmaller() {
    SplittableRandom random = Examples.random(7);
    for (int round = 0; round < 200; round++) {
      double[] p = random.doubles(1 + random.nextInt(8)).map(x -> x * x).toArray();
      double[] adjusted = Holm.adjusted(p);
      for (int i = 0; i < p.length; i++) {
        assertTrue(adjusted[i] >= p[i] && adjusted[i] <= Math.min(1, p.length * p[i]));
        for (int j = 0; j < p.length; j++) assertTrue(p[i] > p[j] || adjusted[i] <= adjusted[j]);
      }
      double[] reversed = Holm.adjusted(reversed(p));
      assertArrayEquals(adjusted, reversed(reversed));
    }
  }

  private static double[] reversed(double[] x) {
    double[] reversed = new double[x.length];
    for (int i = 0; i < x.length; i++) reversed[i] = x[x.length - 1 - i];
    return reversed;
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Holm.adjusted(0.1, Double.NaN));
    var refused = assertThrows(IllegalArgumentException.class, () -> Holm.adjusted(0.1, 1.1));
    assertEquals("p 1.1, expected a number in [0, 1]", refused.getMessage());
  }
}
