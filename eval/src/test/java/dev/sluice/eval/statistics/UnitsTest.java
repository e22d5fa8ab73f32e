package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UnitsTest {
  @Test
  void scoresArePooled() {
    Units a = Examples.units(Examples.A);
    assertArrayEquals(new long[] {9, 2, 1}, a.sums());
    assertEquals(0.857142857, a.score(Measure.F1).getAsDouble(), 1e-9);
    assertEquals(9.0 / 11, a.score(Measure.PRECISION).getAsDouble());
    assertEquals(0.9, a.score(Measure.RECALL).getAsDouble());
    assertEquals(0.631578947, Examples.units(Examples.B).score(Measure.F1).getAsDouble(), 1e-9);
  }

  @Test
  void accuracyIsPooledToo() {
    Units units = Units.ofCases();
    units.add(new Ratio(3, 4));
    units.add(new Ratio(0, 1));
    assertEquals(OptionalDouble.of(0.6), units.score(Measure.ACCURACY));
  }

  @Test
  void withoutCasesAScoreIsUndefined() {
    assertEquals(OptionalDouble.empty(), Units.ofSpans().score(Measure.F1));
    assertEquals(OptionalDouble.empty(), Units.ofCases().score(Measure.ACCURACY));
    assertEquals(
        OptionalDouble.empty(), Examples.units(new Counts(0, 0, 2)).score(Measure.PRECISION));
  }

  @Test
  void equalUnitsAreKeptOnce() {
    Units units = Units.ofSpans();
    for (int i = 0; i < 1000; i++) units.add(new Counts(i % 3, 1, 0));
    assertEquals(1000, units.size());
    assertEquals(3, units.distinct());
  }

  @Test
  void mergingIsAddingAll() {
    Units units = Examples.units(Examples.A);
    units.merge(Examples.units(Examples.B));
    assertEquals(10, units.size());
    assertArrayEquals(new long[] {15, 5, 5}, units.sums());
    assertEquals(7, units.distinct());
  }

  @Test
  void whatIsAddedIsCopied() {
    long[] counts = {1, 2};
    Units units = Units.of(2);
    units.add(counts);
    counts[0] = 7;
    units.add(counts);
    assertEquals(2, units.distinct());
    assertArrayEquals(new long[] {8, 4}, units.sums());
  }

  @Test
  void pairsKnowBothSidesAndWhereTheyDiffer() {
    PairedUnits pairs = Examples.paired(Examples.A, Examples.B);
    assertEquals(5, pairs.size());
    assertEquals(3, pairs.differing());
    assertArrayEquals(new long[] {9, 2, 1}, pairs.first().sums());
    assertArrayEquals(new long[] {6, 3, 4}, pairs.second().sums());
    assertArrayEquals(pairs.second().sums(), pairs.swapped().first().sums());
    assertEquals(3, pairs.swapped().differing());
    pairs.merge(pairs.swapped());
    assertEquals(10, pairs.size());
    assertArrayEquals(pairs.first().sums(), pairs.second().sums());
  }

  @Test
  void wrongCountsAreRefused() {
    Units spans = Units.ofSpans();
    PairedUnits pairs = PairedUnits.ofSpans();
    assertThrows(IllegalArgumentException.class, () -> spans.add(1, 2));
    assertThrows(IllegalArgumentException.class, () -> spans.add(1, 2, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> pairs.add(new long[] {1, 2}, new long[] {1, 2, 3, 4}));
    assertThrows(IllegalArgumentException.class, () -> spans.merge(Units.ofCases()));
    assertThrows(IllegalArgumentException.class, () -> spans.score(Measure.ACCURACY));
    assertThrows(IllegalArgumentException.class, () -> Units.ofCases().score(Measure.F1));
    assertThrows(IllegalArgumentException.class, () -> Units.of(0));
    assertEquals(0, spans.size());
  }
}
