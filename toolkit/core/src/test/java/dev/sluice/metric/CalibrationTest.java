package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calibration errors, worked out by hand. */
class CalibrationTest {
  private static final double[] P = {.97, .91, .86, .81, .74, .62, .57, .43, .34, .12};
  private static final int[] RIGHT = {1, 1, 0, 1, 1, 1, 0, 0, 1, 0};

  private static Calibration golden(int bins) {
    Calibration c = new Calibration(bins);
    for (int i = 0; i < P.length; i++) c.add(P[i], RIGHT[i] == 1);
    return c;
  }

  @ParameterizedTest
  @CsvSource({"5, .297", "10, .321", "15, .321"})
  void theGapIsWeighedByTheCasesOfEachBin(int bins, double ece) {
    assertEquals(ece, golden(bins).ece().orElseThrow(), 1e-12);
  }

  @Test
  void theOtherErrorsOfTheSameCases() {
    assertEquals(.66, golden(10).mce().orElseThrow(), 1e-12);
    assertEquals(.66, golden(15).mce().orElseThrow(), 1e-12);
    assertEquals(.19565, golden(15).brier().orElseThrow(), 1e-12);
    assertEquals(.297, golden(5).equalMassEce().orElseThrow(), 1e-12);
    assertEquals(new Ratio(6, 10), golden(5).accuracy());
    assertEquals(.637, golden(5).meanConfidence().orElseThrow(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", ".1, 1", ".1000001, 2", ".8, 8", ".80001, 9", "1, 10"})
  void aBinHasItsUpperBorderAndTheFirstOneAlsoZero(double p, int bin) {
    Calibration c = new Calibration(10);
    c.add(p, true);
    assertEquals(1, c.bins().get(bin - 1).cases());
    assertEquals(p, c.bins().get(bin - 1).confidence(), 1e-9);
  }

  @Test
  void neitherOrderNorDivisionMatters() {
    SplittableRandom random = Seeds.next();
    Calibration all = new Calibration(), merged = new Calibration(), other = new Calibration();
    for (int i = 0; i < 2_000; i++) {
      double p = random.nextInt(3) == 0 ? 1 : random.nextDouble();
      boolean right = random.nextDouble() < p;
      all.add(p, right);
      (i % 7 < 3 ? merged : other).add(p, right);
    }
    other.merge(merged);
    assertEquals(all.ece(), other.ece());
    assertEquals(all.mce(), other.mce());
    assertEquals(all.brier(), other.brier());
    assertEquals(all.equalMassEce(), other.equalMassEce());
    assertEquals(all.bins(), other.bins());
    assertTrue(all.ece().orElseThrow() < 0.06, "sampled as it says");
  }

  /** A thousand times the same confidence, half of them right, must not look worse when they stand in the order of being right. */
  @Test
  void equalConfidencesShareABinOfEqualMass() {
    Calibration c = new Calibration();
    for (int i = 0; i < 1_000; i++) c.add(0.5, i < 500);
    assertEquals(0, c.equalMassEce().orElseThrow());
    c.add(0.2, false);
    assertEquals(0.2 / 1_001, c.equalMassEce().orElseThrow(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15})
  void withoutCasesNothingIsDefined(int bins) {
    Calibration c = new Calibration(bins);
    c.add(Double.NaN, true); // says nothing
    for (OptionalDouble x : List.of(c.ece(), c.mce(), c.brier(), c.equalMassEce()))
      assertTrue(x.isEmpty());
    assertEquals(Collections.nCopies(bins, new Calibration.Bin(0, 0, 0)), c.bins());
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    Calibration c = new Calibration();
    c.add(Math.nextUp(1f), true); // rounded
    assertThrows(IllegalArgumentException.class, () -> c.add(1.01, true));
    assertThrows(IllegalArgumentException.class, () -> c.add(-0.01, true));
    assertThrows(IllegalArgumentException.class, () -> c.merge(new Calibration(3)));
  }

  @Test
  void aTableHasARowForEachKindWithCases() {
    Calibrations all = new Calibrations();
    all.spans().add(0.9, true);
    all.tokens().add(0.8, true);
    all.tokens().add(0.6, false);
    all.insideTokens().add(0.8, true);
    assertEquals(
        """
        calibration, 15 bins  cases  accuracy  confidence    ECE  equal mass    MCE   Brier
        -----------------------------------------------------------------------------------
        dev: spans                1    100.00       90.00  10.00       10.00  10.00  0.0100
        dev: tokens               2     50.00       70.00  40.00       40.00  60.00  0.2000
        dev: tokens not O         1    100.00       80.00  20.00       20.00  20.00  0.0400
        """,
        new CalibrationTable().add("dev: ", all).toString());
    assertTrue(new CalibrationTable().add("", new Calibrations()).isEmpty());
  }
}
