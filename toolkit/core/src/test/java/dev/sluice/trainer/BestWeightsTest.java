package dev.sluice.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.metric.Criterion;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.optimizer.AverageConfig;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.OptimizerConfig;
import dev.sluice.optimizer.ScheduleConfig;
import dev.sluice.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training leaves the weights of the best epoch, whichever words the epochs before and after it have read. */
class BestWeightsTest {
  private static final int WORDS = 12, LABELS = 3;

  /** Word of each epoch; later ones return to earlier words, and some words come once. */
  private static final int[] READ = {1, 2, 3, 2, 4, 1, 5, 3, 6};

  /** Scores on dev: rises, falls, and a rise after falls. */
  private static final double[] SCORES = {0.1, 0.5, 0.4, 0.3, 0.6, 0.7, 0.2, 0.8, 0.1};

  @TempDir Path temp;

  /** One sentence of one word per epoch. */
  private static final class WordByWord implements Curriculum {
    @Override
    public Example[][] epoch(long seed, int epoch) {
      int word = READ[epoch - 1];
      return new Example[][] {{Example.labelled(0, new int[][] {{word}}, word % LABELS)}};
    }

    @Override
    public float scale(Example[] batch) {
      return 1;
    }

    @Override
    public long losses(Example example) {
      return 1;
    }

    @Override
    public String noun() {
      return "words";
    }

    @Override
    public Location where(Example example) {
      return Location.of(source());
    }

    @Override
    public String source() {
      return "words";
    }
  }

  private static Network network() {
    return new Network(
        NetworkShape.tagger(
            List.of(new Input.Table("word", WORDS, 5)),
            new NetworkShape.Encoder(new CellConfig.Gru(), List.of(4), true),
            LABELS));
  }

  private static Trainer trainer(Network network, AverageConfig average, int epochs) {
    TrainingConfig config =
        new TrainingConfig(
            new OptimizerConfig.Adam(0.1, 0.9, 0.999, 1e-8),
            new ScheduleConfig.Constant(0),
            average,
            new ClipConfig(Optional.empty(), Optional.empty()),
            epochs,
            1,
            100,
            100,
            Criterion.HEADLINE,
            Optional.empty(),
            false,
            Optional.of(1L),
            Optional.of(2));
    return new Trainer(
        network,
        config,
        1,
        new Trainer.Rates(0, 0, 0, 0, 0),
        () -> SoftmaxLoss.ofTokens(LABELS, null, 0),
        new WordByWord(),
        2);
  }

  /** All weights as scored after each epoch: the dense ones, then those of the table. */
  private static List<float[][]> asScored(AverageConfig average) {
    Network network = network();
    List<float[][]> scored = new ArrayList<>();
    try (Trainer trainer = trainer(network, average, READ.length)) {
      trainer.run(
          () -> {
            scored.add(weights(network));
            return SCORES[scored.size() - 1];
          },
          Optional.empty(),
          new TreeMap<>(),
          false,
          TrainingListener.NONE);
    }
    return scored;
  }

  private static float[][] weights(Network network) {
    return new float[][] {
      network.parameters().dense().clone(), network.parameters().tables().get(0).values().clone()
    };
  }

  private static List<AverageConfig> averages() {
    return List.of(
        new AverageConfig.None(), new AverageConfig.Ema(0.9), new AverageConfig.Checkpoints(2));
  }

  private static int best(int epochs) {
    int best = 0;
    for (int e = 1; e < epochs; e++) if (SCORES[e] >= SCORES[best]) best = e;
    return best;
  }

  @Test
  void theWeightsOfTheBestEpochAreLeftBitForBitWithAndWithoutAverages() {
    for (AverageConfig average : averages()) {
      List<float[][]> scored = asScored(average);
      for (int epochs = 1; epochs <= READ.length; epochs++) {
        Network network = network();
        AtomicInteger epoch = new AtomicInteger();
        try (Trainer trainer = trainer(network, average, epochs)) {
          trainer.run(
              () -> SCORES[epoch.getAndIncrement()],
              Optional.empty(),
              new TreeMap<>(),
              false,
              TrainingListener.NONE);
        }
        String what = average + " after " + epochs + " epochs, " + Seeds.describe();
        float[][] expected = scored.get(best(epochs)), left = weights(network);
        for (int i = 0; i < left.length; i++) assertArrayEquals(expected[i], left[i], what);
      }
      assertFalse(Arrays.equals(scored.get(5)[1], scored.get(7)[1]));
    }
  }

  @Test
  void andAreAfterAnyInterruption() throws Exception {
    for (AverageConfig average : averages()) {
      List<float[][]> scored = asScored(average);
      for (int stop = 1; stop < READ.length; stop++) {
        Optional<Path> checkpoint = Optional.of(temp.resolve("checkpoint"));
        Files.deleteIfExists(checkpoint.get());
        AtomicInteger epoch = new AtomicInteger();
        for (int last : new int[] {stop, READ.length}) {
          Network network = network();
          try (Trainer trainer = trainer(network, average, READ.length)) {
            trainer.run(
                () -> {
                  if (epoch.get() + 1 == last) trainer.stop();
                  return SCORES[epoch.getAndIncrement()];
                },
                checkpoint,
                new TreeMap<>(),
                true,
                TrainingListener.NONE);
          }
          if (last < READ.length) continue;
          assertEquals(READ.length, epoch.get());
          float[][] expected = scored.get(best(READ.length)), left = weights(network);
          for (int i = 0; i < left.length; i++)
            assertArrayEquals(expected[i], left[i], average + " stopped after " + stop);
        }
      }
    }
  }
}
