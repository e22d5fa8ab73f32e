package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedScoresTest {
  /** Scores of seeds from, from + 1, … */
  static SeedScores scores(long from, double... scores) {
    SortedMap<Long, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) bySeed.put(from + i, scores[i]);
    return new SeedScores(bySeed);
  }

  @Test
  void fiveSeedsAreAsWorkedOut() {
    SeedScores scores = scores(1, 90.1, 90.6, 89.8, 90.9, 90.3);
    assertEquals(5, scores.count());
    assertArrayEquals(new double[] {90.1, 90.6, 89.8, 90.9, 90.3}, scores.scores());
    assertEquals(90.34, scores.mean(), 1e-12);
    assertEquals(0.4278, scores.deviation().getAsDouble(), 5e-5);
    assertEquals(0.5312, scores.halfWidth(0.95).getAsDouble(), 5e-5);
    Interval interval = scores.interval(0.95).orElseThrow();
    assertEquals(89.8088, interval.low(), 5e-5);
    assertEquals(90.8712, interval.high(), 5e-5);
    assertEquals(89.8, scores.min());
    assertEquals(90.9, scores.max());
  }

  /** Of the scores -1 and 1 among zeros the half-width gives t back, which tables have with four or five digits. */
  @ParameterizedTest
  @CsvSource({
    "2, 0.95, 12.7062",
    "3, 0.95, 4.30265",
    "5, 0.95, 2.77645",
    "10, 0.95, 2.26216",
    "31, 0.95, 2.04227",
    "5, 0.99, 4.60409",
    "5, 0.9, 2.13185"
  })
  void theQuantileOfStudentIsThatOfTables(int n, double level, double t) {
    double[] x = new double[n];
    x[0] = 1;
    x[1] = -1;
    SeedScores scores = scores(1, x);
    double error = scores.deviation().getAsDouble() / Math.sqrt(n);
    assertEquals(t, scores.halfWidth(level).getAsDouble() / error, 5e-5);
  }

  @Test
  void aSingleScoreDoesNotScatter() {
    SeedScores one = scores(7, 0.5);
    assertEquals(0.5, one.mean());
    assertEquals(OptionalDouble.empty(), one.deviation());
    assertEquals(OptionalDouble.empty(), one.halfWidth(0.95));
    assertEquals(Optional.empty(), one.interval(0.95));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> scores(1));
    assertThrows(IllegalArgumentException.class, () -> scores(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> scores(1, 1, 2).halfWidth(95));
  }
}
