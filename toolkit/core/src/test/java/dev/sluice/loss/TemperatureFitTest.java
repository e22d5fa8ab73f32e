package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.kernel.Workers;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The temperature from which labels were drawn is found again. */
class TemperatureFitTest {
  private static final Workers ONE = new Workers(1);

  private static float[][] scores(SplittableRandom random, int n, int L, double scale) {
    float[][] scores = new float[n][];
    for (int i = 0; i < n; i++) scores[i] = Seeds.floats(random, L, scale);
    return scores;
  }

  private static int draw(SplittableRandom random, double[] weights) {
    double sum = 0;
    for (double w : weights) sum += w;
    double at = random.nextDouble() * sum;
    for (int j = 0; j < weights.length; j++) if ((at -= weights[j]) < 0) return j;
    return weights.length - 1;
  }

  private static double[] exponentials(float[] x, double temperature) {
    double[] e = new double[x.length];
    for (int j = 0; j < e.length; j++) e[j] = Math.exp(x[j] / temperature);
    return e;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 2.5, 8})
  void ofOneLabelPerSentence(double temperature) {
    SplittableRandom random = Seeds.of(71);
    float[][] scores = scores(random, 4_000, 5, 3);
    int[][] gold = new int[scores.length][];
    for (int i = 0; i < gold.length; i++)
      gold[i] = new int[] {draw(random, exponentials(scores[i], temperature))};
    TemperatureFit fit = TemperatureFit.of(new LabelLikelihood(false, scores, gold), 3, ONE);
    assertEquals(temperature, fit.temperature(), 0.12 * temperature);
    assertTrue(fit.after() <= fit.before());
    assertEquals(4_000, fit.cases());
    assertEquals(3, fit.leftOut());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 2.5, 8})
  void ofSeveralLabelsPerSentence(double temperature) {
    SplittableRandom random = Seeds.of(72);
    float[][] scores = scores(random, 2_000, 4, 3);
    int[][] gold = new int[scores.length][];
    for (int i = 0; i < gold.length; i++) {
      float[] x = scores[i];
      gold[i] = new int[0];
      for (int j = 0; j < x.length; j++) {
        if (random.nextDouble() >= 1 / (1 + Math.exp(-x[j] / temperature))) continue;
        gold[i] = Arrays.copyOf(gold[i], gold[i].length + 1);
        gold[i][gold[i].length - 1] = j;
      }
    }
    TemperatureFit fit = TemperatureFit.of(new LabelLikelihood(true, scores, gold), 0, ONE);
    assertEquals(temperature, fit.temperature(), 0.12 * temperature);
  }

  private static Network network(SplittableRandom random, int L, boolean chain) {
    NetworkShape shape =
        new NetworkShape(
            List.of(new NetworkShape.Input.OneHot("word", 2)),
            new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(1), false),
            Optional.of(new NetworkShape.Tokens(L, chain)),
            Optional.empty());
    Network network = new Network(shape);
    float[] dense = network.parameters().dense();
    System.arraycopy(Seeds.floats(random, dense.length, 2), 0, dense, 0, dense.length);
    return network;
  }

  /** Label 1 may not follow label 0, as I does not follow O. */
  private static Moves moves() {
    boolean[] first = {true, false, true}, last = {true, true, true};
    boolean[][] next = {{true, false, true}, {true, true, true}, {true, true, true}};
    return new Moves(next, first, last);
  }

  @ParameterizedTest
  @CsvSource({"true, 0.4", "true, 2.5", "false, 0.4", "false, 2.5"})
  void ofSequencesOfAChainAndOfConstrainedSoftmax(boolean weighted, double temperature) {
    SplittableRandom random = Seeds.of(73);
    int L = 3, n = 800;
    Network network = network(random, L, weighted);
    float[][] emissions = new float[n][];
    int[][] gold = new int[n][];
    Chain chain = new Chain(moves());
    chain.load(network, temperature);
    int[] rows = {0, L, 2 * L, 3 * L, 4 * L, 5 * L};
    for (int i = 0; i < n; i++) {
      int T = 1 + random.nextInt(6);
      emissions[i] = Seeds.floats(random, T * L, 2);
      chain.read(emissions[i], rows, T);
      gold[i] = new int[T];
      for (int t = 0; t < T; t++) {
        double[] p = new double[L];
        for (int j = 0; j < L; j++) {
          boolean may =
              t == 0 ? chain.moves().mayBegin(j) : chain.moves().mayFollow(gold[i][t - 1], j);
          if (may) p[j] = chain.conditionalOf(t, t == 0 ? -1 : gold[i][t - 1], j);
        }
        gold[i][t] = draw(random, p);
      }
    }
    SequenceLikelihood likelihood = new SequenceLikelihood(network, moves(), emissions, gold);
    TemperatureFit fit = TemperatureFit.of(likelihood, 0, ONE);
    assertEquals(temperature, fit.temperature(), 0.12 * temperature);
    assertTrue(fit.after() < fit.before());
    try (Workers three = new Workers(3)) {
      assertEquals(fit, TemperatureFit.of(likelihood, 0, three));
    }
  }

  @Test
  void dataWithoutAMistakeSayNothing() {
    SplittableRandom random = Seeds.of(74);
    float[][] scores = scores(random, 50, 3, 1);
    int[][] gold = new int[scores.length][];
    for (int i = 0; i < gold.length; i++) {
      int best = 0;
      for (int j = 1; j < 3; j++) if (scores[i][j] > scores[i][best]) best = j;
      gold[i] = new int[] {best};
    }
    TemperatureFit fit = TemperatureFit.of(new LabelLikelihood(false, scores, gold), 0, ONE);
    assertEquals(1, fit.temperature());
    assertEquals(fit.before(), fit.after());
  }

  @Test
  void withoutCasesTheTemperatureIsOne() {
    for (Likelihood none :
        List.of(
            new LabelLikelihood(false, new float[0][], new int[0][]),
            new SequenceLikelihood(
                network(Seeds.of(75), 3, true), moves(), new float[0][], new int[0][]))) {
      TemperatureFit fit = TemperatureFit.of(none, 9, ONE);
      assertEquals(1, fit.temperature());
      assertEquals(0, fit.cases());
      assertEquals(9, fit.leftOut());
      assertTrue(Double.isNaN(fit.before()));
    }
  }

  @Test
  void whatIsWrongWithAllItsMightGivesTheHighestTemperature() {
    float[][] scores = {{100, 0}};
    int[][] gold = {{1}};
    TemperatureFit fit = TemperatureFit.of(new LabelLikelihood(false, scores, gold), 0, ONE);
    assertEquals(TemperatureFit.HIGHEST, fit.temperature(), 0.001);
    assertTrue(fit.temperature() <= TemperatureFit.HIGHEST);
  }

  @Test
  void farTooShyScoresGiveTheLowestTemperature() {
    float[][] scores = new float[100][];
    int[][] gold = new int[100][];
    for (int i = 0; i < 100; i++) {
      scores[i] = new float[] {0.01f, 0};
      gold[i] = new int[] {i == 0 ? 1 : 0};
    }
    TemperatureFit fit = TemperatureFit.of(new LabelLikelihood(false, scores, gold), 0, ONE);
    assertEquals(TemperatureFit.LOWEST, fit.temperature());
    assertEquals(1, fit.mistakes());
  }

  @Test
  void scoresThatExpCannotHoldAreFine() {
    float[][] scores = {{3e4f, -3e4f}, {3e4f, -3e4f}, {-3e4f, 3e4f}};
    int[][] gold = {{0}, {1}, {1}};
    for (boolean several : new boolean[] {false, true}) {
      Likelihood likelihood = new LabelLikelihood(several, scores, gold);
      assertTrue(Double.isFinite(likelihood.negative(0.05, ONE)));
      assertEquals(1, likelihood.mistakes());
    }
  }
}
