package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On tiny chains every path can be listed; on large ones the recursions of a textbook, in logarithms, must agree. */
class ChainTest {
  private static final double EXACT = 1e-11;

  private static int[] best(Chain chain) {
    int[] path = new int[chain.length()];
    chain.best(path);
    return path;
  }

  @RepeatedTest(200)
  void logPartitionIsTheSumOverEveryPath() {
    ReferenceChain c = ReferenceChain.tiny(Seeds.next());
    assertEquals(c.logWeight(path -> true), c.chain().logPartition(), EXACT, c::toString);
  }

  @RepeatedTest(100)
  void scoresAndProbabilitiesOfPathsAreThoseOfTheList() {
    ReferenceChain c = ReferenceChain.tiny(Seeds.next());
    c.temperature = 1.7;
    Chain chain = c.chain();
    double sum = 0;
    for (int[] path : c.everyPath()) {
      assertEquals(c.score(path), chain.score(path), EXACT, c::toString);
      double log = c.score(path) - c.logWeight(p -> true);
      assertEquals(log, chain.logProbability(path), EXACT, c::toString);
      sum += Math.exp(chain.logProbability(path));
    }
    assertEquals(1, sum, EXACT, c::toString);
  }

  @Test
  void aForbiddenPathHasProbabilityZero() {
    Chain chain = new Chain(Moves.of(TagScheme.BIO, List.of("O", "B-x", "I-x")));
    chain.read(new float[6], new int[] {0, 3}, 2);
    assertEquals(Math.log(5), chain.logPartition(), EXACT); // nine less the four with a stray I
    for (int[] stray : new int[][] {{0, 2}, {2, 0}, {2, 1}, {2, 2}}) {
      assertEquals(Double.NEGATIVE_INFINITY, chain.score(stray));
      assertEquals(Double.NEGATIVE_INFINITY, chain.logProbability(stray));
    }
    assertEquals(-Math.log(5), chain.logProbability(new int[] {1, 2}), EXACT);
    assertEquals(0, chain.marginal(0, 2));
  }

  @RepeatedTest(100)
  void marginalsSumOverThePathsThroughALabel() {
    ReferenceChain c = ReferenceChain.tiny(Seeds.next());
    Chain chain = c.chain();
    for (int t = 0; t < c.T; t++) {
      double sum = 0;
      for (int j = 0; j < c.L; j++) {
        int token = t, label = j;
        double p = c.probability(path -> path[token] == label);
        assertEquals(p, chain.marginal(t, j), EXACT, c::toString);
        sum += chain.marginal(t, j);
      }
      assertEquals(1, sum, EXACT, c::toString);
    }
  }

  @RepeatedTest(100)
  void entropyIsThatOfTheListOfPaths() {
    ReferenceChain c = ReferenceChain.tiny(Seeds.next());
    double logZ = c.logWeight(path -> true), entropy = 0;
    for (int[] path : c.everyPath())
      entropy -= Math.exp(c.score(path) - logZ) * (c.score(path) - logZ);
    assertEquals(entropy, c.chain().entropy(), EXACT, c::toString);
  }

  @RepeatedTest(100)
  void theBestPathIsTheBestOfTheList() {
    SplittableRandom random = Seeds.next();
    ReferenceChain c = ReferenceChain.tiny(random);
    assertArrayEquals(bestOfTheList(c), best(c.chain()), c::toString);
    for (double[][] m : List.of(c.emit, c.trans, c.start, c.stop)) { // many equal scores
      for (double[] row : m) Arrays.setAll(row, j -> random.nextInt(2));
    }
    assertArrayEquals(bestOfTheList(c), best(c.chain()), () -> "first of equals, " + c);
  }

  /** The first one of equals, since paths are listed in the order of their labels. */
  private static int[] bestOfTheList(ReferenceChain c) {
    int[] best = null;
    for (int[] path : c.everyPath()) {
      if (best == null || c.score(path) > c.score(best)) best = path;
    }
    return best;
  }

  @RepeatedTest(100)
  void withoutWeightsMovesCostNothing() {
    SplittableRandom random = Seeds.next();
    ReferenceChain c = ReferenceChain.tiny(random);
    for (double[][] m : List.of(c.trans, c.start, c.stop)) {
      for (double[] row : m) Arrays.fill(row, 0);
    }
    boolean ties = random.nextBoolean();
    for (double[] row : c.emit) Arrays.setAll(row, j -> ties ? random.nextInt(2) : row[j]);
    Chain with = c.chain(), without = new Chain(c.moves);
    c.read(without);
    assertArrayEquals(bestOfTheList(c), best(without), c::toString);
    assertEquals(with.logPartition(), without.logPartition(), EXACT, c::toString);
    assertEquals(with.entropy(), without.entropy(), EXACT, c::toString);
    for (int t = 0; t < c.T; t++) {
      for (int j = 0; j < c.L; j++)
        assertEquals(with.marginal(t, j), without.marginal(t, j), EXACT, c::toString);
    }
  }

