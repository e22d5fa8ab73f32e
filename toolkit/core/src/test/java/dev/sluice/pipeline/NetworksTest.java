package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Scores;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.network.Block;
import dev.sluice.network.Parameters;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with every input, every output and several at once: they train, are saved and loaded, and one seed gives one file. */
class NetworksTest {
  private static final String WORD = "inputs: [{type: word, dimension: 4}]";
  private static final String SIGMOID =
      "sentence: {type: sigmoid, pooling: attention, balance: 0.5, smoothing: 0.05}";

  /** All inputs and what can be said of outputs; an input reads the file of vectors and one the list of places. */
  private static final String[] RICH = {
    "task: joint",
    "inputs:",
    "  - {type: word, dimension: 4}",
    "  - {type: characters, dimension: 3, size: 4}",
    "  - {type: casing, dimension: 2}",
    "  - {type: shape, dimension: 2}",
    "  - {type: prefix, length: 2, dimension: 2}",
    "  - {type: suffix, length: 2, dimension: 2}",
    "  - {type: suffix, length: 3, dimension: 3}",
    "  - {type: feature, name: kind, dimension: 2}",
    "  - {type: gazetteer, file: places.txt, dimension: 2}",
    "  - {type: vectors, file: vectors.txt, mode: delta}",
    "  - {type: vectors, file: vectors.txt, mode: tuned, keep: whole}",
    "output: {type: crf, scheme: bioes, smoothing: 0.1, balance: 0.3, classWeights: [{label: city, weight: 2}], lossWeight: 0.7}",
    SIGMOID,
    "vocabulary: {unknownRate: 0.3}"
  };

  @TempDir Path temp;
  private int runs;

  /** A folder with train, dev, a list of places, a file of vectors and a config; the network comes from the test. */
  private Path corpus(String folder, String... yaml) throws IOException {
    StringBuilder csv = new StringBuilder("tokens,tags,intent,kind\n");
    String[] cities = {"Oslo", "New Delhi", "Rome", "Porto", "lima", "Cairo"};
    String[] tags = {"B-city", "B-city I-city", "B-city", "B-city", "B-city", "B-city"};
    String[] kinds = {"N", "N N", "N", "N", "N", "N"};
    for (int i = 0; i < 24; i++) {
      int city = i % 6;
      String asked = i % 4 == 3 ? "flight fare" : i % 2 == 0 ? "flight" : "fare";
      csv.append("a " + asked + " to " + cities[city] + (i % 3 == 0 ? " on May " + i : ""));
      csv.append(",O" + " O".repeat(asked.split(" ").length) + " O " + tags[city]);
      csv.append(i % 3 == 0 ? " O B-day I-day" : "");
      csv.append("," + asked.replace(' ', '#'));
      csv.append(",D" + " N".repeat(asked.split(" ").length) + " P " + kinds[city]);
      csv.append(i % 3 == 0 ? " P N M\n" : "\n");
    }
    Map<String, String> files = new TreeMap<>();
    files.put("train.csv", csv.toString());
    files.put("dev.csv", csv.toString());
    files.put("places.txt", PLACES);
    files.put("vectors.txt", VECTORS);
    String start =
        "data:\n  format: csv\n  train: train.csv\n  dev: dev.csv\n  overlap: ignore\n"
            + "  csv: {tokens: tokens, tags: tags, intent: intent}\n  intentSeparator: '#'\n"
            + "  features: [{name: kind, column: kind}]\n"
            + "encoder: {hidden: 6, dropout: {word: 0.1, input: 0.1, layer: 0.2}}\n"
            + "training: {epochs: 3, batch: 8, seed: 3, threads: 1, optimizer: {type: adam, rate: 0.02}}\n";
    return TinyRun.write(temp.resolve(folder), files, start + String.join("\n", yaml) + "\n");
  }

  private static final String PLACES = "Oslo\tcity\nNew Delhi\tcity\nRome\tcity\nBerlin\tcity\n";
  private static final String VECTORS =
      """
      a 0.5 -0.25 1
      flight -1 0.125 0.5
      fare 0.75 1 -0.5
      to 0.25 0.5 0.125
      on -0.5 -0.5 0.75
      oslo 1 1 1
      Rome 1 0.75 1
      Berlin 1 0.5 1
      """;

