package dev.sluice.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Workers;
import dev.sluice.network.CellConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Parameters;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Means of weights over time, against their formulas and against what the weights really were. */
class WeightAverageTest {
  private static final double RATE = 0.05;
  private static final OptimizerConfig ADAM = new OptimizerConfig.Adam(RATE, 0.9, 0.999, 1e-8);

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  /** Three plain steps from 0.5 to 0.46, 0.47 and 0.445, whose averages are expected. */
  private void follows(double decay, double... expected) {
    float[] g = {0.4f, -0.1f, 0.25f};
    HandMadeGradient one =
        new HandMadeGradient(
            new OptimizerConfig.Sgd(0.1, 0),
            HandMadeGradient.NO_LIMIT,
            new AverageConfig.Ema(decay),
            workers);
    int at = one.at("tokens.weight");
    one.dense()[at] = 0.5f;
    one.average.begin();
    for (int t = 1; t <= 3; t++) {
      one.ws.gradient()[at] = g[t - 1];
      one.step(0.1);
      float trained = one.dense()[at];
      assertTrue(one.average.putIn(t));
      assertEquals(expected[t - 1], one.dense()[at], 1e-7, "after step " + t);
      assertTrue(one.average.takeOut());
      assertEquals(trained, one.dense()[at]);
    }
  }

  @Test
  void theMovingAverageFollowsThreeStepsAsWorkedOutByHand() {
    // it keeps 2/11, then 3/12, then 4/13
    double a1 = (2 * 0.5 + 9 * 0.46) / 11;
    double a2 = (3 * a1 + 9 * 0.47) / 12;
    double a3 = (4 * a2 + 9 * 0.445) / 13;
    follows(0.999, a1, a2, a3);
    // no more than a fifth
    double b2 = 0.2 * a1 + 0.8 * 0.47;
    follows(0.2, a1, b2, 0.2 * b2 + 0.8 * 0.445);
  }

  /** Words come and go, so that rows stand alone for one step, for several, for all. */
  private static List<Example> someWords(SplittableRandom random, NetworkShape shape, int step) {
    return Gallery.examples(
        random, shape, step % 7 == 0 ? new int[] {9, 8, 5} : new int[] {1, 1, 1});
  }

  @Test
  void rowsThatWereLeftAloneHaveTheAverageOfTheDenseRule() {
    for (OptimizerConfig config : List.of(ADAM, new OptimizerConfig.Sgd(RATE, 0.9))) {
      for (double decay : new double[] {0.3, 0.9, 0.999}) {
        SplittableRandom random = Seeds.of(411);
        Shards shards =
            new Shards(
                Shards.small(), config, HandMadeGradient.NO_LIMIT, new AverageConfig.Ema(decay));
        List<double[]> expected = new ArrayList<>();
        for (float[] w : shards.weights()) {
          double[] a = new double[w.length];
          for (int i = 0; i < a.length; i++) a[i] = w[i];
          expected.add(a);
        }
        for (int t = 1; t <= 60; t++) {
          shards.gradients(someWords(random, Shards.small(), t));
          shards.step(RATE, workers);
          double kept = Math.min(decay, (1.0 + t) / (10 + t));
          List<float[]> weights = shards.weights();
          for (int n = 0; n < weights.size(); n++)
            for (int i = 0; i < weights.get(n).length; i++)
              expected.get(n)[i] = kept * expected.get(n)[i] + (1 - kept) * weights.get(n)[i];
          if (t % 20 != 0) continue;
          shards.average.putIn(t / 20);
          List<float[]> averages = shards.weights();
          for (int n = 0; n < averages.size(); n++)
            for (int i = 0; i < averages.get(n).length; i++)
              close(expected.get(n)[i], averages.get(n)[i]);
          shards.average.takeOut();
          assertTrue(Shards.same(weights, shards.weights()), "the trained weights are back");
        }
      }
    }
  }

  /** Within float's rounding of a few steps. */
  private static void close(double expected, float found) {
    assertEquals(expected, found, 1e-6 * Math.max(1, Math.abs(expected)), Seeds::describe);
  }

  /** A row that no step has touched is equal to its average, to the last bit. */
  @Test
  void whatNeverChangesIsItsOwnAverage() {
    SplittableRandom random = Seeds.of(412);
    Shards shards =
        new Shards(Shards.small(), ADAM, HandMadeGradient.NO_LIMIT, new AverageConfig.Ema(0.99));
    List<float[]> start = shards.weights();
    for (int t = 0; t < 30; t++) {
      List<Example> batch = Gallery.examples(random, Shards.small(), 4, 2, 1);
      for (Example e : batch)
        for (int[] ids : e.inputs()) for (int i = 0; i < ids.length; i++) ids[i] = 1;
      shards.gradients(batch);
      shards.step(RATE, workers);
    }
    shards.average.putIn(1);
    List<float[]> averages = shards.weights();
    for (int n = 1; n < start.size(); n++) {
      int ld = shards.network.parameters().tables().get(n - 1).block().ld();
      for (int i = 0; i < start.get(n).length; i++)
        if (i / ld != 1) assertEquals(start.get(n)[i], averages.get(n)[i]);
    }
  }

