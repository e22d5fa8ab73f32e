package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The law of a learning curve, by hand. */
class PowerLawTest {
  /** Each tenfold of the data halves the error: b = log₁₀ 2 and a = .5·10ᵇ = 1. */
  @Test
  void pointsOnALawGiveThatLaw() {
    PowerLaw law =
        PowerLaw.fit(new double[] {10, 100, 1000}, new double[] {.5, .25, .125}).orElseThrow();
    assertEquals(Math.log10(2), law.b(), 1e-12);
    assertEquals(1, law.a(), 1e-12);
    assertEquals(.0625, law.error(10_000), 1e-12);
    assertEquals(3, law.points());
  }

  /** The points (1, 0), (2, -1), (3, -1) of the decimal logarithms have the line 1/3 - x/2. */
  @Test
  void otherPointsGiveTheLeastSquaresOfTheLogarithms() {
    PowerLaw law =
        PowerLaw.fit(new double[] {10, 100, 1000}, new double[] {1, .1, .1}).orElseThrow();
    assertEquals(.5, law.b(), 1e-12);
    assertEquals(Math.cbrt(10), law.a(), 1e-12);
  }

  @Test
  void pointsWithoutALogarithmAreLeftOutAndTooFewGiveNone() {
    double[] n = {10, 50, 100, 1000, 2000};
    PowerLaw law = PowerLaw.fit(n, new double[] {.5, Double.NaN, .25, .125, 0}).orElseThrow();
    assertEquals(3, law.points());
    assertEquals(Math.log10(2), law.b(), 1e-12);
    assertEquals(Optional.empty(), PowerLaw.fit(n, new double[] {.5, 0, 0, 0, .25}));
  }

  @Test
  void anErrorThatRisesHasANegativeExponent() {
    PowerLaw law =
        PowerLaw.fit(new double[] {10, 100, 1000}, new double[] {.1, .2, .3}).orElseThrow();
    assertTrue(law.b() < 0);
  }
}
