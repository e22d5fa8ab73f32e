package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.statistics.Draws.Purpose;
import java.math.BigInteger;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
  private static final int MANY = 200_000;

  /** Few and many expected successes, just below and above ten of them where the algorithm changes, and the mirrored ones. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.5",
    "1, 0.3",
    "2, 0.9",
    "10, 0.5",
    "19, 0.5",
    "20, 0.5",
    "21, 0.5",
    "30, 0.33",
    "30, 0.34",
    "30, 0.67",
    "99, 0.1",
    "100, 0.1",
    "101, 0.1",
    "100, 0.95",
    "1000, 0.001",
    "1000, 0.3",
    "1000, 0.77",
    "10000, 0.0009",
    "10000, 0.0011",
    "10000, 0.42",
    "10000, 0.9999",
    "1000000, 0.00001",
    "1000000, 0.002"
  })
  void drawsFollowTheBinomialDistribution(int n, double p) {
    BinomialDistribution expected = BinomialDistribution.of(n, p);
    assertTrue(ChiSquare.p(drawn(n, p), expected::probability) > 1e-3);
  }

  /** The check above can fail: a chance that is wrong by a hundredth is noticed. */
  @ParameterizedTest
  @CsvSource({"20, 0.3, 0.303", "1000, 0.3, 0.303", "10000, 0.0009, 0.00091"})
  void theTestNoticesASlightlyWrongChance(int n, double p, double wrong) {
    BinomialDistribution expected = BinomialDistribution.of(n, wrong);
    assertTrue(ChiSquare.p(drawn(n, p), expected::probability) < 1e-6);
  }

  private static long[] drawn(int n, double p) {
    Binomial binomial = new Binomial(p);
    Draws draws = Draws.of(n, Purpose.BOOTSTRAP, Double.hashCode(p));
    long[] drawn = new long[n + 1];
    for (int i = 0; i < MANY; i++) drawn[(int) binomial.draw(draws, n)]++;
    return drawn;
  }

  @Test
  void certainAndImpossibleTrialsAreDrawnAsSuch() {
    Draws draws = Draws.of(1, Purpose.BOOTSTRAP, 0);
    for (int n : new int[] {0, 1, 50, 1_000_000}) {
      assertEquals(0, new Binomial(0).draw(draws, n));
      assertEquals(n, new Binomial(1).draw(draws, n));
    }
    assertThrows(IllegalArgumentException.class, () -> new Binomial(-0.1));
    assertThrows(IllegalArgumentException.class, () -> new Binomial(Double.NaN));
  }

  @Test
  void logFactorialsAreThoseOfTheProducts() {
    BigInteger factorial = BigInteger.ONE;
    for (int x = 1; x <= 170; x++) {
      factorial = factorial.multiply(BigInteger.valueOf(x));
      double expected = Math.log(factorial.doubleValue());
      assertEquals(expected, Binomial.logFactorial(x), 1e-12 * Math.max(1, expected), "x = " + x);
    }
    assertEquals(0, Binomial.logFactorial(0));
  }
}
