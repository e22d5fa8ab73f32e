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

  /** The points (1, -1), (2, -2), (3, -2) of the decimal logarithms have the line -2/3 - x/2. */
  @Test
  void otherPointsGiveTheLeastSquaresOfTheLogarithms() {
    PowerLaw law =
        PowerLaw.fit(new double[] {10, 100, 1000}, new double[] {.1, .01, .01}).orElseThrow();
    assertEquals(.5, law.b(), 1e-12);
    assertEquals(Math.cbrt(.01), law.a(), 1e-12);
  }

  @Test
  void pointsWithoutALogarithmOrBeforeAnythingIsLearnedAreLeftOutAndTooFewGiveNone() {
    double[] n = {10, 50, 100, 1000, 2000};
    double[] errors = {.5, Double.NaN, .25, .125, 0};
    PowerLaw law = PowerLaw.fit(n, errors).orElseThrow();
    assertEquals(3, law.points());
    assertEquals(Math.log10(2), law.b(), 1e-12);
    errors[1] = 1;
    assertEquals(law, PowerLaw.fit(n, errors).orElseThrow());
    assertEquals(Optional.empty(), PowerLaw.fit(n, new double[] {.5, 0, 1, 1, .25}));
  }

  @Test
  void anErrorThatRisesHasANegativeExponent() {
    PowerLaw law =
        PowerLaw.fit(new double[] {10, 100, 1000}, new double[] {.1, .2, .3}).orElseThrow();
    assertTrue(law.b() < 0);
  }
}
