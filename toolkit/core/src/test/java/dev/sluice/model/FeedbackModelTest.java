package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.NetworkShape.Feedback;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import dev.sluice.vocabulary.LabelMisses;
import dev.sluice.vocabulary.LookupCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Models that feed back what they say: their files, batches, k best sequences, temperatures and thresholds. */
class FeedbackModelTest {
  private static final List<String> WORDS = List.of("from", "oslo", "to", "new", "delhi", "today");

  private static List<Model> models() {
    List<Model> models = new ArrayList<>();
    for (Activation activation : Activation.values())
      for (boolean recurrent : new boolean[] {false, true})
        for (boolean distribution : new boolean[] {false, true})
          models.add(
              UntrainedModels.of("O", "B-a", "I-a", "B-b", "I-b")
                  .scheme(TagScheme.BIO)
                  .words(WORDS)
                  .feedback(
                      new Feedback(7, activation, recurrent, distribution),
                      distribution ? 1 : 1 + models.size() % 3)
                  .build());
    return models;
  }

  private static List<List<String>> sentences() {
    SplittableRandom random = Seeds.of(822);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<String> words = new ArrayList<>();
      for (int t = 1 + random.nextInt(9); t > 0; t--)
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      sentences.add(words);
    }
    return sentences;
  }

  private static Model again(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelFile(model, "", new TreeMap<>(), List.of()).write(out);
    return ModelFile.read(TensorFile.parse(out.toByteArray(), Location.of("model"))).model();
  }

  @Test
  void theFileKeepsTheShapeTheBeamAndEveryAnswer() throws IOException {
    for (Model model : models()) {
      Model read = again(model);
      assertEquals(model.network().shape(), read.network().shape());
      assertEquals(
          model.outputs().tokens().orElseThrow().beam(),
          read.outputs().tokens().orElseThrow().beam());
      for (List<String> words : sentences()) same(model, read, words);
    }
  }

  @Test
  void aFileWhoseFeedbackLiesIsRefused() throws IOException {
    Model model = models().get(0);
    String[][] lies = {
      {"beam=1", "beam=65", "MOD-028"},
      {"beam=1", "beam=0", "MOD-028"},
      {"beam=1", "beam=2000000000", "MOD-028"},
      {"hidden=7", "hidden=8", "MOD-026"},
      {"hidden=7", "hidden=999999", "MOD-026"},
      {"recurrent=false", "recurrent=true", "MOD-025"},
      {"activation=tanh", "activation=none", "MOD-028"},
      {"distribution=false", "distribution", "MOD-028"}
    };
    for (String[] lie : lies) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new ModelFile(model, "", new TreeMap<>(), List.of()).write(out);
      TensorFile file = TensorFile.parse(out.toByteArray(), Location.of("model"));
      TreeMap<String, String> metadata = new TreeMap<>(file.metadata());
      String key = "network.tokens.feedback", text = metadata.get(key);
      assertTrue(text.contains(lie[0]), text);
      metadata.put(key, text.replace(lie[0], lie[1]));
      TensorFile changed = new TensorFile(file.source(), metadata, file.tensors(), file.sha256());
      SluiceException e = assertThrows(SluiceException.class, () -> ModelFile.read(changed));
      assertEquals(lie[2], e.problems().get(0).code(), lie[1]);
    }
  }

  private static void same(Model model, Model other, List<String> words) {
    Prediction.Tokens expected = tokens(model, words), found = tokens(other, words);
    assertArrayEquals(expected.labels(), found.labels());
    assertArrayEquals(expected.all(), found.all());
    assertEquals(expected.spans(), found.spans());
    assertEquals(expected.logProbability(), found.logProbability());
  }

  private static Prediction.Tokens tokens(Model model, List<String> words) {
    return model.predict(words, Map.of(), Detail.ALL).tokens().orElseThrow();
  }

  @Test
  void aSentenceIsLabelledAloneAsAmongOthers() {
    for (Model model : models()) {
      List<List<String>> sentences = sentences();
      List<Map<String, List<String>>> none = new ArrayList<>();
      sentences.forEach(s -> none.add(Map.of()));
      List<Prediction> together = model.predictAll(sentences, none, Detail.ALL, 2);
      for (int i = 0; i < sentences.size(); i++) {
        Prediction.Tokens alone = tokens(model, sentences.get(i));
        Prediction.Tokens found = together.get(i).tokens().orElseThrow();
        assertArrayEquals(alone.labels(), found.labels());
        assertArrayEquals(alone.all(), found.all());
      }
    }
  }

  @Test
  void rankedSequencesAreDifferentLegalAndBehindTheGivenOneInOrder() {
    for (Model model : models()) {
      Tagger tagger = Tagger.of(model);
      for (List<String> words : sentences().subList(0, 10)) {
        List<Tagger.Ranked> ranked = tagger.best(words, 4);
        assertEquals(ranked.size(), ranked.stream().map(Tagger.Ranked::labels).distinct().count());
        assertEquals(tagger.tag(words).labels(), ranked.get(0).labels());
        double before = Double.POSITIVE_INFINITY;
        for (Tagger.Ranked r : ranked) {
          int[] ids = r.labels().stream().mapToInt(model.tokenLabels()::indexOf).toArray();
          assertTrue(model.moves().legal(ids, ids.length), r::toString);
          assertTrue(r.logProbability() <= before + 1e-9, ranked::toString);
          if (r != ranked.get(0)) before = r.logProbability();
          double product = 1;
          for (double p : r.probabilities()) product *= p;
          assertEquals(Math.exp(r.logProbability()), product, 1e-6);
        }
      }
    }
  }

  @Test
  void onlyDistributionsThatAreFedBackHaveAnEntropy() {
    for (Model model : models()) {
      boolean follows = model.network().followsLabels();
      assertEquals(!follows, tokens(model, WORDS).entropy().isPresent());
    }
  }

  @Test
  void aSpanBelowItsThresholdIsHeldBack() {
    int held = 0;
    for (Model model : models()) {
      Model careful =
          model.withOutputs(
              model
                  .outputs()
                  .withThresholds(new TreeMap<>(Map.of("a", 0.9, "b", 0.0)), new TreeMap<>()));
      for (List<String> words : sentences()) {
        Tagged tagged = Tagger.of(careful).tag(words);
        held += tagged.rejected().size();
        for (Slot slot : tagged.slots())
          assertTrue(slot.type().equals("b") || slot.confidence() >= 0.9, tagged::toString);
      }
    }
    assertTrue(held > 0);
  }

  @Test
  void aTemperatureMakesTheRightSequencesMoreProbable() {
    SplittableRandom random = Seeds.of(823);
    for (Model model : models()) {
      List<Example> gold = new ArrayList<>();
      for (List<String> words : sentences()) {
        List<String> tags =
            new ArrayList<>(model.tags(model.predict(words, Map.of(), Detail.LABELS)));
        if (random.nextInt(3) == 0) tags.replaceAll(tag -> "O");
        Example e = model.encode(gold.size(), words, Map.of(), new LookupCounts());
        gold.add(model.withLabels(e, tags, List.of(), new LabelMisses()));
      }
      try (Workers workers = new Workers(2)) {
        Example[] examples = gold.toArray(Example[]::new);
        TemperatureFit fit = Temperatures.fit(model, examples, workers).tokens().orElseThrow();
        assertEquals(gold.size(), fit.cases());
        assertTrue(fit.mistakes() > 0 && fit.after() <= fit.before(), fit::toString);
      }
    }
  }
}
