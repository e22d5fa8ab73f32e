package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.statistics.Examples.Pair;
import dev.sluice.metric.Counts;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomisationTest {
  private static final Randomisation RANDOMISATION = Randomisation.of(1, 2);

  /** 8 of 32 exchanges, which is 2 of the 8 of the three units that differ. */
  @Test
  void theWorkedExampleIsExact() {
    Permutations test = test(Examples.paired(Examples.A, Examples.B));
    assertEquals(0.225563910, test.delta(), 5e-10);
    assertEquals(0.25, test.p());
    assertEquals(new Permutations(test.delta(), 2, 0, 8, true), test);
  }

  /** Every exchange has the observed difference 1/15 or a larger one. */
  @Test
  void theDegenerateExampleHasPOne() {
    Counts[] a = {
      new Counts(2, 0, 0), new Counts(1, 1, 1), new Counts(0, 1, 1), new Counts(1, 0, 0)
    };
    Counts[] b = {
      new Counts(1, 1, 1), new Counts(1, 0, 1), new Counts(0, 0, 1), new Counts(1, 0, 0)
    };
    Permutations test = test(Examples.paired(a, b));
    assertEquals(2.0 / 3 - 0.6, test.delta(), 1e-15);
    assertEquals(1.0, test.p());
    assertTrue(test.exact());
  }

  /** 10/12 - 4/9 and the difference 7/18 of another exchange are equal, but not as doubles. */
  @Test
  void roundingPartsNoTies() {
    Counts[] a = {new Counts(3, 2, 0), new Counts(1, 0, 0), new Counts(1, 0, 0)};
    Counts[] b = {new Counts(2, 0, 1), new Counts(0, 2, 1), new Counts(0, 0, 1)};
    Permutations test = test(Examples.paired(a, b));
    assertEquals(7.0 / 18, test.delta(), 1e-15);
    assertEquals(0.5, test.p());
  }

  @Test
  void countingEqualUnitsTogetherIsCountingEveryExchange() {
    for (int i = 0; i < 100; i++) {
      SplittableRandom random = Examples.random(200 + i);
      List<Pair> pairs = Examples.sentences(random, 1 + random.nextInt(10), 0.7, 0.6);
      PairedUnits units = Examples.paired(pairs);
      if (units.first().score(Measure.F1).isEmpty() || units.second().score(Measure.F1).isEmpty())
        continue;
      Permutations test = test(units);
      long exchanges = 1L << pairs.size();
      double p = (double) extreme(pairs, test.delta()) / exchanges;
      assertEquals(p, test.p(), 1e-12, pairs::toString);
      assertEquals(1L << units.differing(), test.exchanges());
    }
  }

  private static long extreme(List<Pair> pairs, double delta) {
    long extreme = 0;
    for (int exchange = 0; exchange < 1 << pairs.size(); exchange++) {
      Counts one = Counts.NONE;
      Counts other = Counts.NONE;
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        boolean turned = (exchange >> i & 1) == 1;
        one = one.plus(turned ? pair.second() : pair.first());
        other = other.plus(turned ? pair.first() : pair.second());
      }
      double difference = one.f1().orElse(Double.NaN) - other.f1().orElse(Double.NaN);
      if (!(Math.abs(difference) < Math.abs(delta) - 1e-12)) extreme++;
    }
    return extreme;
  }

  @Test
  void sixteenDifferingUnitsAreCountedAndSeventeenDrawn() {
    Permutations counted = test(differing(16));
    assertTrue(counted.exact());
    assertEquals(1 << 16, counted.exchanges());
    assertEquals(2.0 / (1 << 16), counted.p());
    Permutations drawn = test(differing(17));
    assertFalse(drawn.exact());
    assertEquals(10_000, drawn.exchanges());
    assertEquals((drawn.extreme() + 1) / 10_001.0, drawn.p());
    assertTrue(drawn.extreme() <= 5, "2 of 131,072 exchanges are as large");
  }

  private static PairedUnits differing(int n) {
    PairedUnits units = PairedUnits.ofCases();
    for (int i = 0; i < n; i++) units.add(new long[] {1 + i, 20}, new long[] {0, 20});
    return units;
  }

  /** With accuracies of units of one case the test is one of coins: 12 of 20 discordant units are on the first side. */
  @Test
  void drawnExchangesHaveTheBinomialP() {
    PairedUnits units = PairedUnits.ofCases();
    for (int i = 0; i < 20; i++) {
      long right = i < 12 ? 1 : 0;
      units.add(new long[] {right, 1}, new long[] {1 - right, 1});
    }
    Randomisation many = new Randomisation(100_000, 1, 2);
    double p = many.test(units, Measure.ACCURACY).orElseThrow().p();
    assertEquals(new McNemar(12, 8).p(), p, 0.005);
  }

  @Test
  void neitherOrderNorThreadsChangeAnything() {
    SplittableRandom random = Examples.random(5);
    List<Pair> pairs = Examples.sentences(random, 300, 0.8, 0.77);
    Permutations test = test(Examples.paired(pairs));
    assertFalse(test.exact());
    for (int threads = 1; threads < 5; threads++) {
      PairedUnits shuffled = Examples.paired(Examples.shuffled(pairs, random));
      assertEquals(Optional.of(test), Randomisation.of(1, threads).test(shuffled, Measure.F1));
    }
  }

  @Test
  void exchangingTheSystemsNegatesTheDifferenceAndKeepsP() {
    for (int n : new int[] {8, 300}) {
      PairedUnits units = Examples.paired(Examples.sentences(Examples.random(n), n, 0.8, 0.77));
      Permutations test = test(units);
      Permutations swapped = test(units.swapped());
      assertEquals(-test.delta(), swapped.delta());
      assertEquals(test.extreme(), swapped.extreme());
      assertEquals(test.p(), swapped.p());
    }
  }

  @Test
  void identicalSystemsHavePOne() {
    PairedUnits same = Examples.paired(Examples.A, Examples.A);
    assertEquals(new Permutations(0, 1, 0, 1, true), test(same));
    List<Pair> pairs = Examples.sentences(Examples.random(6), 100, 0.8, 0.6);
    PairedUnits balanced = Examples.paired(pairs);
    balanced.merge(balanced.swapped());
    assertEquals(1, test(balanced).p());
  }

  /** Only one system predicts anything in the first unit, and only the other one in the second: two of four exchanges leave a system without predictions. */
  @Test
  void exchangesWithoutAScoreCountAsExtreme() {
    PairedUnits units = PairedUnits.ofSpans();
    units.add(new Counts(2, 0, 0), new Counts(0, 0, 2));
    units.add(new Counts(0, 0, 1), new Counts(0, 1, 1));
    Permutations test = RANDOMISATION.test(units, Measure.PRECISION).orElseThrow();
    assertEquals(new Permutations(1, 4, 2, 4, true), test);
  }

  @Test
  void withoutAnObservedScoreThereIsNoTest() {
    PairedUnits units = PairedUnits.ofSpans();
    units.add(new Counts(1, 0, 0), new Counts(0, 0, 1));
    assertEquals(Optional.empty(), RANDOMISATION.test(units, Measure.PRECISION));
    assertThrows(IllegalArgumentException.class, () -> new Randomisation(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Randomisation(1, 1, 0));
  }

  private static Permutations test(PairedUnits units) {
    Measure measure = units.width() == 2 ? Measure.ACCURACY : Measure.F1;
    return RANDOMISATION.test(units, measure).orElseThrow();
  }
}
