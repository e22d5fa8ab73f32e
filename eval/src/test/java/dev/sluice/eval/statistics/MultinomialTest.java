package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.statistics.Draws.Purpose;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultinomialTest {
  private static final int MANY = 100_000;

  /**
   * Kinds with shares 3/6, 2/6 and 1/6, four units drawn: all 15 outcomes with their probabilities 4!/(x!·y!·z!)·(3/6)ˣ·(2/6)ʸ·(1/6)ᶻ. With scale 1 all kinds are rare,
   * with 3 one of them, with 10 none.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 3, 10})
  void outcomesHaveTheirJointProbabilities(long scale) {
    Multinomial multinomial = new Multinomial(new long[] {3 * scale, 2 * scale, scale});
    long[] drawn = new long[25];
    for (int i = 0; i < MANY; i++) {
      long[] x = draw(multinomial, i, 4, 3);
      drawn[(int) (5 * x[0] + x[1])]++;
    }
    double p = ChiSquare.p(drawn, cell -> probability(cell / 5, cell % 5));
    assertTrue(p > 1e-3, "p " + p);
  }

  private static double probability(int x, int y) {
    int z = 4 - x - y;
    if (z < 0) return 0;
    double ways = 24 / (factorial(x) * factorial(y) * factorial(z));
    return ways * Math.pow(3 / 6.0, x) * Math.pow(2 / 6.0, y) * Math.pow(1 / 6.0, z);
  }

  private static double factorial(int x) {
    return Math.rint(Math.exp(Binomial.logFactorial(x)));
  }

  @Test
  void everyKindHasABinomialNumberAndAllAreDrawn() {
    long[] weights = {600, 300, 60, 25, 5, 4, 3, 2, 1};
    Multinomial multinomial = new Multinomial(weights);
    long[][] drawn = new long[weights.length][1001];
    for (int i = 0; i < MANY; i++) {
      long[] x = draw(multinomial, i, 1000, weights.length);
      long sum = 0;
      for (int k = 0; k < x.length; k++) {
        drawn[k][(int) x[k]]++;
        sum += x[k];
      }
      assertEquals(1000, sum);
    }
    for (int k = 0; k < weights.length; k++) {
      BinomialDistribution expected = BinomialDistribution.of(1000, weights[k] / 1000.0);
      assertTrue(ChiSquare.p(drawn[k], expected::probability) > 1e-3, "kind " + k);
    }
  }

  @Test
  void withoutUnitsNothingIsDrawn() {
    new Multinomial(new long[0])
        .draw(
            Draws.of(1, Purpose.BOOTSTRAP, 0),
            0,
            (k, times) -> {
              throw new AssertionError(k + " " + times);
            });
    assertThrows(IllegalArgumentException.class, () -> new Multinomial(new long[] {1, 0}));
    assertThrows(IllegalArgumentException.class, () -> new Multinomial(new long[] {1, 2}));
  }

  private static long[] draw(Multinomial multinomial, int index, long n, int kinds) {
    long[] x = new long[kinds];
    multinomial.draw(Draws.of(7, Purpose.BOOTSTRAP, index), n, (k, times) -> x[k] += times);
    return x;
  }
}