  @Test
  void averagingChangesNothingOfTraining() {
    for (AverageConfig average : averages()) {
      SplittableRandom random = Seeds.of(413), same = Seeds.of(413);
      Shards with = new Shards(Shards.small(), ADAM, HandMadeGradient.NO_LIMIT, average);
      Shards without = new Shards(Shards.small(), ADAM, HandMadeGradient.NO_LIMIT);
      for (int t = 1; t <= 12; t++) {
        with.gradients(someWords(random, Shards.small(), t));
        with.step(RATE, workers);
        without.gradients(someWords(same, Shards.small(), t));
        without.step(RATE, workers);
        if (t % 3 != 0) continue;
        with.average.putIn(t / 3);
        assertTrue(t == 3 || !Shards.same(with.weights(), without.weights()));
        with.average.takeOut();
        assertTrue(Shards.same(with.weights(), without.weights()));
      }
      assertFalse(without.average.putIn(1) || without.average.takeOut());
    }
  }

  private static List<AverageConfig> averages() {
    return List.of(new AverageConfig.Ema(0.99), new AverageConfig.Checkpoints(3));
  }

  @Test
  void oneTwoAndFourThreadsGiveTheSameAverages() {
    NetworkShape shape = // several chunks of dense weights
        NetworkShape.tagger(
            List.of(
                new Input.Table("word", Gallery.WORDS, 33),
                new Input.OneHot("shape", Gallery.WORDS)),
            new NetworkShape.Encoder(new CellConfig.Gru(), List.of(50), true),
            Gallery.LABELS);
    for (AverageConfig average : averages()) {
      List<float[]> expected = null;
      for (int threads : new int[] {1, 2, 4}) {
        SplittableRandom random = Seeds.of(414);
        Shards shards = new Shards(shape, ADAM, HandMadeGradient.NO_LIMIT, average);
        try (Workers team = new Workers(threads)) {
          for (int t = 1; t <= 6; t++) {
            shards.gradients(Gallery.examples(random, shape, 5, 4, 1));
            shards.step(RATE, team);
            if (t % 2 != 0) continue;
            shards.average.putIn(t / 2);
            if (t < 6) shards.average.takeOut();
          }
        }
        if (expected == null) expected = shards.weights();
        assertTrue(Shards.same(expected, shards.weights()), threads + " threads");
      }
    }
  }

  @Test
  void theMeanOfCheckpointsIsThatOfTheLastEpochsOrOfAllWhileTheyAreFewer() {
    Shards shards =
        new Shards(
            Shards.small(), ADAM, HandMadeGradient.NO_LIMIT, new AverageConfig.Checkpoints(3));
    Parameters p = shards.network.parameters();
    float[] dense = p.dense(), table = p.tables().get(0).values();
    double[] ends = {1, 2, 6, 7, 0.5};
    double[] means = {1, 1.5, 3, 5, 4.5};
    for (int epoch = 1; epoch <= ends.length; epoch++) {
      dense[3] = (float) ends[epoch - 1];
      table[2] = -dense[3];
      assertTrue(shards.average.putIn(epoch));
      assertEquals(means[epoch - 1], dense[3]);
      assertEquals(-means[epoch - 1], table[2]);
      assertTrue(shards.average.takeOut());
      assertEquals(ends[epoch - 1], dense[3]);
      assertEquals(-ends[epoch - 1], table[2]);
    }
  }

  /** Saved between two epochs and in the middle of one. */
  @Test
  void anAverageWhoseArraysAreFilledAgainGoesOnAsBefore() {
    for (AverageConfig average : averages()) {
      for (int saved : new int[] {6, 8}) {
        SplittableRandom random = Seeds.of(415);
        Shards first = new Shards(Shards.small(), ADAM, HandMadeGradient.NO_LIMIT, average);
        Shards second = new Shards(Shards.small(), ADAM, HandMadeGradient.NO_LIMIT, average);
        for (int t = 1; t <= 12; t++) {
          List<Example> batch = someWords(random, Shards.small(), t);
          train(first, batch, t);
          if (t > saved) train(second, batch, t);
          if (t == saved) copy(first, second);
        }
        first.average.putIn(5);
        second.average.putIn(5);
        assertTrue(Shards.same(first.weights(), second.weights()), average + " at " + saved);
      }
    }
  }

  private void train(Shards shards, List<Example> batch, int t) {
    shards.gradients(batch);
    shards.step(RATE, workers);
    if (t % 3 != 0) return;
    shards.average.putIn(t / 3);
    shards.average.takeOut();
  }

  private static void copy(Shards from, Shards to) {
    Parameters a = from.network.parameters(), b = to.network.parameters();
    fill(List.of(a.dense()), List.of(b.dense()));
    fill(
        a.tables().stream().map(Parameters.Table::values).toList(),
        b.tables().stream().map(Parameters.Table::values).toList());
    to.optimizer.restore(from.optimizer.state());
    fill(from.average.weights(), to.average.weights());
    for (int i = 0; i < from.average.clocks().size(); i++) {
      double[] clock = from.average.clocks().get(i);
      System.arraycopy(clock, 0, to.average.clocks().get(i), 0, clock.length);
    }
  }

  private static void fill(List<float[]> from, List<float[]> to) {
    for (int i = 0; i < from.size(); i++)
      System.arraycopy(from.get(i), 0, to.get(i), 0, from.get(i).length);
  }
}
