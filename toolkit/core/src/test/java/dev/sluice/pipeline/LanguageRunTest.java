package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.LanguageModel;
import dev.sluice.Training;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Perplexity;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of language models: what is learned, one seed gives one file, an interrupted run too, and what a config may not say. */
class LanguageRunTest {
  private static final String[] PLACES = {"oslo", "rome", "bern", "lima", "cairo"};
  private static final String WORDS = "data: {text: {unit: word}}";

  @TempDir Path temp;

  /** Lines of one pattern. */
  static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i % 3 == 0 ? "a train" : "a flight").append(" from ");
      text.append(PLACES[i % 5]).append(" to ").append(PLACES[(i / 5 + i + 1) % 5]).append('\n');
    }
    return text.toString();
  }

  private Path config(String... more) throws IOException {
    Files.writeString(temp.resolve("train.txt"), lines(0, 60));
    Files.writeString(temp.resolve("dev.txt"), lines(60, 75));
    Files.writeString(temp.resolve("test.txt"), lines(75, 90));
    String base =
        """
        task: language-model
        data: {format: text, train: train.txt, dev: dev.txt, test: test.txt}
        inputs: [{type: word, dimension: 8}]
        encoder: {hidden: 20, dropout: {layer: 0.1, recurrent: 0.1, input: 0.1}}
        training: {optimizer: {type: adam, rate: 0.02}, epochs: 3, batch: 6, steps: 7, seed: 1, threads: 2}
        samples: {count: 2, length: 40}
        """;
    Files.writeString(temp.resolve("base.yaml"), base);
    Path file = temp.resolve("config.yaml");
    return Files.writeString(file, "extends: base.yaml\n" + String.join("\n", more) + "\n");
  }

  private LanguageRun.Result run(Path config, String name, String... settings) {
    Training training = Training.from(config).out(temp.resolve(name));
    for (String setting : settings) training.set(setting);
    return training.languageModel();
  }

  @Test
  void charactersAreLearnedAndTheSavedModelScoresAsTheTrainedOne() throws Exception {
    LanguageRun.Result result = run(config(), "run", "training.epochs=25");
    List<EpochReport> history = result.outcome().history();
    assertTrue(result.dev().value() < 1.6, result.dev().toString());
    assertTrue(history.get(0).dev() < result.dev().meanProbability());
    assertEquals(
        result.outcome().bestScore(), result.dev().meanProbability(), "the best epoch was kept");
    LanguageModelFile file = LanguageModelFile.read(temp.resolve("run").resolve(TrainingRun.MODEL));
    assertEquals(List.of(), file.checkExamples(Location.of("model")));
    assertEquals(result.dev(), LanguageRun.score(file, "dev").orElseThrow());
    LanguageModel model = LanguageModel.of(file.model());
    Perplexity all = Perplexity.NONE;
    for (String line : lines(60, 75).split("\n")) all = all.plus(model.score(line).perplexity());
    assertEquals(result.dev().bits(), all.bits(), 1e-6 * all.bits());
    assertEquals(result.dev().symbols(), all.symbols());
    assertEquals(result.dev().characters(), all.characters());
    assertTrue(
        model.score("a train from oslo to rome").log2() > model.score("moor ot olso").log2());
    assertEquals(2, result.samples().size());
    assertFalse(Files.exists(temp.resolve("run/checkpoint.safetensors")));
  }

  @Test
  void wordsTiedAndSampledAreLearned() throws Exception {
    LanguageRun.Result result =
        run(
            config(
                WORDS,
                "vocabulary: {minCount: 2}",
                "prediction: {tied: true, softmax: {type: sampled, samples: 8, proposal: unigram}}"),
            "run",
            "training.epochs=25");
    assertTrue(result.dev().value() < 3.5, result.dev().toString());
    LanguageModel model = LanguageModel.load(temp.resolve("run").resolve(TrainingRun.MODEL));
    List<LanguageModel.Symbol> next = model.next("a train");
    assertEquals(" from", next.get(0).text());
    assertEquals(1, next.stream().mapToDouble(LanguageModel.Symbol::probability).sum(), 1e-5);
    assertEquals(1, model.score("a train from nowhere").perplexity().unknown());
  }

  /** A document that is longer than a stretch of the scoring, and state that is carried over many pieces. */
  @Test
  void oneFileIsReadByAllStreamsAndCutIntoItsParts() throws Exception {
    Files.writeString(temp.resolve("all.txt"), lines(0, 300));
    long characters = lines(0, 300).length();
    Path config =
        config(
            "data: {train: all.txt, dev: null, test: null, text: {document: file, split: [60, 20, 20]}}");
    LanguageRun.Result result = run(config, "run");
    assertEquals(characters * 6 / 10, result.splits().get(0).characters());
    assertEquals(characters, result.splits().stream().mapToLong(s -> s.characters()).sum());
    assertEquals(1, result.splits().get(2).documents());
    assertTrue(result.test().orElseThrow().value() < 8);
  }

  private static String sha(Path folder) throws Exception {
    return TrainOnce.sha256(folder);
  }

  private List<Path> configs() throws IOException {
    List<Path> all = new ArrayList<>();
    String[][] kinds = {
      {"encoder: {cell: gru}", "inputs: [{type: word, encoding: one-hot}]"},
      {"encoder: {cell: [{type: window, before: 3, after: 0}, gru], hidden: [9, 12]}"},
      {WORDS, "prediction: {tied: true}", "encoder: {hidden: [8, 12], layerNorm: true}"},
      {WORDS, "prediction: {softmax: {type: sampled, samples: 5}}", "encoder: {cell: rnn}"}
    };
    for (String[] kind : kinds) {
      Path file = config(kind);
      all.add(Files.move(file, temp.resolve("config-" + all.size() + ".yaml")));
    }
    return all;
  }

  @Test
  void oneSeedGivesOneFileForAnyThreadsAndKernels() throws Exception {
    List<Path> configs = configs();
    List<String> expected = new ArrayList<>();
    for (Path config : configs) {
      String name = config.getFileName().toString();
      run(config, name + "-1", "training.threads=1");
      expected.add(sha(temp.resolve(name + "-1")));
      for (String threads : List.of("2", "4")) {
        run(config, name + "-" + threads, "training.threads=" + threads);
        assertEquals(expected.get(expected.size() - 1), sha(temp.resolve(name + "-" + threads)));
      }
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dsluice.kernels=scalar",
            "-cp",
            System.getProperty("java.class.path"),
            TrainOnce.class.getName()));
    for (Path config : configs) command.addAll(List.of(config.toString(), config + "-scalar"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    List<String> scalar =
        output
            .lines()
            .filter(l -> l.startsWith("sha256 "))
            .map(l -> l.substring("sha256 ".length()))
            .toList();
    assertEquals(expected, scalar);
  }

  /** Stopped in the middle of an epoch, when states are on their way from one piece to the next. */
  @Test
  void aRunThatWasInterruptedEndsInTheSameFile() throws Exception {
    Path config = config("encoder: {cell: [{type: window, before: 3, after: 0}, lstm]}");
    run(config, "whole");
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void batch(int epoch, double share, double loss, double tokensPerSecond) {
            if (epoch == 2 && share > 0.4) trainer.get().stop();
          }
        };
    var stopped =
        Training.from(config)
            .out(temp.resolve("parts"))
            .listener(stopper)
            .languageModel(trainer::set, run -> {});
    assertTrue(stopped.isEmpty());
    Training.from(config).out(temp.resolve("parts")).resume().languageModel();
    assertEquals(sha(temp.resolve("whole")), sha(temp.resolve("parts")));
    assertTrue(
        Training.from(config)
            .out(temp.resolve("parts"))
            .resume()
            .finishedLanguageModel()
            .isPresent());
    SluiceException other =
        assertThrows(
            SluiceException.class,
            () ->
                Training.from(config)
                    .set("training.steps=8")
                    .out(temp.resolve("parts"))
                    .finishedLanguageModel());
    assertTrue(other.getMessage().contains("RUN-005"), other.getMessage());
  }

  private String refusal(String... more) throws IOException {
    Path config = config(more);
    return assertThrows(SluiceException.class, () -> Training.from(config).config()).getMessage();
  }

  @Test
  void settingsThatSayNothingToALanguageModelAreRefused() throws Exception {
    assertTrue(refusal("encoder: {bidirectional: true}").contains("encoder.bidirectional"));
    assertTrue(refusal("encoder: {attention: {type: self}}").contains("encoder.attention"));
    assertTrue(
        refusal("encoder: {cell: {type: window, before: 3}, dropout: {recurrent: 0}}")
            .contains("a window with tokens after its own would show a language model"));
    assertTrue(refusal("output: {type: crf}").contains("output.type"));
    assertTrue(refusal("training: {metric: f1}").contains("training.metric"));
    assertTrue(refusal("training: {calibrate: true}").contains("training.calibrate"));
    assertTrue(refusal("vocabulary: {unknownRate: 0.5}").contains("vocabulary.unknownRate"));
    assertTrue(refusal("inputs: [{type: word}, {type: casing}]").contains("inputs"));
    assertTrue(refusal("text: {tokenizer: simple}").contains("data.text.unit is character"));
    assertTrue(
        refusal("inputs: [{type: word, encoding: one-hot}]", "prediction: {tied: true}")
            .contains("prediction.tied"));
    assertTrue(refusal("data: {text: {split: [80, 10, 10]}}").contains("data.text.split"));
    assertTrue(
        refusal("data: {dev: null, test: null, text: {split: [80, 30]}}")
            .contains("add up to 100"));
    assertTrue(
        refusal("data: {format: csv, text: {document: file}}").contains("are for plain text"));
  }

  @Test
  void settingsOfALanguageModelAreRefusedElsewhere() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("pos.yaml"),
            """
            task: pos
            data: {format: csv, train: t.csv, dev: d.csv, csv: {tokens: tokens, tags: tags}, text: {unit: word}}
            prediction: {tied: true}
            training: {steps: 50}
            samples: {count: 1}
            """);
    String message =
        assertThrows(SluiceException.class, () -> Training.from(file).config()).getMessage();
    for (String key : List.of("data.text.unit", "prediction.tied", "training.steps", "samples"))
      assertTrue(message.contains(key + " says nothing to task pos"), message);
  }

  @Test
  void whatIsForTaggersSaysThatALanguageModelIsNone() throws Exception {
    Path config = config();
    for (Runnable asked :
        List.<Runnable>of(
            () -> Training.from(config).out(temp.resolve("a")).run(),
            () -> Training.from(config).out(temp.resolve("b")).seeds(List.of(1L, 2L)),
            () -> Training.from(config).out(temp.resolve("c")).folds(3))) {
      SluiceException e = assertThrows(SluiceException.class, asked::run);
      assertTrue(e.getMessage().contains("TRN-019"), e.getMessage());
    }
    run(config, "run");
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> dev.sluice.Tagger.load(temp.resolve("run").resolve(TrainingRun.MODEL)));
    assertTrue(e.getMessage().contains("MOD-030"), e.getMessage());
  }

  @Test
  void anEmptySplitIsNamed() throws Exception {
    Path config = config();
    Files.writeString(temp.resolve("dev.txt"), "\n \n");
    SluiceException e = assertThrows(SluiceException.class, () -> run(config, "run"));
    assertTrue(e.getMessage().contains("TRN-010"), e.getMessage());
  }
}
