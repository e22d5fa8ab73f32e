package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.GradientCheck;
import dev.sluice.testing.Seeds;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The loss is its definition over the list of all paths, the gradient its central differences. */
class ChainGradientTest {
  private static final double EXACT = 1e-11;

  /** A chain with class weights, smoothing and gold labels of which some may be unknown, and what is under test makes of it. */
  private static final class Case {
    final ReferenceChain c;
    final double[] classWeights;
    final double smoothing;
    final int[] gold;
    final double[][] dEmit, dTrans, dStart, dStop;
    final double loss;

    Case(ReferenceChain c, double[] classWeights, double smoothing, int[] gold) {
      this.c = c;
      this.classWeights = classWeights;
      this.smoothing = smoothing;
      this.gold = gold;
      ChainGradient gradient = new ChainGradient(c.chain(), classWeights, smoothing);
      float[] emit = new float[c.T * c.rowDistance()];
      double[] trans = new double[c.L * c.L], start = new double[c.L], stop = new double[c.L];
      double scale = 0x1p-3; // times 2^-3 and 2^3 changes no digit
      loss = gradient.gradient(gold, scale, emit, c.rows(), trans, start, stop);
      assertEquals(loss, gradient.loss(gold), 0.0);
      dEmit = new double[c.T][c.L];
      for (int t = 0; t < c.T; t++) {
        int row = c.rows()[t];
        Arrays.setAll(dEmit[t], j -> emit[row + j] / scale);
      }
      dTrans = new double[c.L][];
      for (int i = 0; i < c.L; i++) dTrans[i] = Arrays.copyOfRange(trans, i * c.L, (i + 1) * c.L);
      dStart = new double[][] {start};
      dStop = new double[][] {stop};
      for (double[][] d : List.of(dTrans, dStart, dStop)) {
        for (double[] row : d) Arrays.setAll(row, j -> row[j] / scale);
      }
    }

    static Case random(SplittableRandom random, boolean weights, boolean smooth, boolean gaps) {
      ReferenceChain c = ReferenceChain.tiny(random);
      c.temperature = random.nextBoolean() ? 1 : 1.5;
      double[] w = new double[c.L];
      Arrays.setAll(w, j -> !weights ? 1 : random.nextInt(5) == 0 ? 0 : 3 * random.nextDouble());
      int[] gold = c.gold.clone();
      if (gaps) Arrays.setAll(gold, t -> random.nextInt(3) == 0 ? gold[t] : -1);
      return new Case(c, w, smooth ? random.nextDouble() * 0.5 : 0, gold);
    }

    double expected() {
      return c.loss(gold, classWeights, smoothing);
    }

    double worst(SplittableRandom random) {
      double worst = 0;
      double[][][] w = {c.trans, c.start, c.stop, c.emit};
      double[][][] d = {dTrans, dStart, dStop, dEmit};
      for (int k = 0; k < w.length; k++)
        worst = Math.max(worst, GradientCheck.worst(this::expected, w[k], d[k], 50, random));
      return worst;
    }

    @Override
    public String toString() {
      return c
          + ", weights "
          + Arrays.toString(classWeights)
          + ", smoothing "
          + smoothing
          + ", known "
          + Arrays.toString(gold);
    }
  }

  private static Case next(SplittableRandom random, int n) {
    return Case.random(random, (n & 1) > 0, (n & 2) > 0, (n & 4) > 0);
  }

  @RepeatedTest(100)
  void theLossIsItsDefinitionOverEveryPath() {
    SplittableRandom random = Seeds.next();
    for (int n = 0; n < 8; n++) {
      Case k = next(random, n);
      assertEquals(k.expected(), k.loss, EXACT * (1 + k.loss), k::toString);
    }
  }

  /** Also with class weights, with smoothing, and with labels that are not known. */
  @RepeatedTest(30)
  void theGradientIsThatOfCentralDifferences() {
    SplittableRandom random = Seeds.next();
    for (int n = 0; n < 8; n++) {
      Case k = next(random, n);
      double worst = k.worst(random);
      assertTrue(worst < GradientCheck.TOLERANCE, () -> worst + ": " + k);
    }
  }