  @Test
  void plainLabelsWithoutWeightsAreSoftmax() {
    SplittableRandom random = Seeds.of(301);
    ReferenceChain c = ReferenceChain.random(random, Moves.free(7), 9, 3);
    Chain chain = new Chain(c.moves);
    c.read(chain);
    double logZ = 0, entropy = 0;
    int[] argmax = new int[c.T];
    for (int t = 0; t < c.T; t++) {
      double log = ReferenceChain.logSum(c.emit[t]);
      logZ += log;
      for (int j = 0; j < c.L; j++) {
        double p = Math.exp(c.emit[t][j] - log);
        assertEquals(p, chain.marginal(t, j), EXACT);
        entropy -= p * Math.log(p);
        if (c.emit[t][j] > c.emit[t][argmax[t]]) argmax[t] = j;
      }
    }
    assertEquals(logZ, chain.logPartition(), EXACT);
    assertEquals(entropy, chain.entropy(), EXACT);
    assertArrayEquals(argmax, best(chain));
    assertArrayEquals(argmax, chain.best(1).get(0).labels());
  }

  /** A stream of tokens rests on it: not even rounding depends on the sentence around. */
  @RepeatedTest(20)
  void whereNothingIsWeighedOrForbiddenATokenHasTheMarginalsThatItHasAlone() {
    ReferenceChain c = ReferenceChain.random(Seeds.next(), Moves.free(5), 40, 4);
    Chain all = new Chain(c.moves), alone = new Chain(c.moves);
    all.loadNone(1.3);
    alone.loadNone(1.3);
    c.read(all);
    for (int t = 0; t < c.T; t++) {
      float[] row = new float[c.L];
      for (int j = 0; j < c.L; j++) row[j] = (float) c.emit[t][j];
      alone.read(row, new int[] {0}, 1);
      for (int j = 0; j < c.L; j++) assertEquals(alone.marginal(0, j), all.marginal(t, j));
    }
  }

  @RepeatedTest(100)
  void theBestPathsAreTheSortedList() {
    SplittableRandom random = Seeds.next();
    ReferenceChain c = ReferenceChain.tiny(random);
    c.temperature = random.nextBoolean() ? 1 : 0.6;
    List<int[]> expected = c.everyPath();
    expected.sort(Comparator.comparingDouble(path -> -c.score(path)));
    Chain chain = c.chain();
    List<LabelPath> found = chain.best(1000);
    assertEquals(expected.size(), found.size(), c::toString);
    double sum = 0;
    for (int n = 0; n < found.size(); n++) {
      assertArrayEquals(expected.get(n), found.get(n).labels(), c::toString);
      double log = found.get(n).logProbability();
      assertEquals(chain.logProbability(expected.get(n)), log, EXACT, c::toString);
      sum += Math.exp(log);
    }
    assertEquals(1, sum, EXACT, c::toString);
    int few = 1 + random.nextInt(found.size());
    List<LabelPath> firstOnes = chain.best(few);
    assertEquals(few, firstOnes.size());
    for (int n = 0; n < few; n++)
      assertArrayEquals(expected.get(n), firstOnes.get(n).labels(), c::toString);
  }

  @Test
  void equalPathsAreEachFoundOnce() {
    Chain chain = new Chain(Moves.free(3));
    chain.read(new float[9], new int[] {0, 3, 6}, 3);
    List<LabelPath> found = chain.best(100);
    Set<List<Integer>> different = new HashSet<>();
    for (LabelPath path : found) {
      different.add(Arrays.stream(path.labels()).boxed().toList());
      assertEquals(-3 * Math.log(3), path.logProbability(), EXACT);
    }
    assertEquals(27, found.size());
    assertEquals(27, different.size());
    assertArrayEquals(new int[3], found.get(0).labels());
  }

