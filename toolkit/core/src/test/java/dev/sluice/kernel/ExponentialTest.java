package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExponentialTest {

  @Test
  void exponentialsAreWithinTwoUnitsInTheLastPlace() {
    SplittableRandom random = Seeds.of(201);
    for (int n = 0; n < 200_000; n++) {
      double x = n % 2 == 0 ? random.nextDouble(-708, 709) : random.nextDouble(-3, 3);
      double exact = StrictMath.exp(x);
      double error = Math.abs(Exponential.exp(x) - exact) / Math.ulp(exact);
      assertTrue(error <= 2, () -> "exp " + x + " is off by " + error + " ulp");
    }
  }

  @Test
  void theEdgesAreWhatTheyShouldBe() {
    assertEquals(1, Exponential.exp(0));
    assertEquals(1, Exponential.exp(-0.0));
    assertEquals(1, Exponential.exp(1e-300));
    assertEquals(0, Exponential.exp(Double.NEGATIVE_INFINITY));
    assertEquals(0, Exponential.exp(-708.1));
    assertEquals(Double.POSITIVE_INFINITY, Exponential.exp(709.1));
    assertTrue(Double.isNaN(Exponential.exp(Double.NaN)));
    for (double x : new double[] {Exponential.MIN, Exponential.MAX})
      assertEquals(1, Exponential.exp(x) / StrictMath.exp(x), 1e-15);
  }
}
