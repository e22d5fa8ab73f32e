package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.TaggerStream;
import dev.sluice.Training;
import dev.sluice.batch.Passage;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.TextScorer;
import dev.sluice.network.Parameters;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import dev.sluice.vocabulary.LookupCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of taggers that read with language models: they train, are saved and loaded, one seed gives one file, and the language model is no longer needed. */
class LanguageInputTest {
  private static final String[] PLACES = {"oslo", "New Delhi", "rome", "Bern", "lima"};

  @TempDir static Path shared;
  @TempDir Path temp;
  private int runs;

  /** Language models of words and of characters; they look words up in lower case, which the taggers do not. */
  @BeforeAll
  static void trainLanguageModels() throws IOException {
    for (String unit : List.of("word", "character")) {
      Path config =
          corpus(
              shared.resolve(unit),
              "task: language-model",
              "data: {text: {unit: " + unit + "}}",
              "text: {normalize: [lowercase]}",
              "encoder: {cell: [lstm, gru], hidden: [6, 5], connection: residual}");
      Training.from(config).out(shared.resolve(unit + "-run")).languageModel();
    }
  }

  private static Path model(String unit) {
    return shared.resolve(unit + "-run").resolve(TrainingRun.MODEL);
  }

  private static Path corpus(Path folder, String... yaml) throws IOException {
    StringBuilder conll = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      conll.append(i % 3 == 0 ? "A O\ntrain O\n" : "a O\nFlight O\n").append("to O\n");
      String[] place = PLACES[i % 5].split(" ");
      for (int t = 0; t < place.length; t++)
        conll.append(place[t]).append(t == 0 ? " B-city\n" : " I-city\n");
      conll.append(i % 4 == 0 ? "please O\n\n" : "\n");
    }
    String base =
        """
        data: {format: conll, train: train.conll, dev: train.conll}
        inputs: [{type: word, dimension: 4}]
        encoder: {hidden: 6, bidirectional: false}
        training: {epochs: 3, batch: 8, seed: 3, threads: 1, optimizer: {type: adam, rate: 0.02}}
        """;
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("base.yaml"), base);
    return TinyRun.write(
        folder,
        Map.of("train.conll", conll.toString()),
        "extends: base.yaml\n" + String.join("\n", yaml) + "\n");
  }

  private Path tagger(String name, String inputs, String... yaml) throws IOException {
    for (String unit : List.of("word", "character")) {
      Path copy = temp.resolve(name).resolve(unit + ".safetensors");
      Files.createDirectories(copy.getParent());
      Files.copy(model(unit), copy);
    }
    return corpus(
        temp.resolve(name),
        "task: slots",
        "data: {overlap: ignore}",
        "inputs: [" + inputs + "]",
        "output: {type: softmax, constraints: false}",
        String.join("\n", yaml));
  }

  private TrainingRun.Result run(Path config, String... settings) {
    Training training = Training.from(config).environment(Map.of());
    training.out(temp.resolve("run-" + runs++));
    for (String setting : settings) training.set(setting);
    return training.run();
  }

  private static String states(String unit, boolean tuned) {
    return "{type: language-model, model: " + unit + ".safetensors, tuned: " + tuned + "}";
  }

  /** Trains with one thread, and with two on kernels that are chosen anew, and opens what was saved when the language model is gone. */
  private TrainingRun.Result check(Path config) throws Exception {
    TrainingRun.Result one = run(config), two = run(config, "training.threads=2");
    assertEquals(TrainOnce.sha256(one.folder()), TrainOnce.sha256(two.folder()));
    Files.delete(config.resolveSibling("word.safetensors"));
    Files.delete(config.resolveSibling("character.safetensors"));
    ModelFile file = ModelFile.read(one.folder().resolve(TrainingRun.MODEL));
    assertEquals(List.of(), file.checkExamples(Location.of("model")));
    assertFalse(file.examples().isEmpty());
    Tagger trained = Tagger.of(one.model()), opened = Tagger.of(file.model());
    TaggerStream stream = opened.stream();
    for (List<String> tokens :
        List.of(List.of("a", "flight", "to", "New", "Delhi"), List.of("Nowhere"))) {
      Tagged whole = trained.tag(tokens);
      assertEquals(whole, opened.tag(tokens));
      stream.reset();
      for (int t = 0; t < tokens.size(); t++)
        assertEquals(
            new TaggerStream.Labelled(whole.labels().get(t), whole.probabilities().get(t)),
            stream.next(tokens.get(t)));
    }
    var history = one.outcome().history();
    assertTrue(history.get(history.size() - 1).loss() < history.get(0).loss(), history.toString());
    return one;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word false",
        "word true",
        "character false",
        "character true",
      })
  void statesAloneTrainAndAreSavedWithTheTagger(String kind) throws Exception {
    String unit = kind.split(" ")[0];
    boolean tuned = kind.endsWith("true");
    TrainingRun.Result result = check(tagger("tagger", states(unit, tuned)));
    LanguageModelFile language = LanguageModelFile.read(model(unit));
    Map<String, String> facts =
        ModelFile.read(result.folder().resolve(TrainingRun.MODEL)).provenance();
    assertTrue(facts.get("inputs.0.sha256").matches("[0-9a-f]{64}"));
    assertEquals(facts.get("inputs.0.symbols"), facts.get("inputs.0.symbols.known"));
    int taken = 0;
    for (Parameters.Table own : language.model().network().parameters().all()) {
      if (own.block().name().startsWith("next.")) continue;
      Parameters.Table mine = weights(result.model(), own.block().name());
      float[] before = own.block().unpadded(own.values());
      float[] after = mine.block().unpadded(mine.values());
      if (tuned) assertFalse(Arrays.equals(before, after), own.block().name());
      else assertArrayEquals(before, after, own.block().name());
      taken++;
    }
    assertTrue(taken > 5, taken + " matrices");
  }

  private static Parameters.Table weights(Model model, String name) {
    return model.network().parameters().all().stream()
        .filter(t -> t.block().name().equals("input.language-model." + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void severalStandBesideEachOtherAndBesideOtherInputs() throws Exception {
    String inputs =
        String.join(
            ", ",
            states("word", true),
            "{type: word, encoding: one-hot}",
            states("character", false),
            "{type: characters, dimension: 3, size: 4}",
            states("word", false));
    TrainingRun.Result result = check(tagger("tagger", inputs));
    assertEquals(
        List.of("language-model", "word", "language-model-2", "characters", "language-model-3"),
        result.model().network().shape().inputs().stream().map(i -> i.name()).toList());
  }

  @Test
  void whatALanguageModelReadsOfTokensIsWhatItReadsOfTheirText() throws Exception {
    for (String unit : List.of("word", "character")) {
      SymbolModel language = LanguageModelFile.read(model(unit)).model();
      Path config = tagger(unit, states(unit, false));
      Model model = Preparation.of(Training.from(config).config()).model();
      List<String> tokens = List.of("A", "flight", "to", "Zürich");
      Passage passage = model.encode(7, tokens, Map.of(), new LookupCounts()).passages()[0];
      int[] expected = TextScorer.read(language, language.encode(String.join(" ", tokens)));
      assertArrayEquals(expected, passage.symbols().inputs()[0], unit);
      int[] ends = unit.equals("word") ? new int[] {1, 2, 3, 4} : new int[] {1, 8, 11, 18};
      assertArrayEquals(ends, passage.ends(), unit);
      assertEquals(7, passage.symbols().id());
    }
    Path config = tagger("touching", states("character", false), "text: {tokenizer: character}");
    Model model = Preparation.of(Training.from(config).config()).model();
    Passage passage =
        model.encode(0, List.of("o", "s"), Map.of(), new LookupCounts()).passages()[0];
    assertArrayEquals(new int[] {1, 2}, passage.ends());
  }

  private void stopped(Path config, Path folder) {
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void batch(int epoch, double share, double loss, double tokensPerSecond) {
            if (epoch == 2) trainer.get().stop();
          }
        };
    Training training = Training.from(config).environment(Map.of()).out(folder);
    assertTrue(training.listener(stopper).run(trainer::set, run -> {}).isEmpty());
  }

  /** Also with the language model moved in the meantime, but not with another one. */
  @Test
  void aRunGoesOnWithTheSameLanguageModelAlone() throws Exception {
    String inputs = states("word", true) + ", " + states("character", false);
    Path config = tagger("tagger", inputs);
    String expected = TrainOnce.sha256(run(config).folder());
    Path folder = temp.resolve("stopped");
    stopped(config, folder);
    Path word = config.resolveSibling("word.safetensors");
    Files.delete(word);
    Files.copy(model("character"), word);
    Training other = Training.from(config).environment(Map.of()).out(folder).resume();
    SluiceException refused = assertThrows(SluiceException.class, other::run);
    assertTrue(
        refused.getMessage().contains("TRN-003")
            && refused.getMessage().contains("inputs.0.sha256"),
        refused.getMessage());
    Path moved = tagger("moved", inputs);
    Training.from(moved).environment(Map.of()).out(folder).resume().run();
    assertEquals(expected, TrainOnce.sha256(folder));
  }

  private static Problem refused(Path config) {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> Preparation.of(Training.from(config).environment(Map.of()).config()));
    assertEquals(1, e.problems().size(), e.getMessage());
    return e.problems().get(0);
  }

  @Test
  void whatIsNoLanguageModelIsRefusedWhereTheConfigNamesIt() throws Exception {
    Path config = tagger("tagger", states("word", false));
    Path word = config.resolveSibling("word.safetensors");
    TrainingRun.Result tagger = run(config);
    Files.delete(word);
    Problem missing = refused(config);
    assertEquals("MOD-002", missing.code());
    assertTrue(missing.where().toString().startsWith(config + ":4:"), missing.where().toString());
    assertTrue(missing.what().startsWith("inputs.0.model is "), missing.what());
    Files.copy(tagger.folder().resolve(TrainingRun.MODEL), word);
    Problem labels = refused(config);
    assertEquals("MOD-030", labels.code());
    assertTrue(labels.what().contains("expected a language model"), labels.what());
    Files.writeString(word, "hello");
    assertEquals("MOD-003", refused(config).code());
  }

  @Test
  void aLanguageModelOfAnotherLanguageIsRefused() throws Exception {
    Path config = tagger("tagger", states("word", false));
    Path train = config.resolveSibling("train.conll");
    Files.writeString(train, "ein O\nFlug O\nnach O\noslo B-city\nbitte O\nsehr O\n\n");
    Problem found = refused(config);
    assertEquals("EMB-024", found.code());
    assertTrue(found.what().contains("only 16.67 % of what it reads"), found.what());
  }
}
