package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.statistics.Draws.Purpose;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {
  private static final int MANY = 100_000;

  @Test
  void numbersFollowFromSeedPurposeAndIndexAlone() {
    Set<Long> seen = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      for (Purpose purpose : Purpose.values()) {
        for (int index = 0; index < 100; index++) {
          long bits = Draws.of(seed, purpose, index).bits();
          assertEquals(bits, Draws.of(seed, purpose, index).bits());
          assertTrue(seen.add(bits), "seed " + seed + " " + purpose + " " + index);
        }
      }
    }
    Draws draws = Draws.of(1, Purpose.BOOTSTRAP, 0);
    assertNotEquals(draws.bits(), draws.bits());
  }

  /** Below, at and above the number of coins that one random number has. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 63, 64, 65, 200})
  void headsAreBinomial(int n) {
    long[] drawn = new long[n + 1];
    for (int i = 0; i < MANY; i++) drawn[(int) Draws.of(n, Purpose.RANDOMISATION, i).heads(n)]++;
    BinomialDistribution fair = BinomialDistribution.of(n, 0.5);
    assertTrue(ChiSquare.p(drawn, fair::probability) > 1e-3);
  }

  /** 2³² is 8/3 of the last bound: without drawing again, two of three neighbours would come 3 times for 2 times of the third, and remainders by 3 show it. */
  @ParameterizedTest
  @CsvSource({"2, 2", "7, 7", "30, 3", "1610612736, 3"})
  void numbersBelowABoundAreUniform(int bound, int cells) {
    long[] drawn = new long[cells];
    Draws draws = Draws.of(bound, Purpose.SEEDS, 0);
    for (int i = 0; i < MANY; i++) {
      int number = draws.below(bound);
      assertTrue(number >= 0 && number < bound);
      drawn[number % cells]++;
    }
    assertTrue(ChiSquare.p(drawn, x -> 1.0 / cells) > 1e-3);
    assertEquals(0, draws.below(1));
  }
}
