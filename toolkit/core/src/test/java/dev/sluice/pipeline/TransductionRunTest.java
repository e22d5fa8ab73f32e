package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.Transducer;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Ratio;
import dev.sluice.model.TransducerFile;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of transducers: what is learned, one seed gives one file, an interrupted run too, and what a config may not say. */
class TransductionRunTest {
  private static final String[] DIGITS = {
    "zero", "one", "two", "three", "four", "five", "six", "seven"
  };

  @TempDir Path temp;

  /** Numbers of two to four digits below eight, said one by one. */
  static String pairs(int from, int to) {
    StringBuilder csv = new StringBuilder("said,meant\n");
    for (int i = from; i < to; i++) {
      int n = i * 317 % 512;
      String digits = Integer.toOctalString(n + 8);
      List<String> words = digits.chars().mapToObj(c -> DIGITS[c - '0']).toList();
      csv.append(String.join(" ", words)).append(',').append(digits).append('\n');
    }
    return csv.toString();
  }

  private Path config(String... more) throws IOException {
    Files.writeString(temp.resolve("train.csv"), pairs(0, 300));
    Files.writeString(temp.resolve("dev.csv"), pairs(300, 330));
    Files.writeString(temp.resolve("test.csv"), pairs(330, 360));
    String base =
        """
        task: transduction
        data:
          {format: csv, train: train.csv, dev: dev.csv, test: test.csv,
           pairs: {source: {column: said}, target: {column: meant, unit: character}}}
        inputs: [{type: word, dimension: 12}]
        encoder: {hidden: 12, dropout: {layer: 0, input: 0}}
        decoder: {hidden: 24, dimension: 12, dropout: 0}
        training: {optimizer: {type: adam, rate: 0.02}, epochs: 3, batch: 16, seed: 1, threads: 2}
        show: [five zero five, six]
        """;
    Files.writeString(temp.resolve("base.yaml"), base);
    Path file = temp.resolve("config.yaml");
    return Files.writeString(file, "extends: base.yaml\n" + String.join("\n", more) + "\n");
  }

  private TransductionRun.Result run(Path config, String name, String... settings) {
    Training training = Training.from(config).out(temp.resolve(name));
    for (String setting : settings) training.set(setting);
    return training.transducer();
  }

