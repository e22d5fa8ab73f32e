package dev.sluice.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Workers;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Parameters;
import dev.sluice.network.Workspace;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every optimizer: rows, limits, threads, states, and gradients that are no numbers. */
class OptimizerTest {
  private static final double RATE = 0.05;
  private static final int[] LENGTHS = {9, 8, 7, 7, 6, 5, 5, 1, 1};
  private static final List<OptimizerConfig> ALL =
      List.of(
          new OptimizerConfig.Sgd(RATE, 0),
          new OptimizerConfig.Sgd(RATE, 0.9),
          new OptimizerConfig.AdaGrad(RATE, 1e-10),
          new OptimizerConfig.RmsProp(RATE, 0.99, 1e-8),
          new OptimizerConfig.Adam(RATE, 0.9, 0.999, 1e-8),
          new OptimizerConfig.AdamW(RATE, 0.9, 0.999, 1e-8, 0.1),
          new OptimizerConfig.Nadam(RATE, 0.9, 0.999, 1e-8));

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  /** Sentences in which every input shows every word of the vocabulary. */
  private static List<Example> everyWord(SplittableRandom random, NetworkShape shape) {
    List<Example> examples = Gallery.examples(random, shape, LENGTHS);
    for (int[] ids : examples.get(0).inputs()) Arrays.setAll(ids, t -> t % Gallery.WORDS);
    return examples;
  }

  @Test
  void rowsAreUpdatedAsADenseMatrixWouldBeWhenEveryRowIsTouched() {
    SplittableRandom random = Seeds.of(401);
    NetworkShape shape = Shards.small();
    for (OptimizerConfig config : ALL) {
      Shards shards = new Shards(shape, config, HandMadeGradient.NO_LIMIT);
      for (int table = 0; table < shards.network.parameters().tables().size(); table++) {
        float[] w = shards.network.parameters().tables().get(table).values();
        float[] dense = w.clone(), m = new float[w.length], v = new float[w.length];
        Rule rule = Rule.of(config);
        Shards fresh = new Shards(shape, config, HandMadeGradient.NO_LIMIT);
        for (int t = 1; t <= 4; t++) {
          fresh.gradients(everyWord(random, shape));
          rule.begin(t, RATE);
          rule.update(dense, fresh.tableGradient(table), m, v, 0, w.length, 0, 1f);
          fresh.step(RATE, workers);
          float[] rows = fresh.network.parameters().tables().get(table).values();
          assertArrayEquals(dense, rows, () -> config + ", " + Seeds.describe());
        }
        assertFalse(Arrays.equals(w, dense));
      }
    }
  }

  /** More rows than a thread takes at a time. */
  @Test
  void eachOfManyRowsIsUpdatedOnceByItsOwnGradient() {
    int words = 200;
    NetworkShape shape =
        NetworkShape.tagger(
            List.of(new Input.Table("word", words, 3)),
            new NetworkShape.Encoder(new CellConfig.Gru(), List.of(2), false),
            Gallery.LABELS);
    for (int many : new int[] {1, 63, 64, 65, 128, 200}) {
      Shards shards = new Shards(shape, new OptimizerConfig.Sgd(1, 0), HandMadeGradient.NO_LIMIT);
      int[] ids = Seeds.of(409).ints(0, words).distinct().limit(many).toArray();
      Example all = Example.labelled(0, new int[][] {ids}, new int[many]);
      float[] w = shards.network.parameters().tables().get(0).values(), expected = w.clone();
      shards.gradients(List.of(all, all, all));
      float[] g = shards.tableGradient(0);
      for (int i = 0; i < g.length; i++) expected[i] -= g[i];
      shards.step(1, workers);
      assertArrayEquals(expected, w, many + " rows, " + Seeds.describe());
    }
  }

