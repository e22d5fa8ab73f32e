package dev.sluice.eval.statistics;

import static dev.sluice.eval.statistics.SeedScoresTest.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;

class SeedComparisonTest {
  /** All five differences have one sign, which 2 of 32 exchanges do. */
  @Test
  void fivePairedSeedsGiveNoSmallerPThanTwoInThirtyTwo() {
    SeedComparison comparison =
        SeedComparison.of(
            scores(1, 90.1, 90.6, 89.8, 90.9, 90.3), scores(1, 89.1, 89.2, 88.0, 89.9, 90.0), 1);
    assertTrue(comparison.paired());
    assertEquals(new Permutations(comparison.delta(), 2, 0, 32, true), comparison.permutations());
    assertEquals(0.0625, comparison.permutations().p());
    assertEquals(1.1, comparison.delta(), 1e-12);
    assertFalse(comparison.belowSeedNoise());
  }

  /** Of the 20 ways to deal 1 … 6 to two sides of three, only two part the means as far as 4 5 6 and 1 2 3. */
  @Test
  void otherSeedsAreDealtOutInEveryWay() {
    SeedComparison comparison = SeedComparison.of(scores(1, 4, 6, 5), scores(11, 3, 1, 2), 1);
    assertFalse(comparison.paired());
    assertEquals(new Permutations(3, 2, 0, 20, true), comparison.permutations());
    assertEquals(0.1, comparison.permutations().p());
    assertEquals(1, comparison.pooledDeviation(), 1e-15);
  }

  /** Of the 15 ways to deal six scores to sides of four and two, only the observed one parts the means by 6. */
  @Test
  void sidesMayBeOfDifferentSize() {
    SeedComparison comparison = SeedComparison.of(scores(1, 1, 2, 3, 4), scores(1, 9, 8), 1);
    assertEquals(-6, comparison.delta());
    assertEquals(new Permutations(-6, 1, 0, 15, true), comparison.permutations());
    assertEquals(Math.sqrt((5 + 0.5) / 4), comparison.pooledDeviation(), 1e-15);
  }

  @Test
  void aDifferenceWithinTheScatterIsSeedNoise() {
    SeedScores one = scores(1, 90.1, 90.6, 89.8, 90.9, 90.3);
    SeedScores other = scores(1, 90.0, 90.5, 90.1, 90.2, 90.6);
    SeedComparison comparison = SeedComparison.of(one, other, 1);
    assertTrue(comparison.belowSeedNoise());
    assertTrue(comparison.permutations().p() > 0.5);
  }

  /** Differences of 0, -0.2 and -0.4 in tenths: 4 of 8 sums are 0.6 from 0, though no other double is as far as the observed one; 3 of 10 splits likewise. */
  @Test
  void roundingPartsNoTies() {
    SeedComparison paired =
        SeedComparison.of(scores(1, 0.7, 0.1, 0.5), scores(1, 0.7, 0.3, 0.9), 1);
    assertEquals(0.5, paired.permutations().p());
    SeedComparison dealt = SeedComparison.of(scores(1, 0.4, 0.5, 0.5), scores(5, 0.7, 0.5), 1);
    assertEquals(0.3, dealt.permutations().p());
  }

  @Test
  void exchangingTheSidesNegatesTheDifferenceAndKeepsTheRest() {
    SplittableRandom random = Examples.random(8);
    for (int round = 0; round < 50; round++) {
      SeedScores one = scores(1, random.doubles(5).toArray());
      SeedScores other = scores(round % 2, random.doubles(5).toArray());
      SeedComparison straight = SeedComparison.of(one, other, 1);
      SeedComparison swapped = SeedComparison.of(other, one, 1);
      assertEquals(round % 2 == 1, straight.paired());
      assertEquals(-straight.delta(), swapped.delta());
      assertEquals(straight.permutations().p(), swapped.permutations().p());
      assertEquals(straight.pooledDeviation(), swapped.pooledDeviation(), 1e-15);
    }
  }

  /** When all differences are 1 or -1 the signs are fair coins; 20 of them are counted, 21 drawn. */
  @Test
  void manyPairsAreDrawn() {
    Permutations counted = SeedComparison.of(ones(1, 13, 20), ones(1, 0, 20), 1).permutations();
    assertTrue(counted.exact());
    assertEquals(2 / (double) (1 << 13), counted.p(), 1e-15);
    Permutations drawn = SeedComparison.of(signs(14, 21), ones(1, 0, 21), 1).permutations();
    assertFalse(drawn.exact());
    assertEquals(Randomisation.ROUNDS, drawn.exchanges());
    assertEquals(new McNemar(14, 7).p(), drawn.p(), 0.02);
  }

  /** When all scores are 0 or 1, the ones on a side are hypergeometric: eight of twelve against four of twelve are drawn, eight of eleven against four counted. */
  @Test
  void manySplitsAreDrawn() {
    Permutations counted = SeedComparison.of(ones(1, 8, 11), ones(100, 4, 11), 1).permutations();
    assertTrue(counted.exact());
    assertEquals(705_432, counted.exchanges());
    double tail = HypergeometricDistribution.of(22, 12, 11).survivalProbability(7);
    assertEquals(2 * tail, counted.p(), 1e-12);
    Permutations drawn = SeedComparison.of(ones(1, 8, 12), ones(100, 4, 12), 1).permutations();
    assertFalse(drawn.exact());
    assertEquals(Randomisation.ROUNDS, drawn.exchanges());
    double wider = HypergeometricDistribution.of(24, 12, 12).survivalProbability(7);
    assertEquals(2 * wider, drawn.p(), 0.02);
  }

  /** n scores of which the first are 1 and the others 0. */
  private static SeedScores ones(long from, int ones, int n) {
    return scores(from, IntStream.range(0, n).mapToDouble(i -> i < ones ? 1 : 0).toArray());
  }

  /** n scores of which the first are 1 and the others -1. */
  private static SeedScores signs(int ones, int n) {
    return scores(1, IntStream.range(0, n).mapToDouble(i -> i < ones ? 1 : -1).toArray());
  }

  @Test
  void aSideNeedsTwoScores() {
    assertThrows(
        IllegalArgumentException.class, () -> SeedComparison.of(scores(1, 1), scores(1, 1, 2), 1));
  }
}