  private TrainingRun.Result run(Path config, String... settings) {
    Training training = Training.from(config).environment(Map.of());
    training.out(temp.resolve("run-" + runs++));
    for (String setting : settings) training.set(setting);
    return training.run();
  }

  private static List<String> labels(Model model, Sentence s) {
    if (!model.labelsTokens())
      return Classifier.of(model).classify(s.words(), s.features()).labels();
    Tagged tagged = Tagger.of(model).tag(s.words(), s.features());
    List<String> all = new java.util.ArrayList<>(tagged.labels());
    tagged.intent().ifPresent(found -> all.addAll(found.labels()));
    return all;
  }

  /** Trains with one thread and with two, and opens what was saved. */
  private TrainingRun.Result check(Path config) throws Exception {
    TrainingRun.Result one = run(config), two = run(config, "training.threads=2");
    assertEquals(TrainOnce.sha256(one.folder()), TrainOnce.sha256(two.folder()));
    ModelFile file = ModelFile.read(one.folder().resolve(TrainingRun.MODEL));
    assertEquals(List.of(), file.checkExamples(Location.of("model")));
    assertFalse(file.examples().isEmpty());
    for (Sentence s : Preparation.of(Training.from(config).config()).dev().sentences())
      assertEquals(labels(one.model(), s), labels(file.model(), s));
    var history = one.outcome().history();
    assertTrue(history.get(history.size() - 1).loss() < history.get(0).loss(), history.toString());
    return one;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: casing, dimension: 3}",
        "{type: shape, dimension: 3}",
        "{type: prefix, length: 2, dimension: 3}",
        "{type: suffix, length: 2, dimension: 3}",
        "{type: feature, name: kind, dimension: 3}",
        "{type: gazetteer, file: places.txt, dimension: 3}",
        "{type: vectors, file: vectors.txt, mode: frozen}",
        "{type: vectors, file: vectors.txt, mode: tuned}",
        "{type: vectors, file: vectors.txt, mode: delta}",
        "{type: vectors, file: vectors.txt, mode: frozen, keep: whole}",
        "{type: characters, dimension: 3, size: 5}"
      })
  void everyInputAloneTrainsAndIsSaved(String input) throws Exception {
    check(corpus("corpus", "task: slots", "inputs: [" + input + "]"));
  }

  private static long weights(Model model, String name) {
    Parameters p = model.network().parameters();
    for (Parameters.Table t : p.all()) {
      Block b = t.block();
      if (!b.name().equals(name)) continue;
      long different = 0;
      for (float w : b.unpadded(t.values())) if (w != 0) different++;
      return different;
    }
    throw new IllegalArgumentException("no weights are called " + name);
  }

  @Test
  void aCrfLearnsItsMoves() throws Exception {
    TrainingRun.Result result = check(corpus("corpus", "task: slots", WORD, "output: {type: crf}"));
    assertTrue(result.model().network().chain().isPresent());
    assertTrue(weights(result.model(), "tokens.transition") > 10);
    assertEquals(5, weights(result.model(), "tokens.start") + constrainedAtStart(result.model()));
    TrainingRun.Result free =
        check(corpus("free", "task: slots", WORD, "output: {type: crf, constraints: false}"));
    assertEquals(25, weights(free.model(), "tokens.transition"));
    assertNotEquals(TrainOnce.sha256(result.folder()), TrainOnce.sha256(free.folder()));
  }

  /** Labels that may not begin a sentence have no use for a weight. */
  private static long constrainedAtStart(Model model) {
    return model.tokenLabels().stream().filter(l -> l.startsWith("I-")).count();
  }

  @Test
  void plainLabelsMayHaveACrfToo() throws Exception {
    TrainingRun.Result result =
        check(
            corpus(
                "corpus",
                "task: pos",
                WORD,
                "output: {type: crf, smoothing: 0.1, classWeights: [{label: O, weight: 0.5}]}"));
    assertEquals(TagScheme.PLAIN, result.model().scheme());
  }

  @Test
  void tokensAreLearnedBySquaredErrorToo() throws Exception {
    Path config =
        corpus("corpus", "task: slots", WORD, "output: {type: softmax, loss: squared-error}");
    check(config);
    TrainingRun.Result squared =
        run(config, "training.epochs=60", "training.patience=60", "encoder.hidden=16");
    assertEquals("100.00", squared.dev().headline().percent());
    Path other = corpus("other", "task: slots", WORD, "output: {type: softmax}");
    assertFalse(
        Arrays.equals(
            run(config).model().network().parameters().dense(),
            run(other).model().network().parameters().dense()));
  }

  @Test
  void spansAreSpelledInTheSchemeThatIsAskedFor() throws Exception {
    TrainingRun.Result result =
        check(corpus("corpus", "task: slots", WORD, "output: {scheme: bioes}"));
    assertEquals(TagScheme.BIOES, result.model().scheme());
    assertEquals(
        List.of("O", "B-city", "B-day", "E-city", "E-day", "S-city"), result.model().tokenLabels());
  }

  @Test
  void classWeightsChangeWhatIsLearnedAndMustNameALabel() throws Exception {
    Path plain = corpus("plain", "task: slots", WORD);
    Path weighted =
        corpus(
            "weighted",
            "task: slots",
            WORD,
            "output: {balance: 0.5, classWeights: [{label: day, weight: 3}, {label: O, weight: 0.5}]}");
    assertNotEquals(
        TrainOnce.sha256(run(plain).folder()), TrainOnce.sha256(check(weighted).folder()));
    for (String wrong : List.of("output", "sentence")) {
      Path config =
          corpus(
              "wrong-" + wrong,
              "task: joint",
              WORD,
              wrong + ": {classWeights: [{label: town, weight: 2}]}");
      SluiceException refused = assertThrows(SluiceException.class, () -> run(config));
      assertTrue(
          refused.getMessage().startsWith("error[TRN-014] " + config + ":")
              && refused.getMessage().contains("\"town\""),
          refused.getMessage());
    }
  }

  @Test
  void slotsAndAnIntentAreLearnedAtOnce() throws Exception {
    Path config = corpus("corpus", "task: joint", WORD, "output: {type: crf, lossWeight: 2}");
    TrainingRun.Result result = check(config);
    assertEquals(List.of("fare", "flight", "flight#fare"), result.model().sentenceLabels());
    Scores dev = result.dev();
    assertEquals(24, dev.intentAccuracy().whole());
    assertTrue(dev.intentAnyMatch().part() >= dev.intentAccuracy().part());
    TrainingRun.Result learned =
        run(
            config,
            "training.epochs=60",
            "training.patience=60",
            "training.metric=sentence-accuracy",
            "encoder.hidden=16");
    assertEquals("100.00", learned.dev().sentenceAccuracy().percent());
  }

  @Test
  void severalIntentsAreLearnedAsOneEachOrTheFirstOfThem() throws Exception {
    Path several = corpus("several", "task: joint", WORD, SIGMOID);
    TrainingRun.Result result = check(several);
    assertEquals(List.of("fare", "flight"), result.model().sentenceLabels());
    TrainingRun.Result learned =
        run(
            several,
            "training.epochs=60",
            "training.patience=60",
            "training.metric=intent-accuracy",
            "encoder.hidden=16");
    assertEquals("100.00", learned.dev().intentAccuracy().percent());
    TrainingRun.Result first =
        check(corpus("first", "task: classify", WORD, "sentence: {several: first}"));
    assertEquals(List.of("fare", "flight"), first.model().sentenceLabels());
    assertTrue(first.dev().intentAnyMatch().part() > 0);
  }

  @Test
  void everythingAtOnceIsOneFileForAnyThreads() throws Exception {
    TrainingRun.Result result = check(corpus("corpus", RICH));
    // letters are no channel; corrections of vectors are an input of their own
    assertEquals(11, result.model().inputs().channels().size());
    assertEquals(12, result.model().network().shape().inputs().size());
    assertEquals(
        TrainOnce.sha256(result.folder()),
        TrainOnce.sha256(run(corpus("again", RICH), "training.threads=4").folder()),
        "wherever the files are");
  }

  /** Names of features are the user's: with blanks, as long as he likes, alike but for what a file's names can hold. */
  @Test
  void inputsMayBeAlikeAndFeaturesMayHaveAnyName() throws Exception {
    String odd = "part of 100%20 speech = ü", other = "part_of_100%20_speech = u";
    String longest = "x".repeat(400);
    StringBuilder features = new StringBuilder();
    StringBuilder inputs = new StringBuilder("inputs:\n  - {type: suffix, dimension: 2}\n");
    for (String name : List.of(odd, other, longest, longest + "y")) {
      features.append(features.isEmpty() ? "" : ", ");
      features.append("{name: '" + name + "', column: kind}");
      inputs.append("  - {type: feature, name: '" + name + "', dimension: 2}\n");
    }
    inputs.append("  - {type: suffix, dimension: 3}\n  - {type: suffix, dimension: 3}\n");
    inputs.append("  - {type: feature, name: '" + odd + "', dimension: 2}\n");
    Path config = corpus("corpus", "task: slots", inputs.toString());
    Files.writeString(
        config,
        Files.readString(config).replace("[{name: kind, column: kind}]", "[" + features + "]"));
    Model model = check(config).model();
    assertEquals(List.of(odd, other, longest, longest + "y"), model.inputs().features());
  }

  private void stopped(Path config, Path folder, int batches) {
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    TrainingListener stopper =
        new TrainingListener() {
          private int seen;

          @Override
          public void batch(int epoch, double share, double loss, double tokensPerSecond) {
            if (++seen == batches) trainer.get().stop();
          }
        };
    assertTrue(
        Training.from(config)
            .environment(Map.of())
            .out(folder)
            .listener(stopper)
            .run(trainer::set, run -> {})
            .isEmpty());
  }

  private static TrainingRun.Result goOn(Path config, Path folder, String... settings) {
    Training training = Training.from(config).environment(Map.of()).out(folder).resume();
    for (String setting : settings) training.set(setting);
    return training.run();
  }

  /** Also with the files of inputs moved in the meantime. */
  @Test
  void aRunThatIsStoppedAndResumedGivesTheBytesOfAnUninterruptedOne() throws Exception {
    Path config = corpus("corpus", RICH);
    String expected = TrainOnce.sha256(run(config).folder());
    for (int batches : new int[] {1, 3, 4, 8}) { // 3 per epoch
      Path folder = temp.resolve("stopped-" + batches);
      stopped(config, folder, batches);
      goOn(config, folder);
      assertEquals(expected, TrainOnce.sha256(folder), "stopped after batch " + batches);
    }
    Path moved = temp.resolve("moved");
    stopped(config, moved, 2);
    Path elsewhere = corpus("elsewhere", RICH);
    Files.delete(config.resolveSibling("places.txt"));
    Files.delete(config.resolveSibling("vectors.txt"));
    goOn(elsewhere, moved);
    assertEquals(expected, TrainOnce.sha256(moved));
  }

  @Test
  void aListOrAFileOfVectorsThatChangedIsRefusedOnResume() throws Exception {
    Path config = corpus("corpus", RICH);
    for (String name : List.of("places.txt", "vectors.txt")) {
      Path folder = temp.resolve("changed-" + name);
      Path file = config.resolveSibling(name);
      String before = Files.readString(file);
      stopped(config, folder, 2);
      Files.writeString(file, before.replace("Rome", "Bern"));
      SluiceException refused = assertThrows(SluiceException.class, () -> goOn(config, folder));
      assertTrue(
          refused.getMessage().contains("TRN-003") && refused.getMessage().contains("inputs."),
          refused.getMessage());
      Files.writeString(file, before);
      goOn(config, folder);
    }
  }

  @Test
  void aModelNeedsNoFileBesideItAndNamesThoseItCameFromWithoutTheirPlace() throws Exception {
    Path config = corpus("somewhere", RICH);
    TrainingRun.Result result = run(config);
    Path model = result.folder().resolve(TrainingRun.MODEL);
    Sentence s = Preparation.of(Training.from(config).config()).dev().sentences().get(0);
    Tagged before = Tagger.of(result.model()).tag(s.words(), s.features());
    for (String name : List.of("places.txt", "vectors.txt", "train.csv", "dev.csv"))
      Files.delete(config.resolveSibling(name));
    ModelFile file = ModelFile.read(model);
    assertEquals(before, Tagger.of(file.model()).tag(s.words(), s.features()));
    assertTrue(file.config().contains("file: places.txt"), file.config());
    assertTrue(file.config().contains("file: vectors.txt"), file.config());
    assertFalse(file.config().contains("somewhere"), file.config());
    assertEquals(64, file.provenance().get("inputs.8.sha256").length());
    assertEquals(64, file.provenance().get("inputs.9.sha256").length());
  }
}
