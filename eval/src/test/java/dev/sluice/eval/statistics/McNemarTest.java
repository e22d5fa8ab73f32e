package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.metric.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {
  /** 9 to 2: 2·(1 + 11 + 55) of 2¹¹. */
  @ParameterizedTest
  @CsvSource({
    "9, 2, 0.0654296875",
    "2, 9, 0.0654296875",
    "5, 0, 0.0625",
    "0, 0, 1",
    "1, 0, 1",
    "4, 4, 1",
    "5, 4, 1",
    "6, 3, 0.5078125"
  })
  void pIsThatOfFairCoins(int onlyFirst, int onlySecond, double p) {
    assertEquals(p, new McNemar(onlyFirst, onlySecond).p(), 1e-12);
  }

  @Test
  void onlyUnitsThatOneSystemHasRightCount() {
    PairedUnits units = PairedUnits.ofSpans();
    Counts right = new Counts(2, 0, 0);
    Counts wrong = new Counts(1, 0, 1);
    for (int i = 0; i < 9; i++) units.add(right, wrong);
    for (int i = 0; i < 2; i++) units.add(wrong, right);
    units.add(right, right);
    units.add(Counts.NONE, Counts.NONE);
    units.add(wrong, new Counts(1, 1, 1));
    units.add(Counts.NONE, new Counts(0, 1, 0));
    McNemar test = McNemar.of(units, McNemar::wholly);
    assertEquals(new McNemar(10, 2), test);
    assertEquals(new McNemar(2, 10), McNemar.of(units.swapped(), McNemar::wholly));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new McNemar(-1, 2));
    assertThrows(IllegalArgumentException.class, () -> McNemar.wholly(new long[] {1, 2}));
  }
}
