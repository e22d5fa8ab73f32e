package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.config.SluiceException;
import dev.sluice.model.ModelFile;
import dev.sluice.testing.TinyCorpus;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs: what is learned, that the same run gives the same file, and that an interrupted one does too. */
class TrainingRunTest {
  private static final String SMALL =
      "training: {epochs: 4, batch: 32, seed: 7, optimizer: {type: adam, rate: 0.01}, clip: {norm: 5}}";

  /** Short scalar runs are done sooner without the second compiler; vectors need it. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final String SHORT = SMALL.replace("epochs: 4", "epochs: 2");
  private static final String DROPOUT = "dropout: {input: 0.2, layer: 0.3, recurrent: 0.1}";

  @TempDir Path temp;

  @Test
  void aSmallCorpusIsLearnedAndTheSavedModelTagsAsTheTrainedOne() throws Exception {
    Path config =
        TinyCorpus.write(
            temp, "slots", "encoder: {hidden: 24}", SMALL.replace("epochs: 4", "epochs: 25"));
    TrainingRun.Result result = Training.from(config).out(temp.resolve("run")).run();
    assertEquals("100.00", result.test().orElseThrow().headline().percent());
    Tagger trained = Tagger.of(result.model()),
        loaded = Tagger.load(temp.resolve("run/model.safetensors"));
    String text = "a flight from New Delhi to Lima next week";
    assertEquals(
        "a flight from [New Delhi](from) to [Lima](to) [next week](date)",
        loaded.tag(text).toString());
    assertEquals(trained.tag(text), loaded.tag(text));
    assertEquals(
        List.of(),
        ModelFile.read(temp.resolve("run/model.safetensors"))
            .checkExamples(dev.sluice.config.Location.of("model")));
    assertFalse(Files.exists(temp.resolve("run/checkpoint.safetensors")));
    assertTrue(
        Files.readString(temp.resolve("run/training.csv"))
            .startsWith("epoch,loss,dev_score,best,"));
  }

  @Test
  void intentsAreLearned() throws Exception {
    Path config =
        TinyCorpus.write(
            temp, "classify", "encoder: {hidden: 16}", SMALL.replace("epochs: 4", "epochs: 10"));
    TrainingRun.Result result = Training.from(config).out(temp.resolve("run")).run();
    assertEquals("100.00", result.test().orElseThrow().headline().percent());
    Classifier classifier = Classifier.load(temp.resolve("run/model.safetensors"));
    assertEquals("weather", classifier.classify("how warm is it in Lima").label());
    assertEquals(2, classifier.classify("").scores().size());
  }

  /** Letters and attention are all it has: no word has a vector of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"cnn", "lstm", "gru"})
  void wordsAreToldApartByTheirLettersAlone(String reader) throws Exception {
    Path config =
        TinyCorpus.write(
            temp,
            "slots",
            "inputs: [{type: characters, encoder: " + reader + ", dimension: 8, size: 16}]",
            "encoder: {hidden: 16, attention: {type: self, width: 8, heads: 2},"
                + " dropout: {layer: 0.1}}",
            SMALL.replace("epochs: 4", "epochs: 25"));
    TrainingRun.Result result = Training.from(config).out(temp.resolve("run")).run();
    assertEquals("100.00", result.test().orElseThrow().headline().percent());
    Tagger loaded = Tagger.load(temp.resolve("run/model.safetensors"));
    assertEquals(
        "a flight from [New Delhi](from) to [Lima](to) [next week](date)",
        loaded.tag("a flight from New Delhi to Lima next week").toString());
  }

  /** A tagger that reads with a language model of words, which is tuned, and one of characters, which is not. */
  private Path reading() throws IOException {
    StringBuilder inputs = new StringBuilder("inputs: [{type: word, dimension: 9}");
    for (String unit : List.of("word", "character")) {
      Path language =
          TinyCorpus.write(
              temp.resolve("language-" + unit),
              "language-model",
              "encoder: {hidden: [9, 7]}",
              SHORT);
      Training training = Training.from(language).out(language.resolveSibling("run"));
      training.set("data.overlap=warn");
      training.set("data.text.unit=" + unit);
      training.languageModel();
      inputs.append(", {type: language-model, model: ");
      inputs.append(language.resolveSibling("run").resolve(TrainingRun.MODEL));
      inputs.append(", tuned: ").append(unit.equals("word")).append("}");
    }
    String encoder = "encoder: {hidden: 20, " + DROPOUT + "}";
    return TinyCorpus.write(temp.resolve("corpus-states"), "slots", inputs + "]", encoder, SHORT);
  }