  /** Neither momentum nor weight decay moves a word that a batch does not contain. */
  @Test
  void rowsThatABatchDoesNotTouchStayAsTheyAre() {
    SplittableRandom random = Seeds.of(402);
    NetworkShape shape = Shards.small();
    int absent = 4;
    for (OptimizerConfig config : ALL) {
      Shards shards = new Shards(shape, config, HandMadeGradient.NO_LIMIT);
      List<Example> all = everyWord(random, shape);
      shards.gradients(all);
      shards.step(RATE, workers);
      List<float[]> before = shards.weights();
      for (Example e : all)
        for (int[] ids : e.inputs()) Arrays.setAll(ids, t -> ids[t] == absent ? 2 : ids[t]);
      for (int t = 0; t < 3; t++) {
        shards.gradients(all);
        shards.step(RATE, workers);
      }
      for (int n = 0; n < before.size() - 1; n++) {
        Parameters.Table table = shards.network.parameters().tables().get(n);
        int ld = table.block().ld();
        for (int row = 0; row < Gallery.WORDS; row++) {
          float[] then = Arrays.copyOfRange(before.get(n + 1), row * ld, (row + 1) * ld);
          float[] now = Arrays.copyOfRange(table.values(), row * ld, (row + 1) * ld);
          assertEquals(row == absent, Arrays.equals(then, now), config + " row " + row);
        }
      }
    }
  }

  private static ClipConfig clip(Double norm, Double value) {
    return new ClipConfig(Optional.ofNullable(norm), Optional.ofNullable(value));
  }

  /** One plain step of rate 1 with gradient (3, -0.5, 4): the weights end at minus the limited gradient. */
  private void limits(ClipConfig clip, double norm, long count, double... gradient) {
    HandMadeGradient one = new HandMadeGradient(new OptimizerConfig.Sgd(1, 0), clip, workers);
    int at = one.at("tokens.weight");
    for (int step = 1; step <= 2; step++) {
      Arrays.fill(one.dense(), 0f);
      System.arraycopy(new float[] {3, -0.5f, 4}, 0, one.ws.gradient(), at, 3);
      assertEquals(norm, one.step(1), 1e-6);
      for (int i = 0; i < 3; i++) assertEquals(-gradient[i], one.dense()[at + i], 1e-6);
      assertEquals(step * count, one.optimizer.clipped());
    }
  }

  @Test
  void gradientsAreLimitedByValueThenByNormAndItIsCounted() {
    double norm = Math.sqrt(9 + 0.25 + 16);
    limits(clip(null, null), norm, 0, 3, -0.5, 4);
    limits(clip(10.0, null), norm, 0, 3, -0.5, 4);
    limits(clip(1.0, null), norm, 1, 3 / norm, -0.5 / norm, 4 / norm);
    limits(clip(null, 5.0), norm, 0, 3, -0.5, 4);
    double limited = Math.sqrt(4 + 0.25 + 4);
    limits(clip(null, 2.0), limited, 1, 2, -0.5, 2);
    limits(clip(1.0, 2.0), limited, 1, 2 / limited, -0.5 / limited, 2 / limited);
  }

  /** Words have their share in the norm, and are scaled down with the rest. */
  @Test
  void theNormCoversTheRowsOfTables() {
    SplittableRandom random = Seeds.of(403);
    NetworkShape shape = Shards.small();
    List<Example> batch = everyWord(random, shape);
    Shards free = new Shards(shape, new OptimizerConfig.Sgd(1, 0), clip(null, null));
    List<float[]> start = free.weights();
    free.gradients(batch);
    double norm = free.step(1, workers);
    assertEquals(norm, distance(start, free.weights()), 1e-5 * norm);

    Shards limited = new Shards(shape, new OptimizerConfig.Sgd(1, 0), clip(norm / 4, null));
    limited.gradients(batch);
    assertEquals(norm, limited.step(1, workers));
    assertEquals(norm / 4, distance(start, limited.weights()), 1e-5 * norm);
  }

