package dev.sluice.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.statistics.Examples.Pair;
import dev.sluice.metric.Counts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 0.95, 1, 2);

  /** All 5⁵ resamples of five units: the worked example. */
  @Test
  void theExactIntervalsAreAsWorkedOut() {
    long[] sums = everyResample();
    long[] alone = new long[sums.length / 2];
    for (int i = 0; i < sums.length / 6; i++) System.arraycopy(sums, 6 * i, alone, 3 * i, 3);
    Interval a = new Resamples(alone, 3, 0.95).interval(Measure.F1).orElseThrow();
    assertEquals(0.705882, a.low(), 5e-7);
    assertEquals(0.96, a.high(), 5e-7);
    assertEquals(0, a.undefined());
    Difference difference = worked(sums).difference(Measure.F1).orElseThrow();
    assertEquals(0.857142857, difference.first(), 5e-10);
    assertEquals(0.631578947, difference.second(), 5e-10);
    assertEquals(0.225563910, difference.delta(), 5e-10);
    assertEquals(0.080882, difference.interval().orElseThrow().low(), 5e-7);
    assertEquals(0.323636, difference.interval().orElseThrow().high(), 5e-7);
    assertEquals(0, difference.bootstrapP());
  }

  /** Each of the 3,125 resamples has probability 1/3,125; drawn ones must have the same distribution of (TP, FP) of both systems. */
  @Test
  void drawnResamplesHaveTheDistributionOfAllOfThem() {
    PairedUnits units = Examples.paired(Examples.A, Examples.B);
    double[] all = worked(everyResample()).deltas(Measure.F1);
    double[] drawn = new Bootstrap(100_000, 0.95, 3, 2).resample(units).deltas(Measure.F1);
    double[] distinct = Arrays.stream(all).sorted().distinct().toArray();
    double[] expected = shares(all, distinct);
    double[] found = shares(drawn, distinct);
    long[] counts = Arrays.stream(found).mapToLong(x -> Math.round(x * drawn.length)).toArray();
    assertEquals(drawn.length, Arrays.stream(counts).sum());
    assertTrue(ChiSquare.p(counts, x -> expected[x]) > 1e-3);
  }

  private static double[] shares(double[] values, double[] distinct) {
    double[] shares = new double[distinct.length];
    for (double value : values) shares[Arrays.binarySearch(distinct, value)] += 1.0 / values.length;
    return shares;
  }

  private static PairedResamples worked(long[] sums) {
    return new PairedResamples(new long[] {9, 2, 1}, new long[] {6, 3, 4}, sums, 0.95);
  }

  private static long[] everyResample() {
    long[] sums = new long[3125 * 6];
    for (int r = 0; r < 3125; r++) {
      for (int i = 0, digits = r; i < 5; i++, digits /= 5) {
        long[] a = Units.tuple(Examples.A[digits % 5]);
        long[] b = Units.tuple(Examples.B[digits % 5]);
        for (int j = 0; j < 3; j++) {
          sums[6 * r + j] += a[j];
          sums[6 * r + 3 + j] += b[j];
        }
      }
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void threadsChangeNothing(int threads) {
    PairedUnits units = Examples.paired(Examples.sentences(Examples.random(1), 300, 0.8, 0.7));
    long seed = 5;
    assertArrayEquals(
        new Bootstrap(500, 0.95, seed, 1).resample(units).deltas(Measure.F1),
        new Bootstrap(500, 0.95, seed, threads).resample(units).deltas(Measure.F1));
    assertArrayEquals(
        new Bootstrap(500, 0.95, seed, 1).resample(units.first()).scores(Measure.F1),
        new Bootstrap(500, 0.95, seed, threads).resample(units.first()).scores(Measure.F1));
  }

  @Test
  void theOrderOfAddingChangesNothing() {
    SplittableRandom random = Examples.random(2);
    List<Pair> pairs = Examples.sentences(random, 200, 0.8, 0.7);
    double[] deltas = BOOTSTRAP.resample(Examples.paired(pairs)).deltas(Measure.F1);
    for (int i = 0; i < 5; i++) {
      List<Pair> shuffled = Examples.shuffled(pairs, random);
      assertArrayEquals(deltas, BOOTSTRAP.resample(Examples.paired(shuffled)).deltas(Measure.F1));
      PairedUnits merged = Examples.paired(shuffled.subList(100, 200));
      merged.merge(Examples.paired(shuffled.subList(0, 100)));
      assertArrayEquals(deltas, BOOTSTRAP.resample(merged).deltas(Measure.F1));
    }
  }

  @Test
  void resamplesAreAsLargeAsTheData() {
    Units units = Units.of(2);
    for (int i = 0; i < 1000; i++) units.add(1, i % 10);
    for (double n : BOOTSTRAP.resample(units).scores(sums -> OptionalDouble.of(sums[0])))
      assertEquals(1000, n);
  }

  @Test
  void anotherSeedGivesOtherResamples() {
    Units units = Examples.units(Examples.A);
    double[] one = new Bootstrap(100, 0.95, 1, 1).resample(units).scores(Measure.F1);
    double[] other = new Bootstrap(100, 0.95, 2, 1).resample(units).scores(Measure.F1);
    assertFalse(Arrays.equals(one, other));
  }

  @Test
  void identicalSystemsDoNotDiffer() {
    List<Pair> pairs = Examples.sentences(Examples.random(3), 200, 0.8, 0.7);
    PairedUnits same = PairedUnits.ofSpans();
    for (Pair pair : pairs) same.add(pair.first(), pair.first());
    Difference difference = BOOTSTRAP.resample(same).difference(Measure.F1).orElseThrow();
    assertEquals(0, difference.delta());
    assertEquals(Optional.of(new Interval(0, 0, 0.95, 0)), difference.interval());
    assertEquals(1, difference.bootstrapP());
  }

  /** The resamples are not the same ones, so the ends of the interval agree as far as chance lets them. */
  @Test
  void exchangingTheSystemsNegatesTheDifference() {
    PairedUnits units = Examples.paired(Examples.sentences(Examples.random(4), 400, 0.8, 0.75));
    Bootstrap many = new Bootstrap(10_000, 0.95, 1, 2);
    Difference one = many.resample(units).difference(Measure.F1).orElseThrow();
    Difference other = many.resample(units.swapped()).difference(Measure.F1).orElseThrow();
    assertEquals(-one.delta(), other.delta());
    Interval straight = one.interval().orElseThrow();
    Interval mirrored = other.interval().orElseThrow();
    double width = straight.high() - straight.low();
    assertEquals(-straight.low(), mirrored.high(), 0.05 * width);
    assertEquals(-straight.high(), mirrored.low(), 0.05 * width);
    assertEquals(one.bootstrapP(), other.bootstrapP(), 0.01);
  }

  @Test
  void intervalsHoldTheScore() {
    for (int i = 0; i < 30; i++) {
      PairedUnits units =
          Examples.paired(Examples.sentences(Examples.random(100 + i), 50 + 10 * i, 0.85, 0.7));
      for (Measure measure : List.of(Measure.F1, Measure.PRECISION, Measure.RECALL)) {
        double score = units.first().score(measure).getAsDouble();
        Interval alone = BOOTSTRAP.resample(units.first()).interval(measure).orElseThrow();
        assertTrue(alone.low() < score && score < alone.high(), alone + " without " + score);
        Difference both = BOOTSTRAP.resample(units).difference(measure).orElseThrow();
        Interval interval = both.interval().orElseThrow();
        assertTrue(
            interval.low() < both.delta() && both.delta() < interval.high(),
            interval + " without " + both.delta());
      }
    }
  }

  /** Of accuracy over n units the deviation is √(p·(1-p)/n), and the interval about 1.96 of that on either side. */
  @Test
  void theIntervalOfAnAccuracyIsAsWideAsTheory() {
    Units units = Units.ofCases();
    for (int i = 0; i < 10_000; i++) units.add(i % 5 == 0 ? 0 : 1, 1);
    Interval interval = Bootstrap.of(1, 2).resample(units).interval(Measure.ACCURACY).orElseThrow();
    double half = 1.96 * Math.sqrt(0.8 * 0.2 / 10_000);
    assertEquals(0.8 - half, interval.low(), 0.05 * half);
    assertEquals(0.8 + half, interval.high(), 0.05 * half);
  }

  /** One of two units has a prediction: a quarter of the resamples are without. */
  @Test
  void resamplesWithoutAScoreAreCounted() {
    Units units = Examples.units(new Counts(1, 0, 0), new Counts(0, 0, 1));
    Interval interval = BOOTSTRAP.resample(units).interval(Measure.PRECISION).orElseThrow();
    assertEquals(500, interval.undefined(), 100);
    assertEquals(1, interval.low());
    Units never = Examples.units(new Counts(0, 0, 1));
    assertEquals(Optional.empty(), BOOTSTRAP.resample(never).interval(Measure.PRECISION));
    assertEquals(Optional.empty(), BOOTSTRAP.resample(Units.ofSpans()).interval(Measure.F1));
  }

  @Test
  void resamplesWithoutADifferenceCountAsBeyondIt() {
    PairedUnits units = PairedUnits.ofSpans();
    units.add(new Counts(1, 0, 0), new Counts(0, 1, 1));
    units.add(new Counts(0, 0, 1), new Counts(0, 0, 1));
    Difference difference = BOOTSTRAP.resample(units).difference(Measure.PRECISION).orElseThrow();
    int undefined = difference.interval().orElseThrow().undefined();
    assertEquals(500, undefined, 100);
    assertEquals(undefined / 2000.0, difference.bootstrapP());
    PairedUnits never = PairedUnits.ofSpans();
    never.add(new Counts(0, 0, 1), new Counts(1, 0, 0));
    assertEquals(Optional.empty(), BOOTSTRAP.resample(never).difference(Measure.PRECISION));
  }

  /** If the first system is better in one of many units only, the difference is more than doubled whenever that unit is drawn three times: 8 % of the resamples. */
  @Test
  void theBootstrapPCountsWhatGoesBeyondTwiceTheDifference() {
    PairedUnits units = PairedUnits.ofCases();
    units.add(new long[] {1, 1}, new long[] {0, 1});
    for (int i = 0; i < 999; i++) units.add(new long[] {1, 1}, new long[] {1, 1});
    Bootstrap many = new Bootstrap(20_000, 0.95, 1, 2);
    double p = many.resample(units).difference(Measure.ACCURACY).orElseThrow().bootstrapP();
    assertEquals(1 - 2.5 / Math.E, p, 0.01);
    double mirrored =
        many.resample(units.swapped()).difference(Measure.ACCURACY).orElseThrow().bootstrapP();
    assertEquals(1 - 2.5 / Math.E, mirrored, 0.01);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0, 0.95, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(1, 95, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(1, 0.95, 1, 0));
  }
}
