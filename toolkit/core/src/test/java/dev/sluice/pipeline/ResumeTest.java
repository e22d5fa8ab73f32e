package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.config.SluiceException;
import dev.sluice.model.Tensor;
import dev.sluice.model.TensorFile;
import dev.sluice.testing.TinyCorpus;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that goes on does with what it finds in its folder. */
class ResumeTest {
  private static final String NETWORK =
      "encoder: {hidden: 4}\ninputs: [{type: word, dimension: 4}]";

  @TempDir Path temp;
  private Path config;
  private Path folder;

  @BeforeEach
  void corpus() throws Exception {
    config =
        TinyCorpus.write(temp, "slots", NETWORK, "training: {epochs: 4, patience: 2, threads: 1}");
    folder = temp.resolve("run");
  }

  /** Trains until an epoch is complete and its checkpoint written; the run then stops. */
  private void untilEpoch(int epoch, String... settings) {
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report) {
            if (report.epoch() == epoch) trainer.get().stop();
          }
        };
    Training training = Training.from(config).out(folder).listener(stopper);
    for (String setting : settings) training.set(setting);
    training.run(trainer::set, run -> {});
  }

  private TrainingRun.Result goOn(String... settings) {
    Training training = Training.from(config).out(folder).resume();
    for (String setting : settings) training.set(setting);
    return training.run();
  }

  private String whole(long seed, String... settings) throws Exception {
    Path other = temp.resolve("whole-" + seed);
    Training training = Training.from(config).out(other).set("training.seed=" + seed);
    for (String setting : settings) training.set(setting);
    training.run();
    return TrainOnce.sha256(other);
  }

  @Test
  void aSeedThatWasDrawnIsRecordedAndUsedWhenTheRunGoesOn() throws Exception {
    untilEpoch(1);
    String recorded = Files.readString(folder.resolve(TrainingRun.CONFIG));
    assertTrue(recorded.contains("seed: ") && recorded.contains("drawn"), recorded);
    TrainingRun.Result result = goOn();
    assertTrue(recorded.contains("seed: " + result.seed()), recorded);
    assertEquals(whole(result.seed()), TrainOnce.sha256(folder));
  }

  @Test
  void twoRunsWithoutASeedDrawTwo() {
    TrainingRun.Result a =
        Training.from(config).set("training.epochs=1").out(temp.resolve("a")).run();
    TrainingRun.Result b =
        Training.from(config).set("training.epochs=1").out(temp.resolve("b")).run();
    assertNotEquals(a.seed(), b.seed());
  }

  @Test
  void aRunWhoseTrainingIsCompleteIsOnlySavedAndScored() throws Exception {
    untilEpoch(4, "training.seed=5", "training.patience=9");
    Path model = folder.resolve(TrainingRun.MODEL);
    String expected = TrainOnce.sha256(folder); // asked to stop when it was over
    Path checkpoint = folder.resolve(TrainingRun.CHECKPOINT);
    assertFalse(Files.exists(checkpoint) || Files.exists(previous()));
    // the same, but killed between the last checkpoint and the model
    Files.delete(model);
    folder = temp.resolve("again");
    untilEpoch(3, "training.seed=5", "training.patience=9");
    TrainingRun.Result result = goOn("training.seed=5", "training.patience=9");
    assertEquals(4, result.outcome().history().size());
    assertEquals(expected, TrainOnce.sha256(folder));
  }

  /** No dev score is better than that of an untrained network with a rate of nearly nothing: patience runs out after two epochs more. */
  @Test
  void patienceIsCountedAcrossInterruptions() {
    String[] idle = {"training.seed=5", "training.optimizer.rate=1e-30"};
    untilEpoch(2, idle);
    TrainingRun.Result result = goOn(idle);
    assertEquals(3, result.outcome().bestEpoch());
    assertEquals(3, result.outcome().history().size());
  }

  @Test
  void theLogHoldsEveryEpochEvenOfARunThatWasInterrupted() throws Exception {
    untilEpoch(2, "training.seed=5");
    assertEquals(3, Files.readAllLines(folder.resolve(TrainingRun.LOG)).size());
    goOn("training.seed=5");
    List<String> lines = Files.readAllLines(folder.resolve(TrainingRun.LOG));
    assertTrue(lines.get(1).startsWith("1,") && lines.get(2).startsWith("2,"), lines.toString());
  }

  @Test
  void aDamagedCheckpointIsSkippedForTheOneBeforeItAndTheEndIsTheSame() throws Exception {
    untilEpoch(3, "training.seed=5", "training.patience=9");
    damage(folder.resolve(TrainingRun.CHECKPOINT));
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void warning(String what) {
            warnings.add(what);
          }
        };
    Training.from(config)
        .set("training.seed=5")
        .set("training.patience=9")
        .out(folder)
        .resume()
        .listener(listener)
        .run();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("the checkpoint is damaged"), warnings.get(0));
    assertEquals(whole(5, "training.patience=9"), TrainOnce.sha256(folder));
  }

  @Test
  void whenBothCheckpointsAreDamagedTheRunIsRefused() throws Exception {
    untilEpoch(2, "training.seed=5");
    damage(folder.resolve(TrainingRun.CHECKPOINT));
    damage(previous());
    SluiceException refused = assertThrows(SluiceException.class, () -> goOn("training.seed=5"));
    assertEquals(SluiceException.Kind.CORRUPT, refused.kind());
  }

  private Path previous() {
    return folder.resolve(TrainingRun.CHECKPOINT + ".prev");
  }

  private static void damage(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 4;
    Files.write(file, bytes);
  }

  /** A checkpoint with valid checksums that belongs to no run of ours. */
  @Test
  void aCheckpointOfAnotherNetworkOrWithImpossibleCountersIsRefused() throws Exception {
    untilEpoch(1, "training.seed=5");
    Path checkpoint = folder.resolve(TrainingRun.CHECKPOINT);
    TensorFile file = TensorFile.read(checkpoint);
    assertRefused(file, "best.dense", Tensor.floats("best.dense", new float[3], 3), "MOD-026");
    long[] counters = file.require("counters", Tensor.Dtype.I64, 7).longs();
    counters[0] = 2;
    assertRefused(file, "counters", Tensor.longs("counters", counters, 7), "TRN-004");
    counters[0] = 1L << 32;
    assertRefused(file, "counters", Tensor.longs("counters", counters, 7), "TRN-004");
    counters[0] = 1;
    counters[1] = -1;
    assertRefused(file, "counters", Tensor.longs("counters", counters, 7), "TRN-004");
    assertRefused(file, "history", null, "MOD-025");
  }

  private void assertRefused(TensorFile file, String name, Tensor other, String code)
      throws Exception {
    TreeMap<String, Tensor> tensors = new TreeMap<>(file.tensors());
    tensors.remove(name);
    if (other != null) tensors.put(name, other);
    TreeMap<String, String> run = new TreeMap<>();
    file.metadata()
        .forEach(
            (k, v) -> {
              if (k.startsWith("run.")) run.put(k, v);
            });
    try (OutputStream out = Files.newOutputStream(folder.resolve(TrainingRun.CHECKPOINT))) {
      TensorFile.write(out, tensors.values(), run);
    }
    Files.deleteIfExists(previous());
    SluiceException refused = assertThrows(SluiceException.class, () -> goOn("training.seed=5"));
    assertTrue(refused.getMessage().contains(code), refused.getMessage());
  }

  @Test
  void aConfigThatIsRefusedDoesNotReplaceTheOneOfTheRun() throws Exception {
    untilEpoch(1, "training.seed=5");
    String before = Files.readString(folder.resolve(TrainingRun.CONFIG));
    SluiceException refused =
        assertThrows(SluiceException.class, () -> goOn("training.seed=5", "encoder.hidden=5"));
    assertTrue(
        refused.getMessage().contains("encoder.hidden was [4] and is [5]"), refused.getMessage());
    assertEquals(before, Files.readString(folder.resolve(TrainingRun.CONFIG)));
  }

  @Test
  void threadsMayChangeWhenARunGoesOn() throws Exception {
    untilEpoch(1, "training.seed=5", "training.threads=1");
    goOn("training.seed=5", "training.threads=3");
    assertEquals(whole(5), TrainOnce.sha256(folder));
  }

  /** One batch per epoch: no later batch is there to show what its step did. */
  @Test
  void weightsThatALastStepSpoiledAreNeitherScoredNorSaved() {
    SluiceException stopped =
        assertThrows(
            SluiceException.class,
            () ->
                Training.from(config)
                    .set("training.seed=5")
                    .set("training.batch=1000")
                    .set("training.optimizer.type=sgd")
                    .set("training.optimizer.rate=1000")
                    .set("encoder.cell=rnn")
                    .set("encoder.cell.activation=relu")
                    .set("encoder.layers=9")
                    .set("encoder.hidden=64")
                    .set("training.epochs=60")
                    .set("training.patience=60")
                    .out(folder)
                    .run());
    assertTrue(
        stopped.getMessage().contains("TRN-001") || stopped.getMessage().contains("TRN-002"),
        stopped.getMessage());
    assertFalse(Files.exists(folder.resolve(TrainingRun.MODEL)));
  }
}
