package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Means and deviations worked by hand. */
class SpreadTest {
  /** 0.2, 0.4, 0.9: mean 0.5, squares 0.09 + 0.01 + 0.16 = 0.26, divided by 2 = 0.13, root 0.360555. */
  @Test
  void theDeviationIsThatOfASample() {
    Spread spread = Spread.of(List.of(new Ratio(1, 5), new Ratio(2, 5), new Ratio(9, 10)));
    assertEquals(3, spread.count());
    assertEquals(0.5, spread.mean().orElseThrow(), 1e-15);
    assertEquals(0.36055512754639896, spread.deviation().orElseThrow(), 1e-15);
    assertEquals("50.00 ± 36.06", spread.percent());
  }

  @Test
  void equalScoresDoNotScatter() {
    Spread spread = Spread.of(List.of(new Ratio(1, 4), new Ratio(2, 8)));
    assertEquals(new Spread(2, OptionalDouble.of(0.25), OptionalDouble.of(0)), spread);
  }

  @Test
  void oneScoreHasNoDeviationAndNoneHasNoMean() {
    assertEquals("25.00", Spread.of(List.of(new Ratio(1, 4))).percent());
    assertEquals("n/a", Spread.of(List.of()).percent());
  }

  @Test
  void undefinedScoresDoNotCount() {
    Spread spread = Spread.of(List.of(new Ratio(1, 4), new Ratio(0, 0)));
    assertEquals(1, spread.count());
    assertEquals(0.25, spread.mean().orElseThrow());
  }
}