  @Test
  void aSlightlyWrongGradientIsNoticed() {
    SplittableRandom random = Seeds.of(311);
    int noticed = 0;
    for (int n = 0; n < 8; n++) {
      Case k = next(random, n);
      for (double[][] d : List.of(k.dTrans, k.dStart, k.dStop, k.dEmit)) {
        double[] row = d[d.length / 2];
        if (Math.abs(row[0]) < 1e-2) continue;
        row[0] *= 1.001;
        assertTrue(k.worst(random) > 100 * GradientCheck.TOLERANCE, k::toString);
        row[0] /= 1.001;
        noticed++;
      }
    }
    assertTrue(noticed > 5, noticed + " were large enough");
  }

  @RepeatedTest(50)
  void withoutWeightsAndSmoothingTheLossIsMinusTheLogProbability() {
    ReferenceChain c = ReferenceChain.tiny(Seeds.next());
    Chain chain = c.chain();
    assertEquals(
        -chain.logProbability(c.gold), new ChainGradient(chain, null, 0).loss(c.gold), EXACT);
  }

  @RepeatedTest(50)
  void withUnknownLabelsTheLossIsThatOfTheKnownOnes() {
    SplittableRandom random = Seeds.next();
    Case k = Case.random(random, false, false, true);
    double p =
        k.c.probability(
            path -> IntStream.range(0, k.c.T).allMatch(t -> k.gold[t] < 0 || k.gold[t] == path[t]));
    assertEquals(-Math.log(p), k.loss, EXACT * (1 + k.loss), k::toString);
  }

  /** Softmax: each token has its own loss -w·Σ q·log p and the gradient w·(p - q). */
  @Test
  void withoutTransitionsAndMovesTheLossIsSmoothedWeightedCrossEntropy() {
    ReferenceChain c = ReferenceChain.random(Seeds.of(312), Moves.free(4), 6, 2);
    double[] w = {1, 2, 0.5, 3};
    Chain chain = new Chain(c.moves);
    c.read(chain);
    float[] d = new float[c.T * c.rowDistance()];
    double found =
        new ChainGradient(chain, w, 0.2).gradient(c.gold, 1, d, c.rows(), null, null, null);
    double loss = 0;
    for (int t = 0; t < c.T; t++) {
      double logZ = ReferenceChain.logSum(c.emit[t]);
      for (int j = 0; j < c.L; j++) {
        double q = (j == c.gold[t] ? 0.8 : 0) + 0.2 / 4, log = c.emit[t][j] - logZ;
        loss -= w[c.gold[t]] * q * log;
        assertEquals(w[c.gold[t]] * (Math.exp(log) - q), d[c.rows()[t] + j], 1e-6);
      }
    }
    assertEquals(loss, found, EXACT);
  }

  /** Every term is a cross entropy, so that no direction leads down for ever. */
  @RepeatedTest(50)
  void theSmoothedLossIsNeverNegative() {
    SplittableRandom random = Seeds.next();
    ReferenceChain c = ReferenceChain.tiny(random);
    for (double[] row : c.trans) Arrays.setAll(row, j -> row[j] * 30);
    for (double[] row : c.emit) Arrays.setAll(row, j -> row[j] * 30);
    assertTrue(new ChainGradient(c.chain(), null, 0.4).loss(c.gold) >= 0, c::toString);
  }

  /** In both domains the gradient of the plain loss is expected less gold counts. */
  @Test
  void largeChainsExpectWhatTheTextbookExpects() {
    SplittableRandom random = Seeds.of(313);
    for (double scale : new double[] {1, 5, 300}) {
      for (int T : new int[] {1, 2, 5, 33, 66}) { // around the blocks of the sums
        ReferenceChain c = ReferenceChain.random(random, Moves.free(11), T, scale);
        double[] ones = new double[c.L];
        Arrays.fill(ones, 1);
        Case k = new Case(c, ones, 0, c.gold);
        double[][] n = c.transitions(), p = c.marginals();
        for (int t = 1; t < T; t++) n[c.gold[t - 1]][c.gold[t]]--;
        for (int t = 0; t < T; t++) p[t][c.gold[t]]--;
        double tolerance = 1e-13 * scale * T + EXACT;
        for (int i = 0; i < c.L; i++) assertArrayEquals(n[i], k.dTrans[i], tolerance, c::toString);
        for (int t = 0; t < T; t++) assertArrayEquals(p[t], k.dEmit[t], 1e-7, c::toString);
        assertArrayEquals(p[0], k.dStart[0], tolerance, c::toString);
        assertArrayEquals(p[T - 1], k.dStop[0], tolerance, c::toString);
        assertEquals(c.logPartition() - c.score(c.gold), k.loss, tolerance * T, c::toString);
      }
    }
  }