  /** Every cell, windows, one-hot inputs, letters, attention, language models and plain labels; threads in this process, kernels in processes of their own that train all of them. */
  @Test
  void oneSeedGivesOneFileForAnyThreadsAndKernels() throws Exception {
    List<Path> configs = new ArrayList<>();
    for (String encoder :
        List.of(
            "cell: lstm, hidden: 20, bidirectional: true, " + DROPOUT,
            "cell: gru, hidden: [12, 20], bidirectional: true, " + DROPOUT,
            "cell: {type: rnn, activation: relu}, hidden: 17, bidirectional: false, " + DROPOUT,
            "cell: lstm, hidden: [12, 20], layerNorm: true, connection: highway, " + DROPOUT,
            "cell: gru, hidden: 20, layers: 2, layerNorm: true, connection: residual, " + DROPOUT,
            "cell: [{type: lstm, peepholes: true, coupling: forget, projection: 8, initialState: learned},"
                + " {type: gru, reset: before, initialState: learned}], hidden: 20, "
                + DROPOUT,
            "cell: [{type: rnn, order: 3, initialState: learned}, {type: gru, reset: none},"
                + " {type: lstm, peepholes: true}], hidden: 9, layerNorm: true, "
                + DROPOUT,
            "cell: [{type: window, before: 2, after: 1}, gru, window], hidden: [12, 20, 9],"
                + " layerNorm: true, connection: residual, bidirectional: false, "
                + DROPOUT)) {
      Path folder = temp.resolve("corpus-" + configs.size());
      configs.add(TinyCorpus.write(folder, "slots", "encoder: {" + encoder + "}", SHORT));
    }
    String inputs =
        "inputs: [{type: word, encoding: one-hot}, {type: word, dimension: 9},"
            + " {type: characters, encoder: gru, dimension: 5, size: 6}]";
    configs.add(
        TinyCorpus.write(
            temp.resolve("corpus-pos"),
            "pos",
            inputs,
            "encoder: {hidden: 20, attention: {type: self, width: 12, heads: 2}}",
            SHORT.replace("epochs: 2", "epochs: 2, average: {type: ema}")));
    configs.add(
        TinyCorpus.write(
            temp.resolve("corpus-scheduled"),
            "slots",
            "encoder: {hidden: 9, " + DROPOUT + "}",
            "output: {type: softmax, feedback: {hidden: 20, recurrent: true, beam: 3,"
                + " previous: {type: scheduled, fall: 0.5, least: 0.2}}}",
            SHORT));
    configs.add(
        TinyCorpus.write(
            temp.resolve("corpus-jordan"),
            "pos",
            "encoder: {layers: 0}",
            "output: {feedback: {hidden: 17, activation: sigmoid, previous: own}}",
            SHORT));
    configs.add(reading());
    List<String> expected = inThisProcess(configs, "1");
    assertEquals(configs.size(), new TreeSet<>(expected).size());
    assertEquals(expected, inThisProcess(configs, "2"));
    assertEquals(expected, inThisProcess(configs, "4"));
    assertEquals(expected, forked(configs, "scalar", List.of(QUICK, "-Dsluice.kernels=scalar")));
    assertEquals(expected, forked(configs, "without", List.of(QUICK, "-Dwithout.module=true")));
    assertEquals(expected, forked(configs, "avx2", List.of("-XX:UseAVX=2")));
    assertEquals(expected, forked(configs, "narrow", List.of("-XX:MaxVectorSize=16")));
  }

  @Test
  void anotherSeedGivesAnotherFile() throws Exception {
    Path config = TinyCorpus.write(temp, "slots", "encoder: {hidden: 4}", SHORT);
    assertFalse(
        inThisProcess(config, "7", "training.seed=7")
            .equals(inThisProcess(config, "8", "training.seed=8")));
  }

  /** What is remembered from step to step or from epoch to epoch, beside weights and moments. */
  private static String[] memories() {
    return new String[] {
      "average: {type: none}",
      "average: {type: ema, decay: 0.97}",
      "average: {type: checkpoints, epochs: 2}",
      "schedule: {type: plateau, patience: 1, factor: 0.3}"
    };
  }

  @ParameterizedTest
  @MethodSource("memories")
  void aRunThatIsStoppedAnywhereAndResumedGivesTheBytesOfAnUninterruptedOne(String memory)
      throws Exception {
    Path config =
        TinyCorpus.write(
            temp,
            "slots",
            "encoder: {hidden: 20, " + DROPOUT + "}",
            "training: {epochs: 5, batch: 16, seed: 7, optimizer: {type: nadam, rate: 0.01}, clip: {norm: 1}, "
                + memory
                + "}");
    String expected = inThisProcess(config, "whole");
    for (int stopAfter : new int[] {1, 8, 9, 21}) { // 8 batches per epoch
      Path folder = temp.resolve("stopped-" + stopAfter);
      AtomicReference<Trainer> trainer = new AtomicReference<>();
      TrainingListener stopper =
          new TrainingListener() {
            private int batches;

            @Override
            public void batch(int epoch, double share, double loss, double tokensPerSecond) {
              if (++batches == stopAfter) trainer.get().stop();
            }
          };
      assertTrue(
          Training.from(config)
              .out(folder)
              .listener(stopper)
              .run(trainer::set, run -> {})
              .isEmpty());
      assertTrue(Files.exists(folder.resolve(TrainingRun.CHECKPOINT)));
      Training.from(config).out(folder).resume().run();
      assertEquals(expected, TrainOnce.sha256(folder), "stopped after batch " + stopAfter);
    }
  }

