package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.metric.Scores;
import dev.sluice.model.ModelFile;
import dev.sluice.testing.TinyCorpus;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What averages, metrics and schedules do to whole runs. */
class TrainingOptionsTest {
  @TempDir Path temp;
  private Path config;
  private int runs;

  @BeforeEach
  void corpus() throws Exception {
    config =
        TinyCorpus.write(
            temp,
            "slots",
            "encoder: {hidden: 6}\ninputs: [{type: word, dimension: 5}]",
            "training: {epochs: 6, batch: 16, seed: 5, threads: 1, optimizer: {type: adam, rate: 0.01}}");
  }

  private TrainingRun.Result run(String... settings) {
    Training training = Training.from(config).out(temp.resolve("run-" + runs++));
    for (String setting : settings) training.set(setting);
    return training.run();
  }

  private static double[] losses(TrainingRun.Result result) {
    return result.outcome().history().stream().mapToDouble(EpochReport::loss).toArray();
  }

  private static double[] dev(TrainingRun.Result result) {
    return result.outcome().history().stream().mapToDouble(EpochReport::dev).toArray();
  }

  private static float[] dense(TrainingRun.Result result) {
    return result.model().network().parameters().dense();
  }

  @Test
  void averagesAreScoredAndKeptWhileTrainingGoesOnWithoutThem() {
    TrainingRun.Result plain = run("training.average.type=none");
    for (String average : List.of("ema", "checkpoints")) {
      TrainingRun.Result averaged = run("training.average.type=" + average);
      assertArrayEquals(losses(plain), losses(averaged), average);
      assertFalse(Arrays.equals(dev(plain), dev(averaged)), average);
      assertNotEquals(dense(plain)[0], dense(averaged)[0], average);
      assertEquals(
          averaged.outcome().bestScore(), averaged.dev().headline().orElse(-1), 0, average);
    }
  }

  @Test
  void withOneEpochTheMeanOfCheckpointsIsTheWeightsThemselves() {
    assertArrayEquals(
        dense(run("training.epochs=1", "training.average.type=none")),
        dense(run("training.epochs=1", "training.average.type=checkpoints")));
  }

  @Test
  void theMetricChoosesTheBestEpochAndNamesTheScoreInTheModel() throws Exception {
    for (String metric : List.of("precision", "recall", "sentence-accuracy", "macro-f1")) {
      TrainingRun.Result result = run("training.metric=" + metric);
      double[] dev = dev(result);
      int best = result.outcome().bestEpoch();
      for (int e = 0; e < dev.length; e++)
        assertTrue(e > best - 1 ? dev[e] < dev[best - 1] : dev[e] <= dev[best - 1], metric);
      Scores scores = result.dev();
      double expected =
          switch (metric) {
            case "precision" -> scores.byType().micro().precision().orElse(0);
            case "recall" -> scores.byType().micro().recall().orElse(0);
            case "macro-f1" -> scores.byType().macroF1().orElse(0);
            default -> scores.sentenceAccuracy().orElse(0);
          };
      assertEquals(expected, dev[best - 1], 0, metric);
      ModelFile file = ModelFile.read(result.folder().resolve(TrainingRun.MODEL));
      String title = metric.equals("macro-f1") ? "averaged F1" : metric.replace('-', ' ');
      assertEquals(title, file.provenance().get("score.dev.metric"));
    }
  }

  @Test
  void ofEquallyGoodEpochsTheLastIsKeptAndPatienceCountsFromTheFirst() {
    TrainingRun.Result result =
        run(
            "training.optimizer.rate=1e-30", // no score is better than the first
            "training.average.type=none",
            "training.patience=3");
    assertEquals(4, result.outcome().history().size());
    assertEquals(4, result.outcome().bestEpoch());
  }

  @Test
  void aPlateauLowersTheRateOfLaterEpochs() {
    List<Double> rates = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report) {
            rates.add(report.rate());
          }
        };
    Training.from(config)
        .set("training.optimizer.rate=1e-30") // no score is better than the first
        .set("training.schedule.type=plateau")
        .set("training.schedule.patience=2")
        .out(temp.resolve("plateau"))
        .listener(listener)
        .run();
    assertEquals(List.of(1e-30, 1e-30, 1e-30, 5e-31, 5e-31, 2.5e-31), rates);
  }
}
