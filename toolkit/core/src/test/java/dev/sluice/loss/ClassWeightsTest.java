package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights worked out by hand. */
class ClassWeightsTest {
  private static final List<String> LABELS = List.of("O", "B-city", "I-city", "B-day");

  private static ClassWeight factor(String label, double weight) {
    return new ClassWeight(label, weight);
  }

  @Test
  void withoutBalanceAndFactorsThereAreNone() {
    assertNull(ClassWeights.of(LABELS, new long[] {8, 4, 2, 2}, 0, List.of()));
  }

  /** Full balance: every label weighs as much as any other, all together as much as the tokens. */
  @Test
  void fullBalanceGivesEachLabelTheSameShareOfTheLoss() {
    float[] w = ClassWeights.of(LABELS, new long[] {8, 4, 2, 2}, 1, List.of());
    assertArrayEquals(new float[] {0.5f, 1, 2, 2}, w, 1e-6f);
  }

  @Test
  void theMeanOverTheTokensIsOneForAnyBalance() {
    long[] counts = {900, 60, 30, 10};
    for (double balance : new double[] {0.1, 0.5, 0.9, 1}) {
      float[] w = ClassWeights.of(LABELS, counts, balance, List.of());
      double mean = 0;
      for (int j = 0; j < w.length; j++) mean += w[j] * counts[j] / 1000.0;
      assertEquals(1, mean, 1e-6);
      assertEquals(StrictMath.pow(90, balance), w[3] / (double) w[0], 1e-4 * w[3] / w[0]);
    }
  }

  @Test
  void aLabelThatNeverOccursCountsAsOnce() {
    float[] w = ClassWeights.of(List.of("a", "b"), new long[] {4, 0}, 1, List.of());
    assertArrayEquals(new float[] {1, 4}, w, 1e-6f);
  }

  @Test
  void aFactorMultipliesALabelOrAllLabelsOfAType() {
    long[] counts = {1, 1, 1, 1};
    List<ClassWeight> factors = List.of(factor("O", 0.5), factor("city", 3), factor("I-city", 2));
    assertArrayEquals(
        new float[] {0.5f, 3, 6, 1}, ClassWeights.of(LABELS, counts, 0, factors), 1e-6f);
    assertArrayEquals(
        new float[] {0.625f, 1.25f, 1.25f, 2.5f},
        ClassWeights.of(LABELS, new long[] {8, 4, 4, 4}, 1, List.of(factor("day", 2))),
        1e-6f);
  }

  @Test
  void aFactorForNothingIsNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ClassWeights.of(LABELS, new long[4], 0, List.of(factor("town", 2))));
    assertEquals("town", e.getMessage());
  }

  /** A plain label such as X-ray can be named as it is. */
  @Test
  void labelsOfSentencesMayLookLikeTags() {
    List<String> plain = List.of("X-ray", "visit");
    long[] counts = {1, 1};
    assertArrayEquals(
        new float[] {2, 1}, ClassWeights.of(plain, counts, 0, List.of(factor("X-ray", 2))));
  }
}
