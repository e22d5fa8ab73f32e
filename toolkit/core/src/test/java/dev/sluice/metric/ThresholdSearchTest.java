package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.metric.ThresholdSearch.Basis;
import dev.sluice.metric.ThresholdSearch.Choice;
import dev.sluice.metric.ThresholdSearch.Goal;
import dev.sluice.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Thresholds do on the examples what was asked for, and no threshold does it with more (precision) or fewer (recall) given. */
class ThresholdSearchTest {
  private static final double[] P = {.9, .8, .7, .6, .5};
  private static final boolean[] RIGHT = {true, false, true, true, false};

  private static ThresholdSearch search(Goal goal, double wanted, long least, int gold) {
    ThresholdSearch search = new ThresholdSearch(goal, wanted, least);
    for (int i = 0; i < P.length; i++) search.predicted("a", P[i], RIGHT[i]);
    for (int i = 0; i < gold; i++) search.gold("a");
    return search;
  }

  private static Choice only(ThresholdSearch search) {
    return search.choose(List.of("a")).get(0);
  }

  @Test
  void theSmallestThresholdThatReachesThePrecisionIsTaken() {
    Choice c = only(search(Goal.PRECISION, 0.75, 1, 4)); // 1/1 1/2 2/3 3/4 3/5
    assertEquals(new Choice("a", 0.6, Basis.OWN, 5, new Ratio(3, 4), new Ratio(3, 4)), c);
    assertEquals(0.9, only(search(Goal.PRECISION, 0.76, 1, 4)).threshold());
    assertEquals(0, only(search(Goal.PRECISION, 0.6, 1, 4)).threshold(), "all may be given");
  }

  @Test
  void theLargestThresholdThatKeepsTheRecallIsTaken() {
    Choice c = only(search(Goal.RECALL, 0.5, 1, 4));
    assertEquals(new Choice("a", 0.7, Basis.OWN, 4, new Ratio(2, 3), new Ratio(2, 4)), c);
    assertEquals(0.6, only(search(Goal.RECALL, 0.75, 1, 4)).threshold());
    Choice missed = only(search(Goal.RECALL, 0.8, 1, 4));
    assertEquals(Basis.MISSED, missed.basis());
    assertEquals(0, missed.threshold());
  }

  @Test
  void whereNoThresholdWillDoItIsTheOneWithTheHighestPrecision() {
    ThresholdSearch search = new ThresholdSearch(Goal.PRECISION, 0.9, 1);
    search.predicted("a", 0.9, false);
    search.predicted("a", 0.8, true);
    search.predicted("a", 0.7, true);
    search.predicted("a", 0.6, false);
    Choice c = only(search);
    assertEquals(Basis.MISSED, c.basis());
    assertEquals(0.7, c.threshold());
    assertEquals(new Ratio(2, 3), c.precision());
  }

  @Test
  void aLabelWithTooFewExamplesGetsTheThresholdOfAll() {
    ThresholdSearch search = search(Goal.PRECISION, 0.75, 5, 4);
    search.predicted("b", 0.3, false);
    List<Choice> choices = search.choose(List.of("a", "b", "never seen"));
    assertEquals(
        List.of(Basis.OWN, Basis.POOLED, Basis.POOLED),
        choices.stream().map(Choice::basis).toList());
    for (Choice c : choices) assertEquals(0.6, c.threshold());
    assertEquals(1, choices.get(1).examples());
    assertEquals(0, choices.get(2).examples());
  }

  @Test
  void withoutAnyExampleEverythingIsGiven() {
    assertEquals(0, only(new ThresholdSearch(Goal.PRECISION, 0.9, 1)).threshold());
    assertEquals(0, only(new ThresholdSearch(Goal.RECALL, 0.9, 1)).threshold());
    assertThrows(IllegalArgumentException.class, () -> new ThresholdSearch(Goal.RECALL, 0, 1));
  }

  /** Against every threshold in turn; few different confidences, so that many are equal. */
  @RepeatedTest(100)
  void noOtherThresholdIsBetter() {
    SplittableRandom random = Seeds.next();
    int n = 1 + random.nextInt(30), gold = 0;
    double wanted = (1 + random.nextInt(20)) / 20.0;
    Goal goal = random.nextBoolean() ? Goal.PRECISION : Goal.RECALL;
    ThresholdSearch search = new ThresholdSearch(goal, wanted, 1);
    double[] p = new double[n];
    boolean[] right = new boolean[n];
    for (int i = 0; i < n; i++) {
      p[i] = random.nextInt(9) / 8.0;
      right[i] = random.nextBoolean();
      search.predicted("a", p[i], right[i]);
      if (right[i] || random.nextInt(4) == 0) gold++;
    }
    gold = Math.max(1, gold);
    for (int i = 0; i < gold; i++) search.gold("a");
    double best = -1;
    for (int cell = 0; cell <= 8; cell++) {
      double t = cell / 8.0;
      int given = 0, hits = 0;
      boolean stands = cell == 0;
      for (int i = 0; i < n; i++) {
        if (p[i] >= t) given++;
        if (p[i] >= t && right[i]) hits++;
        stands |= p[i] == t;
      }
      boolean reached =
          given > 0
              && (goal == Goal.PRECISION
                  ? hits + 1e-9 >= wanted * given
                  : hits + 1e-9 >= wanted * gold);
      if (reached && stands && (goal == Goal.RECALL || best < 0)) best = t;
    }
    Choice c = only(search);
    if (best < 0) {
      assertEquals(Basis.MISSED, c.basis(), Seeds::describe);
      return;
    }
    assertEquals(Basis.OWN, c.basis(), Seeds::describe);
    int least = 9; // a threshold below all confidences gives the same as the lowest of them
    for (double x : p) least = Math.min(least, (int) (x * 8));
    double expected = goal == Goal.PRECISION && best * 8 <= least ? 0 : best;
    assertEquals(expected, c.threshold(), 1e-6, Seeds::describe);
    assertTrue(c.threshold() <= best);
  }
}