  @Test
  void manyBestPathsOfALargeChainAreInOrderAndDifferent() {
    ReferenceChain c = ReferenceChain.random(Seeds.of(302), Moves.free(40), 30, 1);
    Chain chain = c.chain();
    List<LabelPath> found = chain.best(500);
    Set<List<Integer>> different = new HashSet<>();
    double before = 0;
    for (LabelPath path : found) {
      assertTrue(path.logProbability() <= before + EXACT);
      before = path.logProbability();
      assertEquals(chain.logProbability(path.labels()), before, 1e-9);
      different.add(Arrays.stream(path.labels()).boxed().toList());
    }
    assertEquals(500, different.size());
    assertArrayEquals(best(chain), found.get(0).labels());
  }

  @RepeatedTest(20)
  void temperatureKeepsTheOrderAndFlattens() {
    ReferenceChain c = ReferenceChain.tiny(Seeds.next());
    if (c.everyPath().size() < 2) return;
    int[] coldBest = best(c.chain());
    double certainty = Double.POSITIVE_INFINITY, entropy = -1;
    for (double temperature : new double[] {0.3, 1, 2.5, 40}) {
      c.temperature = temperature;
      Chain chain = c.chain();
      assertArrayEquals(coldBest, best(chain), c::toString);
      assertTrue(chain.logProbability(coldBest) < certainty, c::toString);
      assertTrue(chain.entropy() > entropy, c::toString);
      certainty = chain.logProbability(coldBest);
      entropy = chain.entropy();
      assertEquals(c.logWeight(path -> true), chain.logPartition(), EXACT, c::toString);
    }
  }

  /** Under the moves of a scheme, emissions that push against them by thousands, and transitions that do. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 100, 700, 2000, 30_000})
  void extremeScoresAreAsExactAsOthers(double scale) {
    SplittableRandom random = Seeds.of(303 + (long) scale);
    for (int n = 0; n < 30; n++) {
      TagScheme scheme = n % 2 == 0 ? TagScheme.BIOES : TagScheme.BIO;
      Moves moves = Moves.of(scheme, MovesTest.labels(scheme));
      ReferenceChain c = ReferenceChain.random(random, moves, 1 + random.nextInt(12), scale);
      if (n % 3 == 0) Arrays.fill(c.emit[c.T / 2], (float) scale);
      if (n % 5 == 0) c.emit[c.T / 2][n % moves.labels()] = (float) -scale;
      agrees(c, 1e-15 * scale * c.T * 20);
    }
  }

  /** Both domains, where both can be used, and the textbook. */
  private static void agrees(ReferenceChain c, double tolerance) {
    Chain chain = c.chain();
    tolerance = Math.max(EXACT, tolerance);
    assertEquals(c.logPartition(), chain.logPartition(), tolerance, c::toString);
    double[][] p = c.marginals(), n = c.transitions();
    double[] counts = new double[c.L * c.L], row = new double[c.T * c.L];
    for (int t = 0; t < c.T; t++) {
      for (int j = 0; j < c.L; j++) {
        row[t * c.L + j] = chain.marginal(t, j);
        assertEquals(p[t][j], chain.marginal(t, j), tolerance, c::toString);
      }
    }
    chain.suffixes().transitions(row, 1, counts);
    for (int k = 0; k < counts.length; k++)
      assertEquals(n[k / c.L][k % c.L], counts[k], tolerance * c.T, c::toString);
    assertTrue(chain.entropy() >= 0 && chain.entropy() < c.T * Math.log(c.L) + EXACT);
    assertEquals(
        c.score(c.gold) - c.logPartition(), chain.logProbability(c.gold), tolerance, c::toString);
  }

  @Test
  void theLogarithmicDomainTakesOverWhereItMustAndOnlyThere() {
    Moves moves = Moves.of(TagScheme.BIO, List.of("O", "B-x", "I-x"));
    ReferenceChain c = ReferenceChain.random(Seeds.of(304), moves, 5, 3);
    assertTrue(c.chain().suffixes() instanceof ScaledSuffixes);
    c.trans[1][2] = c.trans[1][1] = c.trans[1][0] = -2000; // nothing goes on from B easily
    assertTrue(c.chain().suffixes() instanceof LogSuffixes);
    agrees(c, EXACT);
    c.emit[2][1] = 5000; // and yet it must
    agrees(c, 1e-10);
    assertEquals(1, c.chain().marginal(2, 1), EXACT);
  }

