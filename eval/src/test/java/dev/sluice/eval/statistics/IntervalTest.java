package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.metric.Ratio;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
  /** Ranks are exact although (1 - 0.95) / 2 is a little above 0.025 in doubles, and 251 would follow from that. */
  @ParameterizedTest
  @CsvSource({
    "10000, 0.95, 250, 9750",
    "3125, 0.95, 79, 3047",
    "1000, 0.9, 50, 950",
    "1000, 0.99, 5, 995",
    "10, 0.95, 1, 10",
    "1, 0.95, 1, 1",
    "39, 0.95, 1, 39",
    "41, 0.95, 2, 40"
  })
  void endsHaveNearestRanks(int m, double level, double low, double high) {
    double[] scores = IntStream.rangeClosed(1, m).map(i -> m + 1 - i).asDoubleStream().toArray();
    assertEquals(
        Optional.of(new Interval(low, high, level, 0)), Interval.percentile(scores, level));
  }

  @Test
  void undefinedScoresAreCountedAndHaveNoRank() {
    double[] scores = {Double.NaN, 3, 1, Double.NaN, 2};
    assertEquals(Optional.of(new Interval(1, 3, 0.9, 2)), Interval.percentile(scores, 0.9));
    Arrays.fill(scores, Double.NaN);
    assertEquals(Optional.empty(), Interval.percentile(scores, 0.9));
    assertEquals(Optional.empty(), Interval.percentile(new double[0], 0.9));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 10, 0.4902, 0.9433",
    "0, 5, 0, 0.4345",
    "5, 5, 0.5655, 1",
    "1, 1, 0.2065, 1",
    "500, 1000, 0.4691, 0.5309"
  })
  void wilsonIsAsWorkedOut(int part, int whole, double low, double high) {
    Interval interval = Interval.wilson(new Ratio(part, whole), 0.95).orElseThrow();
    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
    assertEquals(0, interval.undefined());
  }

  /** The ends are the shares that a test with the normal distribution just does not reject: (p - end)² = z²·end·(1-end)/n, here with the table's z of 99 %. */
  @Test
  void wilsonSolvesItsEquation() {
    double z = 2.5758293035489;
    for (int part = 1; part < 20; part++) {
      double p = part / 20.0;
      Interval interval = Interval.wilson(new Ratio(part, 20), 0.99).orElseThrow();
      for (double end : new double[] {interval.low(), interval.high()})
        assertEquals(z * z * end * (1 - end) / 20, (p - end) * (p - end), 1e-12);
    }
  }

  @Test
  void wilsonNeedsACase() {
    assertEquals(Optional.empty(), Interval.wilson(new Ratio(0, 0), 0.95));
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(new Ratio(0, 1), 1));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Interval(1, 0, 0.95, 0));
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 0, 0.95, 0));
    assertThrows(IllegalArgumentException.class, () -> new Interval(0, 1, 95, 0));
    assertThrows(IllegalArgumentException.class, () -> new Interval(0, 1, 0.95, -1));
  }
}