  @ParameterizedTest
  @MethodSource("memories")
  void aRunThatIsKilledAndResumedGivesTheBytesOfAnUninterruptedOne(String memory) throws Exception {
    Path config =
        TinyCorpus.write(
            temp,
            "slots",
            "encoder: {hidden: 20, " + DROPOUT + "}",
            "training: {epochs: 40, patience: 40, batch: 16, seed: 7, optimizer: {type: adam, rate: 0.01}, "
                + memory
                + "}");
    String expected = inThisProcess(config, "whole");
    Path folder = temp.resolve("killed");
    Process process =
        start(
            List.of(QUICK, "-Dsluice.kernels=scalar"),
            List.of(config.toString(), folder.toString()));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(folder.resolve(TrainingRun.CHECKPOINT)) && process.isAlive()) {
      assertTrue(System.nanoTime() < deadline, "no checkpoint within a minute");
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertFalse(Files.exists(folder.resolve(TrainingRun.MODEL)), "killed before its end");
    Training.from(config).out(folder).resume().run();
    assertEquals(expected, TrainOnce.sha256(folder));
  }

  @Test
  void aChangedConfigOrFileIsRefusedOnResume() throws Exception {
    Path config = TinyCorpus.write(temp, "slots", "encoder: {hidden: 8}", SMALL);
    Path folder = temp.resolve("run");
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report) {
            trainer.get().stop();
          }
        };
    Training.from(config).out(folder).listener(stopper).run(trainer::set, run -> {});
    SluiceException changed =
        assertThrows(
            SluiceException.class,
            () ->
                Training.from(config)
                    .set("training.optimizer.rate=0.02")
                    .out(folder)
                    .resume()
                    .run());
    assertTrue(
        changed.getMessage().contains("TRN-003")
            && changed.getMessage().contains("training.optimizer.rate was 0.01 and is 0.02"),
        changed.getMessage());
  }

  @Test
  void aFinishedRunIsNeverWrittenToAgain() throws Exception {
    Path config = TinyCorpus.write(temp, "slots", "encoder: {hidden: 8}", SMALL);
    Path folder = temp.resolve("run");
    Training.from(config).out(folder).run();
    String before = TrainOnce.sha256(folder);
    SluiceException refused =
        assertThrows(SluiceException.class, () -> Training.from(config).out(folder).resume().run());
    assertTrue(refused.getMessage().contains("RUN-001"), refused.getMessage());
    assertEquals(before, TrainOnce.sha256(folder));
  }

  @Test
  void aLossThatIsNotFiniteNamesTheBatchsLines() throws Exception {
    Path config =
        TinyCorpus.write(
            temp,
            "slots",
            "encoder: {hidden: 8, cell: {type: rnn, activation: relu}}",
            "training: {epochs: 3, seed: 1, optimizer: {type: sgd, rate: 1000}, clip: {norm: null}}");
    SluiceException stopped =
        assertThrows(
            SluiceException.class, () -> Training.from(config).out(temp.resolve("run")).run());
    assertTrue(
        stopped.getMessage().contains("TRN-001") && stopped.getMessage().contains("train.csv:"),
        stopped.getMessage());
    assertFalse(Files.exists(temp.resolve("run/model.safetensors")));
  }

  private String inThisProcess(Path config, String name, String... settings) throws Exception {
    Path folder = temp.resolve("run-" + name);
    Training training = Training.from(config).out(folder);
    for (String setting : settings) training.set(setting);
    training.run();
    return TrainOnce.sha256(folder);
  }

  private List<String> inThisProcess(List<Path> configs, String threads) throws Exception {
    List<String> files = new ArrayList<>();
    for (Path config : configs) {
      String name = config.getParent().getFileName() + "-" + threads;
      files.add(inThisProcess(config, name, "training.threads=" + threads));
    }
    return files;
  }

  private List<String> forked(List<Path> configs, String name, List<String> options)
      throws Exception {
    List<String> runs = new ArrayList<>();
    for (Path config : configs) {
      runs.add(config.toString());
      runs.add(config.resolveSibling(name).toString());
    }
    Process process = start(options, runs);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output
        .lines()
        .filter(l -> l.startsWith("sha256 "))
        .map(l -> l.substring("sha256 ".length()))
        .toList();
  }

  private static Process start(List<String> options, List<String> runs) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!options.contains("-Dwithout.module=true"))
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), TrainOnce.class.getName()));
    command.addAll(runs);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