  @Test
  void accumulatorsAreAddedTo() {
    ReferenceChain c = ReferenceChain.random(Seeds.of(314), Moves.free(3), 4, 1);
    ChainGradient gradient = new ChainGradient(c.chain(), null, 0.1);
    float[] d = new float[c.T * c.rowDistance()];
    double[][] once = {new double[9], new double[3], new double[3]};
    double[][] twice = {new double[9], new double[3], new double[3]};
    gradient.gradient(c.gold, 1, d, c.rows(), once[0], once[1], once[2]);
    for (int n = 0; n < 2; n++)
      gradient.gradient(c.gold, 0.5, d, c.rows(), twice[0], twice[1], twice[2]);
    for (int k = 0; k < 3; k++) assertArrayEquals(once[k], twice[k], 1e-15);
  }

  @Test
  void aForbiddenGoldPathHasAnInfiniteLossAndTeachesNothing() {
    ReferenceChain c =
        ReferenceChain.random(
            Seeds.of(315), Moves.of(TagScheme.BIO, List.of("O", "B-x", "I-x")), 3, 1);
    for (int[] gold : new int[][] {{0, 2, 0}, {2, -1, -1}, {0, 2, -1}})
      teachesNothing(c, gold, Double.POSITIVE_INFINITY);
    c.emit[1][2] = Double.NaN;
    teachesNothing(c, new int[] {0, 0, 0}, Double.NaN);
  }

  @Test
  void aSentenceWithoutKnownLabelsHasNoLoss() {
    teachesNothing(
        ReferenceChain.random(Seeds.of(316), Moves.free(3), 3, 1), new int[] {-1, -1, -1}, 0);
  }

  private static void teachesNothing(ReferenceChain c, int[] gold, double loss) {
    float[] d = new float[c.T * c.rowDistance()];
    Arrays.fill(d, 99);
    double[] trans = new double[9], border = new double[3];
    ChainGradient gradient = new ChainGradient(c.chain(), null, 0.1);
    assertEquals(loss, gradient.gradient(gold, 1, d, c.rows(), trans, border, border));
    for (int row : c.rows()) assertArrayEquals(new float[3], Arrays.copyOfRange(d, row, row + 3));
    assertArrayEquals(new double[9], trans);
    assertArrayEquals(new double[3], border);
  }

  @Test
  void impossibleSettingsAreRefused() {
    Chain chain = new Chain(Moves.free(2));
    for (double bad : new double[] {-0.1, 1, Double.NaN})
      assertThrows(IllegalArgumentException.class, () -> new ChainGradient(chain, null, bad));
    for (double bad : new double[] {-1, Double.NaN, 1 / 0.0}) {
      double[] weights = {1, bad};
      assertThrows(IllegalArgumentException.class, () -> new ChainGradient(chain, weights, 0));
    }
  }

  /** Loading, reading, gradient with all extras, decoding and marginals, in both domains. */
  @Test
  void aSentenceTakesNoMemoryAfterTheFirst() {
    SplittableRandom random = Seeds.of(317);
    for (double scale : new double[] {2, 1000}) {
      ReferenceChain c = ReferenceChain.random(random, Moves.free(6), 12, scale);
      int[] gold = c.gold.clone(), rows = IntStream.range(0, c.T).map(t -> t * c.L).toArray();
      float[] d = new float[c.T * c.L], emit = Seeds.floats(random, c.T * c.L, scale);
      float[] weights = Seeds.floats(random, c.L * (c.L + 2), scale);
      double[] trans = new double[c.L * c.L], start = new double[c.L], stop = new double[c.L];
      int[] path = new int[c.T];
      Chain chain = new Chain(c.moves);
      ChainGradient gradient = new ChainGradient(chain, new double[] {1, 2, 1, 1, 1, 1}, 0.1);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = 0;
      for (int n = 0; n < 40; n++) {
        if (n == 20) before = threads.getCurrentThreadAllocatedBytes();
        chain.load(weights, 0, c.L, weights, c.L * c.L, weights, c.L * (c.L + 1), 1);
        chain.read(emit, rows, n % 2 == 0 ? c.T : 5);
        gold[3] = n % 4 < 2 ? -1 : c.gold[3];
        gradient.gradient(gold, 1, d, rows, trans, start, stop);
        chain.best(path);
        chain.marginal(2, 1);
        chain.entropy();
      }
      long each = (threads.getCurrentThreadAllocatedBytes() - before) / 20;
      assertTrue(each < 16, each + " bytes per sentence, where the smallest object takes 16");
    }
  }
}
