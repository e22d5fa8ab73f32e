package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Slot;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.kernel.Workers;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.TemperatureFit;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import dev.sluice.vocabulary.LabelMisses;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.LookupCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What temperatures and thresholds do to the answers of a model, and that its file keeps them. */
class CalibratedModelTest {
  private static final List<String> WORDS = List.of("from", "oslo", "to", "new", "delhi", "today");
  private static final Model TAGGER =
      UntrainedModels.of("O", "B-a", "I-a", "B-b", "I-b")
          .scheme(TagScheme.BIO)
          .words(WORDS)
          .build();
  private static final Model CLASSIFIER =
      UntrainedModels.of("x", "y", "z").perSentence().words(WORDS).build();

  private static List<List<String>> sentences() {
    SplittableRandom random = Seeds.of(811);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> words = new ArrayList<>();
      for (int t = 1 + random.nextInt(9); t > 0; t--)
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      sentences.add(words);
    }
    return sentences;
  }

  private static Model at(Model model, double temperature) {
    return model.withOutputs(model.outputs().withTemperatures(temperature, temperature));
  }

  private static SortedMap<String, Double> thresholds(double a, double b) {
    return new TreeMap<>(Map.of("a", a, "b", b));
  }

  private static Model holdingBack(double a, double b) {
    return TAGGER.withOutputs(TAGGER.outputs().withThresholds(thresholds(a, b), new TreeMap<>()));
  }

  private static Model rejecting(double x, double y, double z) {
    return CLASSIFIER.withOutputs(
        CLASSIFIER
            .outputs()
            .withThresholds(new TreeMap<>(), new TreeMap<>(Map.of("x", x, "y", y, "z", z))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 2, 20})
  void aTemperatureChangesProbabilitiesAndNoAnswer(double temperature) {
    Tagger tagger = Tagger.of(TAGGER), other = Tagger.of(at(TAGGER, temperature));
    Classifier classifier = Classifier.of(CLASSIFIER),
        otherClassifier = Classifier.of(at(CLASSIFIER, temperature));
    double before = 0, after = 0;
    for (List<String> words : sentences()) {
      Tagged one = tagger.tag(words), changed = other.tag(words);
      assertEquals(one.labels(), changed.labels());
      before += one.probability();
      after += changed.probability();
      assertEquals(
          tagger.best(words, 4).stream().map(Tagger.Ranked::labels).toList(),
          other.best(words, 4).stream().map(Tagger.Ranked::labels).toList());
      assertEquals(classifier.classify(words).label(), otherClassifier.classify(words).label());
    }
    if (temperature < 1) assertTrue(after > before);
    else assertTrue(after < before);
  }

  @Test
  void theProbabilityOfASentenceIsThatOfItsBestSequence() {
    Tagger tagger = Tagger.of(at(TAGGER, 1.7));
    for (List<String> words : sentences())
      assertEquals(
          Math.exp(tagger.best(words, 1).get(0).logProbability()),
          tagger.tag(words).probability(),
          1e-12);
    assertEquals(1, tagger.tag(List.of()).probability());
  }

  @Test
  void aSpanBelowItsThresholdIsHeldBackAndCanBeSeen() {
    Tagger all = Tagger.of(TAGGER), strict = Tagger.of(holdingBack(0.5, 0));
    int rejected = 0;
    for (List<String> words : sentences()) {
      Tagged given = all.tag(words), some = strict.tag(words);
      List<Slot> expected =
          given.slots().stream()
              .filter(s -> s.type().equals("b") || s.confidence() >= 0.5)
              .toList();
      List<Slot> heldBack = given.slots().stream().filter(s -> !expected.contains(s)).toList();
      assertEquals(expected, some.slots());
      assertEquals(heldBack, some.rejected());
      List<String> labels = new ArrayList<>(given.labels());
      for (Slot slot : heldBack)
        Collections.fill(labels.subList(slot.firstToken(), slot.endToken()), "O");
      assertEquals(labels, some.labels());
      assertEquals(given.rejected(), List.of());
      rejected += heldBack.size();
      assertEquals(
          labels,
          strict.model().tags(strict.model().predict(words, Map.of(), Detail.LABELS)),
          "whatever the detail");
    }
    assertTrue(rejected > 0);
  }

  @Test
  void aTokenOfASpanHeldBackHasTheProbabilityOfO() {
    Model model = holdingBack(1, 1);
    for (List<String> words : sentences()) {
      Tagged tagged = Tagger.of(model).tagWithScores(words);
      for (int t = 0; t < words.size(); t++) {
        assertEquals("O", tagged.labels().get(t));
        assertEquals(tagged.scores().get(t).get("O"), tagged.probabilities().get(t));
      }
    }
  }

  @Test
  void aLabelBelowItsThresholdIsRejectedAndCanBeSeen() {
    Classifier strict = Classifier.of(rejecting(0.6, 0, 1));
    int rejected = 0;
    for (List<String> words : sentences()) {
      Classified all = Classifier.of(CLASSIFIER).classify(words), some = strict.classify(words);
      assertTrue(all.accepted());
      assertEquals(all.label(), some.label());
      assertEquals(all.scores(), some.scores());
      double threshold = Map.of("x", 0.6, "y", 0.0, "z", 1.0).get(all.label());
      assertEquals(all.confidence() >= threshold, some.accepted());
      if (!some.accepted()) rejected++;
    }
    assertTrue(rejected > 0);
  }

  /** Of several labels those that reach their thresholds are given; when none does, all are there to be seen. */
  @Test
  void ofSeveralLabelsOnlyTheProbableOnesAreAccepted() {
    Outputs.Sentence one = CLASSIFIER.outputs().sentence().orElseThrow();
    Outputs.Sentence several = new Outputs.Sentence(one.labels(), true, Optional.of("#"));
    Model all = CLASSIFIER.withOutputs(new Outputs(Optional.empty(), Optional.of(several)));
    SortedMap<String, Double> thresholds = new TreeMap<>(Map.of("x", 0.9, "y", 0.0, "z", 0.9));
    Model strict = all.withOutputs(all.outputs().withThresholds(new TreeMap<>(), thresholds));
    for (List<String> words : sentences()) {
      Prediction.Sentence given =
          all.predict(words, Map.of(), Detail.LABELS).sentence().orElseThrow();
      Prediction.Sentence some =
          strict.predict(words, Map.of(), Detail.LABELS).sentence().orElseThrow();
      int[] kept =
          Arrays.stream(given.labels())
              .filter(j -> given.probabilities()[j] >= thresholds.get(several.labels().label(j)))
              .toArray();
      assertEquals(kept.length > 0, some.accepted());
      assertArrayEquals(kept.length > 0 ? kept : given.labels(), some.labels());
    }
  }

  private static byte[] bytes(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelFile(model, "task: slots\n", new TreeMap<>(), List.of()).write(out);
    return out.toByteArray();
  }

  private static Outputs saved(Model model) throws IOException {
    return ModelFile.read(TensorFile.parse(bytes(model), Location.of("model"))).model().outputs();
  }

  @Test
  void theFileKeepsTemperaturesAndThresholds() throws IOException {
    Outputs.Tokens tokens = saved(at(holdingBack(0.123456, 1), 1.0834)).tokens().orElseThrow();
    assertEquals(1.0834, tokens.temperature());
    assertEquals(thresholds(0.123456, 1), tokens.thresholds());
    Outputs.Sentence sentence = saved(at(rejecting(0, 0.5, 0.999999), 20)).sentence().orElseThrow();
    assertEquals(20, sentence.temperature());
    assertEquals(Map.of("x", 0.0, "y", 0.5, "z", 0.999999), sentence.thresholds());
    assertFalse(saved(TAGGER).holdsBack());
    assertFalse(saved(CLASSIFIER).rejects());
  }

  @Test
  void aFileFromBeforeThereWasCalibrationHasTemperatureOne() throws IOException {
    TensorFile file = TensorFile.parse(bytes(TAGGER), Location.of("model"));
    assertTrue(file.metadata().get("network.tokens").endsWith(" temperature=1"));
    Outputs old = reread(file, " temperature=1", "", List.of());
    assertEquals(1, old.tokens().orElseThrow().temperature());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0.04", "20.1", "-1", "1e1", "NaN", "1.00001", "01", "1,5", "", "Infinity"})
  void anImpossibleTemperatureIsRefused(String text) throws IOException {
    TensorFile file = TensorFile.parse(bytes(TAGGER), Location.of("model"));
    SluiceException damaged =
        assertThrows(
            SluiceException.class,
            () -> reread(file, " temperature=1", " temperature=" + text, List.of()));
    assertEquals("MOD-028", damaged.problems().get(0).code());
  }

  @ParameterizedTest
  @CsvSource({"0.5 1.5, MOD-028", "-0.1 0.5, MOD-028", "0.5, MOD-026", "0.5 0.5 0.5, MOD-026"})
  void impossibleThresholdsAreRefused(String numbers, String code) throws IOException {
    double[] values = Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
    TensorFile file = TensorFile.parse(bytes(TAGGER), Location.of("model"));
    Tensor thresholds = Tensor.doubles("thresholds.spans", values, values.length);
    SluiceException damaged =
        assertThrows(SluiceException.class, () -> reread(file, "", "", List.of(thresholds)));
    assertEquals(code, damaged.problems().get(0).code());
  }

  private static Outputs reread(TensorFile file, String from, String to, List<Tensor> more)
      throws IOException {
    SortedMap<String, String> metadata = new TreeMap<>();
    file.metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith("network.") || key.startsWith("text.") || key.equals("task"))
                metadata.put(key, value.replace(from, to));
            });
    List<Tensor> tensors = new ArrayList<>(file.tensors().values());
    tensors.addAll(more);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorFile.write(out, tensors, metadata);
    TensorFile again = TensorFile.parse(out.toByteArray(), Location.of("model"));
    return ModelFile.read(again).model().outputs();
  }

  @Test
  void thresholdsThatDoNotFitAreRefused() {
    Outputs outputs = TAGGER.outputs();
    SortedMap<String, Double> none = new TreeMap<>();
    assertThrows(
        IllegalArgumentException.class,
        () -> outputs.withThresholds(new TreeMap<>(Map.of("a", 0.5)), none));
    assertThrows(
        IllegalArgumentException.class, () -> outputs.withThresholds(thresholds(2, 0), none));
    Outputs.Tokens withoutO =
        new Outputs.Tokens(LabelVocabulary.of(List.of("B-a", "I-a")), TagScheme.BIO, true);
    assertThrows(
        IllegalArgumentException.class,
        () -> withoutO.withThresholds(new TreeMap<>(Map.of("a", 0.5))));
    assertThrows(IllegalArgumentException.class, () -> outputs.withTemperatures(0, 1));
  }

  /** Unknown tags and moves that the scheme forbids cannot be fitted on; they are counted. */
  @Test
  void whatTheModelCannotGiveIsLeftOutOfTheFit() {
    List<String> words = List.of("from", "oslo");
    List<List<String>> tags =
        List.of(
            List.of("O", "B-a"),
            List.of("B-b", "I-b"),
            List.of("O", "B-unseen"),
            List.of("O", "I-a"),
            List.of("B-b", "B-a"));
    Example[] gold = new Example[tags.size()];
    for (int i = 0; i < gold.length; i++) {
      Example bare = TAGGER.encode(i, words, Map.of(), new LookupCounts());
      gold[i] = TAGGER.withLabels(bare, tags.get(i), List.of(), new LabelMisses());
    }
    try (Workers one = new Workers(1);
        Workers three = new Workers(3)) {
      Temperatures found = Temperatures.fit(TAGGER, gold, one);
      assertEquals(3, found.tokens().orElseThrow().cases());
      assertEquals(2, found.tokens().orElseThrow().leftOut());
      assertEquals(Optional.empty(), found.sentence());
      assertEquals(found, Temperatures.fit(TAGGER, gold, three));
      Outputs outputs = found.in(TAGGER.outputs());
      assertEquals(
          found.tokens().orElseThrow().temperature(), outputs.tokens().orElseThrow().temperature());
    }
  }

  @Test
  void aSentenceWithAnUnknownLabelIsLeftOutOfTheFit() {
    Example[] gold = new Example[3];
    for (int i = 0; i < gold.length; i++) {
      Example bare =
          CLASSIFIER.encode(i, List.of("to", WORDS.get(i)), Map.of(), new LookupCounts());
      List<String> intents = i == 1 ? List.of("unseen") : List.of("y");
      gold[i] = CLASSIFIER.withLabels(bare, List.of(), intents, new LabelMisses());
    }
    try (Workers one = new Workers(1)) {
      TemperatureFit fit = Temperatures.fit(CLASSIFIER, gold, one).sentence().orElseThrow();
      assertEquals(2, fit.cases());
      assertEquals(1, fit.leftOut());
    }
  }

  @Test
  void ofTooManyScoresEveryNthSentenceIsTaken() {
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 10; i++)
      all.add(CLASSIFIER.encode(i, List.of("to"), Map.of(), new LookupCounts()));
    assertEquals(10, Temperatures.some(all, 100, 100).length);
    Example[] some = Temperatures.some(all, 100, 40);
    assertEquals(List.of(0L, 3L, 6L, 9L), Arrays.stream(some).map(Example::id).toList());
    assertEquals(1, Temperatures.some(all, 1_000_000, 1).length);
    assertEquals(0, Temperatures.some(List.of(), 0, 1).length);
    assertNotEquals(0, Temperatures.MOST);
  }
}