  private static double distance(List<float[]> a, List<float[]> b) {
    double sum = 0;
    for (int n = 0; n < a.size(); n++)
      for (int i = 0; i < a.get(n).length; i++)
        sum += Math.pow((double) a.get(n)[i] - b.get(n)[i], 2);
    return Math.sqrt(sum);
  }

  @Test
  void oneTwoAndFourThreadsGiveTheSameBits() {
    NetworkShape shape = // several chunks of dense weights
        NetworkShape.tagger(
            List.of(
                new Input.Table("word", Gallery.WORDS, 33),
                new Input.OneHot("shape", Gallery.WORDS)),
            new NetworkShape.Encoder(new CellConfig.Gru(), List.of(50), true),
            Gallery.LABELS);
    for (OptimizerConfig config : ALL) {
      List<float[]> expected = null;
      for (int threads : new int[] {1, 2, 4}) {
        SplittableRandom random = Seeds.of(404);
        Shards shards = new Shards(shape, config, clip(0.5, 0.3));
        try (Workers team = new Workers(threads)) {
          for (int t = 0; t < 2; t++) {
            shards.gradients(Gallery.examples(random, shape, 5, 4, 1));
            shards.step(RATE, team);
          }
        }
        assertTrue(shards.optimizer.clipped() > 0);
        if (expected == null) expected = shards.weights();
        assertTrue(Shards.same(expected, shards.weights()), config + " on " + threads);
      }
    }
  }