  @Test
  void pairsAreLearnedAndTheSavedModelWritesAsTheTrainedOne() throws Exception {
    TransductionRun.Result result =
        run(
            config("samples: {count: 2}"),
            "run",
            "training.epochs=15",
            "training.optimizer.rate=0.01",
            "encoder.hidden=24",
            "decoder.hidden=32");
    List<EpochReport> history = result.outcome().history();
    assertTrue(result.test().orElseThrow().right().part() >= 25, result.test().toString());
    assertTrue(result.dev().errorRate() < 0.1, result.dev().toString());
    assertTrue(result.dev().perplexity().value() < 1.2, result.dev().toString());
    assertTrue(history.get(0).loss() > 10 * history.get(history.size() - 1).loss());
    assertEquals("505", result.shown().get(0).best());
    assertEquals(2, result.shown().get(1).drawn().size());
    Path saved = temp.resolve("run").resolve(TrainingRun.MODEL);
    TransducerFile file = TransducerFile.read(saved);
    assertEquals(List.of(), file.checkExamples(Location.of("model")));
    assertEquals(5, file.examples().size());
    assertEquals(result.dev(), TransductionRun.scores(file, "dev").orElseThrow());
    assertEquals(result.test(), TransductionRun.scores(file, "test"));
    Transducer model = Transducer.load(saved);
    assertEquals("505", model.apply("five zero five"));
    assertEquals("", model.apply("  "));
    List<Transducer.Ranked> best = model.best("one zero", 3);
    assertEquals("10", best.get(0).text());
    assertTrue(best.get(0).probability() > 0.5, best.toString());
    assertTrue(best.get(1).logProbability() >= best.get(2).logProbability());
    assertEquals(best.get(0).text(), model.best("one zero", 1, 1).get(0).text());
    Transducer.Drawing drawing = Transducer.Drawing.of(5).withTemperature(0);
    assertEquals("10", model.draw("one zero", drawing).text());
    assertThrows(IllegalArgumentException.class, () -> model.best("one", 0));
    assertThrows(IllegalArgumentException.class, () -> model.best("one", 3, 2));
    assertFalse(Files.exists(temp.resolve("run/checkpoint.safetensors")));
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    Transducer model = Transducer.of(run(config(), "run").model());
    String[] sources = {"one", "two three", "seven seven one zero", "four five six"};
    List<String> expected = new ArrayList<>();
    for (String source : sources) expected.add(model.best(source, 2).toString());
    List<String> found =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> model.best(sources[i % sources.length], 2).toString())
            .toList();
    for (int i = 0; i < found.size(); i++)
      assertEquals(expected.get(i % sources.length), found.get(i));
  }

  /** Characters on both sides, and a length in the answer that the question does not have. */
  @Test
  void charactersAreReadAndWordsAreWritten() throws Exception {
    StringBuilder csv = new StringBuilder("from,to\n");
    for (int i = 0; i < 120; i++) {
      String a = DIGITS[i % 8], b = DIGITS[(i / 8 + 3 * i) % 8];
      csv.append(a, 0, 2).append(b, 0, 2).append(",\"").append(b + ", " + a + "!").append("\"\n");
    }
    Files.writeString(temp.resolve("letters.csv"), csv);
    Path config =
        config(
            "data: {train: letters.csv, dev: letters.csv, test: null, overlap: ignore, pairs: {source: {column: from, unit: character}, target: {column: to, unit: word}}}",
            "text: {tokenizer: simple}",
            "show: []");
    TransductionRun.Result result = run(config, "run", "training.epochs=25");
    assertEquals(new Ratio(120, 120), result.dev().right(), result.dev().toString());
    assertEquals("three, two!", Transducer.of(result.model()).apply("twth"));
  }

  @Test
  void theBestEpochMayBeThatOfPerplexity() throws Exception {
    TransductionRun.Result result = run(config("training: {metric: perplexity}"), "run");
    assertTrue(result.byPerplexity());
    assertEquals(
        result.outcome().bestScore(), result.dev().perplexity().meanProbability(), "it was kept");
  }

  private static String sha(Path folder) throws Exception {
    return TrainOnce.sha256(folder);
  }

  private List<Path> configs() throws IOException {
    List<Path> all = new ArrayList<>();
    String[][] kinds = {
      {"decoder: {attention: additive, cell: gru, dropout: 0.2}", "encoder: {layerNorm: true}"},
      {
        "decoder: {attention: dot, hidden: [10, 24]}",
        "inputs: [{type: word, dimension: 5}, {type: characters, size: 6}]",
        "encoder: {dropout: {input: 0.2, layer: 0.2, recurrent: 0.2, word: 0.1}}"
      },
      {"decoder: {attention: none, smoothing: 0.1}", "training: {metric: perplexity}"}
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

  @Test
  void aRunThatWasInterruptedEndsInTheSameFile() throws Exception {
    Path config = config("decoder: {dropout: 0.1}");
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
            .transducer(trainer::set, run -> {});
    assertTrue(stopped.isEmpty());
    Training.from(config).out(temp.resolve("parts")).resume().transducer();
    assertEquals(sha(temp.resolve("whole")), sha(temp.resolve("parts")));
    Training again = Training.from(config).out(temp.resolve("parts")).resume();
    assertTrue(again.finishedTransducer().isPresent());
    SluiceException other =
        assertThrows(
            SluiceException.class,
            () ->
                Training.from(config)
                    .set("decoder.beam=2")
                    .out(temp.resolve("parts"))
                    .finishedTransducer());
    assertTrue(other.getMessage().contains("RUN-005"), other.getMessage());
  }

  private String refusal(String... more) throws IOException {
    Path config = config(more);
    return assertThrows(SluiceException.class, () -> Training.from(config).config()).getMessage();
  }

  @Test
  void settingsThatSayNothingToATransducerAreRefused() throws Exception {
    assertTrue(refusal("data: {csv: {text: said}}").contains("data.csv.text"));
    assertTrue(refusal("data: {scheme: bio}").contains("data.scheme"));
    assertTrue(refusal("data: {format: text}").contains("reads pairs from csv"));
    assertTrue(refusal("data: {pairs: null}").contains("needs data.pairs"));
    assertTrue(
        refusal("data: {pairs: {target: {column: said}}}").contains("one column for both sides"));
    assertTrue(
        refusal("data: {pairs: {source: {unit: character}}}", "text: {tokenizer: simple}")
            .contains("both sides of data.pairs are characters"));
    assertTrue(refusal("output: {type: crf}").contains("output.type"));
    assertTrue(refusal("sentence: {pooling: mean}").contains("sentence.pooling"));
    assertTrue(refusal("prediction: {tied: true}").contains("prediction.tied"));
    assertTrue(refusal("training: {metric: f1}").contains("training.metric"));
    assertTrue(refusal("training: {steps: 7}").contains("training.steps"));
    assertTrue(refusal("training: {calibrate: true}").contains("training.calibrate"));
    assertTrue(refusal("inputs: [{type: word}, {type: feature, name: x}]").contains("feature"));
    assertTrue(
        refusal("inputs: [{type: word}, {type: language-model, model: m.safetensors}]")
            .contains("an input of type language-model is for tasks that label"));
    assertTrue(
        refusal("encoder: {layers: 0}", "decoder: {attention: dot}")
            .contains("encoder.layers is 0, but task transduction needs"));
    assertTrue(refusal("decoder: {cell: {type: window}}").contains("a window cannot remember"));
    assertTrue(refusal("samples: {prompt: x}").contains("samples.prompt"));
    assertTrue(refusal("samples: {count: 0, temperature: 0.5}").contains("samples.count is 0"));
    assertTrue(refusal("samples: {count: 1}", "show: []").contains("samples.count"));
    assertTrue(refusal("decoder: {attention: dot, hidden: 25}").contains("decoder.hidden: 24"));
    assertTrue(refusal("decoder: {hidden: [2, 3], layers: 3}").contains("decoder.layers"));
    assertTrue(
        refusal("decoder: {cell: {type: lstm, initialState: learned}}").contains("initialState"));
  }

  @Test
  void settingsOfATransducerAreRefusedElsewhere() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("pos.yaml"),
            """
            task: pos
            data: {format: csv, train: t.csv, dev: d.csv, csv: {tokens: a, tags: b}, pairs: {source: {column: a}, target: {column: b}}}
            decoder: {beam: 2}
            training: {metric: perplexity}
            """);
    String message =
        assertThrows(SluiceException.class, () -> Training.from(file).config()).getMessage();
    for (String key : List.of("data.pairs", "decoder"))
      assertTrue(message.contains(key + " says nothing to task pos"), message);
    assertTrue(message.contains("training.metric is perplexity"), message);
  }

  @Test
  void whatIsForOthersSaysWhatItIsNot() throws Exception {
    Path config = config();
    for (Runnable asked :
        List.<Runnable>of(
            () -> Training.from(config).out(temp.resolve("a")).run(),
            () -> Training.from(config).out(temp.resolve("b")).seeds(List.of(1L, 2L)),
            () -> Training.from(config).out(temp.resolve("c")).folds(3))) {
      SluiceException e = assertThrows(SluiceException.class, asked::run);
      assertTrue(e.getMessage().contains("TRN-019"), e.getMessage());
    }
    Path model = run(config, "run", "training.epochs=1").folder().resolve(TrainingRun.MODEL);
    for (Runnable asked :
        List.<Runnable>of(
            () -> dev.sluice.Tagger.load(model), () -> dev.sluice.LanguageModel.load(model))) {
      SluiceException e = assertThrows(SluiceException.class, asked::run);
      assertTrue(e.getMessage().contains("MOD-030"), e.getMessage());
      assertTrue(e.getMessage().contains("sluice transduce"), e.getMessage());
    }
  }

  @Test
  void whatIsWrongWithTheDataIsNamed() throws Exception {
    Path config = config();
    Files.writeString(temp.resolve("dev.csv"), "said,meant\n");
    assertTrue(
        assertThrows(SluiceException.class, () -> run(config, "run"))
            .getMessage()
            .contains("TRN-010"));
    Files.writeString(temp.resolve("dev.csv"), pairs(0, 3));
    SluiceException e =
        assertThrows(SluiceException.class, () -> run(config, "run", "data.overlap=forbid"));
    assertTrue(e.getMessage().contains("TRN-013"), e.getMessage());
    assertEquals(1, TransductionPreparation.of(Training.from(config).config()).overlaps().size());
  }
}
