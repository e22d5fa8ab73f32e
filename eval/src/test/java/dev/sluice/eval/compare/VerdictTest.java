package dev.sluice.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.statistics.SeedComparison;
import dev.sluice.eval.statistics.SeedScores;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One sentence says what may be said, and no more. */
class VerdictTest {
  @Test
  void aDifferenceThatChanceExplainsIsUnknown() {
    Verdict verdict = single(0.4, 0.3, 200);
    assertEquals(Verdict.Kind.UNKNOWN, verdict.kind());
    assertTrue(verdict.sentence().endsWith("unknown, chance explains as much"));
    assertTrue(single(0.4, 0.3, 7).sentence().endsWith("they differ in 7 sentences only"));
  }

  @Test
  void aSureDifferenceOfTwoSingleRunsSaysThatSeedsAreNotKnown() {
    Verdict verdict = single(2, 0.0004, 200);
    assertEquals(Verdict.Kind.REAL, verdict.kind());
    assertEquals(
        "b is 2.00 points above a (i, p < 0.001): real for these runs on data like this; single runs"
            + " do not tell what another seed would give",
        verdict.sentence());
  }

  @Test
  void lessThanTheScatterOfSeedsIsBelowSeedNoise() {
    assertEquals(
        Verdict.Kind.BELOW_SEED_NOISE,
        seeds(new double[] {90, 91, 92, 90, 91}, new double[] {90.5, 91, 92, 90.5, 91}, 0.001)
            .kind());
  }

  @Test
  void fiveSeedsThatAgreeMakeADifferenceReal() {
    double[] low = {90, 90.2, 90.1, 90.3, 90}, high = {91, 91.3, 91, 91.2, 91.1};
    assertEquals(Verdict.Kind.REAL, seeds(low, high, 0.001).kind());
    assertEquals(Verdict.Kind.UNKNOWN, seeds(low, high, 0.2).kind(), "other sentences");
  }

  /** With fewer differing units a bootstrap finds what a permutation test does not confirm. */
  @Test
  void fewerThanThirtyDifferingUnitsAreSaidWhateverTheAnswer() {
    double[] low = {90, 90.2, 90.1, 90.3, 90}, high = {91, 91.3, 91, 91.2, 91.1};
    String few = "they differ in 29 sentences only";
    assertTrue(single(2, 0.01, 29).sentence().endsWith(few));
    assertTrue(single(2, 0.2, 29).sentence().endsWith(few));
    assertTrue(seeds(low, high, 0.001, 29).sentence().endsWith(few));
    assertTrue(seeds(low, low, 0.001, 29).sentence().endsWith("score the same"));
    for (Verdict verdict :
        List.of(single(2, 0.01, 30), single(2, 0.2, 30), seeds(low, high, 0.001, 30)))
      assertFalse(verdict.sentence().contains("only"), verdict.sentence());
    assertTrue(single(2, 0.2, 1).sentence().endsWith("they differ in 1 sentence only"));
  }

  @Test
  void aCorrectedPSaysForHowManyPairs() {
    Verdict verdict = Verdict.of("b", "a", 2, "i", 0.03, 6, 99, "sentence", Optional.empty(), 1);
    assertTrue(verdict.sentence().contains("(i, p = 0.030 after Holm over 6 pairs): real"));
  }

  @Test
  void threeSeedsAreTooFew() {
    Verdict verdict = seeds(new double[] {90, 90.2, 90.1}, new double[] {91, 91.3, 91}, 0.001);
    assertEquals(Verdict.Kind.UNKNOWN, verdict.kind());
    assertTrue(verdict.sentence().endsWith("unknown, 3 seeds are too few, train 5"));
  }

  private static Verdict single(double points, double p, long differing) {
    return Verdict.of("b", "a", points, "i", p, 1, differing, "sentence", Optional.empty(), 1);
  }

  private static Verdict seeds(double[] first, double[] second, double p) {
    return seeds(first, second, p, 200);
  }

  private static Verdict seeds(double[] first, double[] second, double p, long differing) {
    SeedComparison seeds = SeedComparison.of(scores(second), scores(first), 1);
    return Verdict.of(
        "b",
        "a",
        seeds.delta(),
        "i",
        p,
        1,
        differing,
        "sentence",
        Optional.of(seeds),
        first.length);
  }

  private static SeedScores scores(double[] scores) {
    TreeMap<Long, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) bySeed.put((long) i, scores[i]);
    return new SeedScores(bySeed);
  }
}