  @RepeatedTest(50)
  void bothDomainsAgree() {
    SplittableRandom random = Seeds.next();
    Moves moves = Moves.of(TagScheme.BMES, MovesTest.labels(TagScheme.BMES));
    ReferenceChain c = ReferenceChain.random(random, moves, 1 + random.nextInt(50), 4);
    Chain chain = c.chain();
    assertTrue(chain.suffixes() instanceof ScaledSuffixes);
    LogSuffixes log = new LogSuffixes(chain.weights());
    log.compute(chain.emissions(), c.T, null);
    assertEquals(log.logPartition(), chain.logPartition(), EXACT * c.T, c::toString);
    for (int t = 0; t < c.T; t++) {
      for (int j = 0; j < c.L; j++) {
        assertEquals(log.alive(t, j), chain.suffixes().alive(t, j), c::toString);
        if (!log.alive(t, j)) continue;
        assertEquals(log.logBeta(t, j), chain.suffixes().logBeta(t, j), EXACT * c.T, c::toString);
        for (int k = 0; k < c.L && t + 1 < c.T; k++)
          assertEquals(log.conditional(t + 1, j, k), chain.conditional(t + 1, j, k), EXACT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 20, 3000})
  void longSentencesWithManyLabelsStayFinite(double scale) {
    int tokens = scale > 1000 ? 50 : 2000; // in logarithms every move costs an exponential
    ReferenceChain c = ReferenceChain.random(Seeds.of(305), Moves.free(120), tokens, scale);
    Chain chain = c.chain();
    assertTrue(Double.isFinite(chain.logPartition()));
    double sum = 0;
    for (int j = 0; j < c.L; j++) sum += chain.marginal(tokens - 1, j);
    assertEquals(1, sum, 1e-9);
    int[] path = best(chain);
    assertTrue(chain.score(path) <= chain.logPartition());
    assertTrue(chain.logProbability(path) <= 0);
    assertTrue(chain.entropy() >= 0);
  }

  @Test
  void whatIsNoNumberGivesNoNumbersAndALegalPath() {
    Moves moves = Moves.of(TagScheme.BIOES, MovesTest.labels(TagScheme.BIOES));
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      ReferenceChain c = ReferenceChain.random(Seeds.of(306), moves, 4, 1);
      c.emit[2][1] = bad;
      nothingButALegalPath(c.chain());
      c.emit[2][1] = 0;
      c.start[0][0] = bad;
      Chain chain = c.chain();
      nothingButALegalPath(chain);
      c.start[0][0] = 0;
      c.load(chain);
      c.read(chain);
      assertEquals(c.logPartition(), chain.logPartition(), EXACT);
    }
  }

  private static void nothingButALegalPath(Chain chain) {
    assertTrue(Double.isNaN(chain.logPartition()));
    assertTrue(Double.isNaN(chain.entropy()));
    assertTrue(Double.isNaN(chain.marginal(0, 0)));
    assertTrue(Double.isNaN(chain.score(new int[4])));
    assertTrue(Double.isNaN(chain.logProbability(new int[4])));
    assertTrue(chain.moves().legal(best(chain), 4));
    List<LabelPath> paths = chain.best(3);
    assertEquals(3, paths.size());
    assertTrue(Double.isNaN(paths.get(0).logProbability()));
  }

  @Test
  void oneChainServesManySentencesOfAnyLength() {
    SplittableRandom random = Seeds.of(307);
    Chain chain = new Chain(Moves.free(3));
    for (int T : new int[] {1, 7, 2, 40, 3, 1}) {
      ReferenceChain c = ReferenceChain.random(random, Moves.free(3), T, 2);
      c.load(chain);
      c.read(chain);
      assertEquals(c.logPartition(), chain.logPartition(), EXACT * T);
      assertEquals(c.marginals()[T - 1][2], chain.marginal(T - 1, 2), EXACT);
      assertEquals(T, chain.length());
    }
  }

  @Test
  void newWeightsForgetTheSentence() {
    Chain chain = new Chain(Moves.free(2));
    chain.read(new float[2], new int[1], 1);
    assertEquals(Math.log(2), chain.logPartition(), EXACT);
    chain.loadNone(1);
    assertEquals(0, chain.length());
    assertTrue(Double.isNaN(chain.logPartition()));
    assertThrows(IllegalStateException.class, () -> chain.best(new int[1]));
    assertThrows(IllegalStateException.class, () -> chain.best(1));
  }

  @Test
  void impossibleArgumentsAreRefused() {
    Chain chain = new Chain(Moves.free(2));
    for (double temperature : new double[] {0, -1, Double.NaN, 1 / 0.0})
      assertThrows(IllegalArgumentException.class, () -> chain.loadNone(temperature));
    assertThrows(IllegalArgumentException.class, () -> chain.read(new float[2], new int[1], 0));
    chain.read(new float[2], new int[1], 1);
    assertThrows(IllegalArgumentException.class, () -> chain.marginal(1, 0));
    assertFalse(Double.isNaN(chain.marginal(0, 0)));
  }
}