  @Test
  void aGradientThatIsNoNumberChangesNothing() {
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      for (ClipConfig clip : List.of(clip(null, null), clip(1.0, null), clip(null, 1.0))) {
        unchanged(clip, s -> s.workspaces.get(1).gradient()[5] = bad);
        unchanged(clip, s -> badEmbedding(s, bad));
      }
    }
  }

  /** Lets a value that is no number flow back into the rows of the tables. */
  private static void badEmbedding(Shards s, float bad) {
    Workspace ws = s.workspaces.get(1);
    s.network.forward(ws, Dropping.NONE);
    ws.tokens().gradient()[0] = bad;
    s.network.backward(ws, Dropping.NONE);
    Arrays.fill(ws.gradient(), 0f);
  }

  private void unchanged(ClipConfig clip, Consumer<Shards> damage) {
    SplittableRandom random = Seeds.of(405);
    for (OptimizerConfig config : ALL.subList(5, 7)) { // those with most to spoil
      Shards shards = new Shards(Shards.small(), config, clip);
      shards.gradients(everyWord(random, Shards.small()));
      shards.step(RATE, workers);
      List<float[]> weights = shards.weights();
      List<float[]> moments =
          shards.optimizer.state().moments().stream().map(float[]::clone).toList();
      long clipped = shards.optimizer.clipped();

      shards.gradients(everyWord(random, Shards.small()));
      damage.accept(shards);
      assertFalse(Double.isFinite(shards.step(RATE, workers)), config.toString());
      assertTrue(Shards.same(weights, shards.weights()), config.toString());
      assertTrue(Shards.same(moments, shards.optimizer.state().moments()), config.toString());
      assertEquals(1, shards.optimizer.steps());
      assertEquals(clipped, shards.optimizer.clipped());
    }
  }

  @Test
  void whatAStepSpoilsIsReportedInRowsMomentsAndMeans() {
    SplittableRandom random = Seeds.of(407);
    for (OptimizerConfig config : ALL) {
      for (AverageConfig average : List.of(new AverageConfig.None(), new AverageConfig.Ema(0.9))) {
        Shards shards = new Shards(Shards.small(), config, HandMadeGradient.NO_LIMIT, average);
        train(shards, everyWord(random, Shards.small()));
        assertTrue(shards.optimizer.finite(), config.toString());
        spoil(shards, shards.network.parameters().tables().get(0).values(), random);
        List<float[]> moments = shards.optimizer.state().moments();
        for (int i = 0; i < moments.size(); i++) {
          if (moments.get(i).length == 0) continue;
          shards = new Shards(Shards.small(), config, HandMadeGradient.NO_LIMIT, average);
          spoil(shards, shards.optimizer.state().moments().get(i), random);
        }
        for (int i = 0; i < average(shards).size(); i++) {
          shards = new Shards(Shards.small(), config, HandMadeGradient.NO_LIMIT, average);
          spoil(shards, average(shards).get(i), random);
        }
      }
    }
  }

  private static List<float[]> average(Shards shards) {
    return shards.average.weights();
  }

  /** Puts an infinite number where a step with a finite gradient will go on from it. */
  private void spoil(Shards shards, float[] where, SplittableRandom random) {
    List<Example> batch = everyWord(random, Shards.small());
    shards.gradients(batch);
    where[0] = Float.POSITIVE_INFINITY;
    assertTrue(Double.isFinite(shards.step(RATE, workers)));
    assertFalse(shards.optimizer.finite());
  }

  @Test
  void theRowsThatStepsHaveChangedAreCopiedAndNoOthers() {
    SplittableRandom random = Seeds.of(408);
    NetworkShape shape = Shards.small();
    Shards shards = new Shards(shape, ALL.get(0), HandMadeGradient.NO_LIMIT);
    List<float[]> kept = shards.weights();
    for (int[] read : new int[][] {{3}, {1, 2}, {2, 6}, {4, 5}}) {
      List<Example> batch = Gallery.examples(random, shape, LENGTHS);
      for (Example e : batch)
        for (int[] ids : e.inputs()) Arrays.setAll(ids, t -> read[t % read.length]);
      train(shards, batch);
      List<Parameters.Table> tables = shards.network.parameters().tables();
      for (int n = 0; n < tables.size(); n++) {
        float[] marks = new float[tables.get(n).values().length], copied = marks.clone();
        Arrays.fill(marks, 1);
        shards.optimizer.changed().copy(n, marks, copied);
        int ld = tables.get(n).block().ld();
        for (int row = 0; row < Gallery.WORDS; row++) {
          int wanted = row;
          boolean expected = Arrays.stream(read).anyMatch(r -> r == wanted);
          for (int i = row * ld; i < (row + 1) * ld; i++)
            assertEquals(expected ? 1 : 0, copied[i], "row " + row);
        }
        shards.optimizer.changed().copy(n, tables.get(n).values(), kept.get(n + 1));
        assertArrayEquals(tables.get(n).values(), kept.get(n + 1));
      }
      shards.optimizer.changed().clear();
    }
  }

  @Test
  void aRestoredOptimizerGoesOnWithTheSameBits() {
    for (OptimizerConfig config : ALL) {
      SplittableRandom random = Seeds.of(406);
      Shards first = new Shards(Shards.small(), config, clip(1.0, null));
      for (int t = 0; t < 3; t++) train(first, everyWord(random, Shards.small()));
      Optimizer.State state = first.optimizer.state();
      Shards second = new Shards(Shards.small(), config, clip(1.0, null));
      copy(first, second);
      second.optimizer.restore(state);

      List<Example> next = everyWord(random, Shards.small());
      train(first, next);
      train(second, next);
      assertTrue(Shards.same(first.weights(), second.weights()), config.toString());
      assertEquals(first.optimizer.steps(), second.optimizer.steps());
      assertEquals(first.optimizer.clipped(), second.optimizer.clipped());
      assertNotEquals(0, second.optimizer.clipped());
    }
  }

  private void train(Shards shards, List<Example> batch) {
    shards.gradients(batch);
    shards.step(RATE, workers);
  }

  private static void copy(Shards from, Shards to) {
    List<float[]> weights = from.weights();
    Parameters p = to.network.parameters();
    System.arraycopy(weights.get(0), 0, p.dense(), 0, p.dense().length);
    for (int n = 0; n < p.tables().size(); n++) {
      float[] values = p.tables().get(n).values();
      System.arraycopy(weights.get(n + 1), 0, values, 0, values.length);
    }
  }
}
