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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1 << 30, (1 << 30) + (1 << 29)})
  void numbersBelowABoundAreUniform(int bound) {
    int cells = Math.min(bound, 7);
    long[] drawn = new long[cells];
    Draws draws = Draws.of(bound, Purpose.SEEDS, 0);
    for (int i = 0; i < MANY; i++) drawn[(int) ((long) draws.below(bound) * cells / bound)]++;
    if (cells == 1) assertEquals(MANY, drawn[0]);
    else assertTrue(ChiSquare.p(drawn, x -> 1.0 / cells) > 1e-3);
  }
}
