package dev.sluice.peers.ceiling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.peers.Work;
import dev.sluice.peers.ceiling.Product.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the rates of single products to shares. */
class RatesTest {

  /** 2 GFLOP thrice at 1 or 4 GFLOP/s and 4 GFLOP once at 8 or 2: the faster way of each takes 1.5 and 0.5 seconds for 10 GFLOP. */
  @Test
  void overallRateIsAllFlopsByTheSumOfTheTimes() {
    ProductRates rates =
        new ProductRates(
            List.of(
                new Product("a", Kind.FORWARD, 1000, 1000, 1, 1000, 3),
                new Product("b", Kind.FORWARD, 1000, 1000, 1, 2000, 1)),
            1);
    rates.put(0, Way.OPENBLAS, 0, 1);
    rates.put(0, Way.OPENBLAS_TWO, 0, 4);
    rates.put(1, Way.OPENBLAS, 0, 8);
    rates.put(1, Way.OPENBLAS_TWO, 0, 2);
    assertArrayEquals(new double[] {5}, rates.overall(Way.OPENBLAS, Way.OPENBLAS_TWO), 1e-12);
    assertArrayEquals(new double[] {10 / 6.5}, rates.overall(Way.OPENBLAS), 1e-12);
  }

  @Test
  void sharesAreFormedRoundByRound() {
    assertEquals(
        "70 (50..90) %", TrainingRates.share(new double[] {10, 36}, new double[] {20, 40}));
  }

  /** 100,000 tokens/s at 3.224 MFLOP each are 322.4 GFLOP/s: half of OpenBLAS's 644.8. */
  @Test
  void reportSaysTheShareOfTheSgemmRate() {
    TrainingRates training = new TrainingRates(Work.of(200), 1);
    for (ProductRates rates : List.of(training.step, training.second)) fill(rates, 644.8);
    ProductRates square =
        new ProductRates(List.of(Product.of(Kind.FORWARD, 1024, 1024, 1, 1024)), 1);
    fill(square, 1289.6);
    training.put(1, 0, 50_000);
    training.put(2, 0, 100_000);
    String report = training.markdown(square, new double[][] {{1000}, {3224}});
    assertTrue(report.contains("A token costs 3,224,000 FLOP."), report);
    assertTrue(report.contains("at 50 (50..50) % of the sgemm rate of OpenBLAS"), report);
    assertTrue(report.contains("| 3,224.0 (3,224.0..3,224.0) | 10 (10..10) % |"), report);
    assertTrue(report.contains("| 1,289.6 (1,289.6..1,289.6) | 25 (25..25) % |"), report);
  }

  private static void fill(ProductRates rates, double gflops) {
    for (int p = 0; p < rates.products().size(); p++) {
      for (Way way : Way.values()) rates.put(p, way, 0, gflops);
    }
  }

  /** Every lane of the twelve sums tends to 1, so the loop cannot have been left out. */
  @Test
  void registerLoopAddsUpAllItsLanes() {
    FmaLoop loop = FmaLoop.create();
    int lanes = loop.bits() / Float.SIZE;
    assertEquals(12f * lanes, loop.run(1000), 1e-3f);
    assertEquals(24 * lanes, loop.flopPerRound());
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertEquals(List.of(64), CeilingOptions.read("--hidden", "64", "--rounds", "2").hidden());
    assertEquals(50, CeilingOptions.read("--product-seconds", "0.05").product().toMillis());
    var wrong =
        assertThrows(IllegalArgumentException.class, () -> CeilingOptions.read("--round", "2"));
    assertTrue(wrong.getMessage().contains("--round"));
    assertThrows(IllegalArgumentException.class, () -> CeilingOptions.read("--rounds"));
  }
}
