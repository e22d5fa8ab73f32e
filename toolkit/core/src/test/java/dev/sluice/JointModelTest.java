package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.TagScheme;
import dev.sluice.model.Model;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Models that label tokens and sentences, and models that read more of a token than its text. */
class JointModelTest {
  private static final List<String> WORDS = List.of("from", "oslo", "to", "rome", "may");
  private static final List<String> KINDS = List.of("N", "P", "V", "?");

  private static UntrainedModels.Recipe joint() {
    return UntrainedModels.of("O", "B-city", "I-city")
        .scheme(TagScheme.BIO)
        .words(WORDS)
        .intents("fare", "flight", "hotel", "weather");
  }

  private static List<String> some(List<String> of, SplittableRandom random, int n) {
    List<String> words = new ArrayList<>();
    for (int t = 0; t < n; t++) words.add(of.get(random.nextInt(of.size())));
    return words;
  }

  @Test
  void aTaggerGivesTheIntentThatAClassifierGives() {
    SplittableRandom random = Seeds.of(631);
    for (Model model : List.of(joint().build(), joint().several().seed(2).chain().build())) {
      Tagger tagger = Tagger.of(model);
      Classifier classifier = Classifier.of(model);
      assertEquals(List.of("fare", "flight", "hotel", "weather"), tagger.intents());
      List<List<String>> sentences = new ArrayList<>();
      for (int i = 0; i < 60; i++) sentences.add(some(WORDS, random, 1 + random.nextInt(8)));
      List<Tagged> all = tagger.tagAllTokens(sentences);
      for (int i = 0; i < sentences.size(); i++) {
        Tagged tagged = tagger.tag(sentences.get(i));
        assertEquals(Optional.of(classifier.classify(sentences.get(i))), tagged.intent());
        assertEquals(tagged, all.get(i));
        assertEquals(tagged.intent(), tagger.tagWithScores(sentences.get(i)).intent());
      }
    }
  }

  @Test
  void aTextWithoutATokenHasNoIntentAndNeitherHasOneOfATaggerAlone() {
    Tagger tagger = Tagger.of(joint().build());
    assertEquals(Optional.empty(), tagger.tag("").intent());
    assertEquals(Optional.empty(), tagger.tagAll(List.of("", "to")).get(0).intent());
    Tagger alone = Tagger.of(UntrainedModels.of("O", "B-x").scheme(TagScheme.BIO).build());
    assertEquals(Optional.empty(), alone.tag("to").intent());
    assertEquals(List.of(), alone.intents());
  }

  /** Every label with at least a probability of one half, the most probable first; where there is none, the most probable one. */
  @Test
  void ofSeveralLabelsThoseThatAreLikelierThanNotAreGiven() {
    SplittableRandom random = Seeds.of(632);
    Set<Integer> counts = new HashSet<>();
    for (long seed = 1; seed < 9; seed++) {
      Classifier classifier = Classifier.of(joint().several().seed(seed).build());
      for (int i = 0; i < 20; i++) {
        Classified found = classifier.classify(some(WORDS, random, 1 + random.nextInt(6)));
        List<String> likely =
            found.scores().entrySet().stream()
                .filter(e -> e.getValue() >= 0.5)
                .map(Map.Entry::getKey)
                .toList();
        String first = found.scores().keySet().iterator().next();
        counts.add(likely.size());
        assertEquals(likely.isEmpty() ? List.of(first) : likely, found.labels());
        assertEquals(first, found.label());
        assertEquals(found.scores().get(first), found.confidence());
        assertEquals(found.labels(), List.copyOf(found.intents().keySet()));
        found.intents().forEach((label, p) -> assertEquals(found.scores().get(label), p));
      }
    }
    assertTrue(counts.containsAll(Set.of(0, 1, 2)), counts.toString());
  }

  private static UntrainedModels.Recipe featured() {
    return joint().feature("kind", "N", "P", "V");
  }

  @Test
  void featuresAreReadInEveryWayOfTagging() {
    SplittableRandom random = Seeds.of(633);
    Tagger tagger = Tagger.of(featured().build());
    Classifier classifier = Classifier.of(tagger.model());
    assertEquals(List.of("kind"), tagger.features());
    assertEquals(List.of("kind"), classifier.features());
    assertEquals(List.of(), Tagger.of(joint().build()).features());
    List<List<String>> sentences = new ArrayList<>();
    List<Map<String, List<String>>> features = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int n = random.nextInt(7);
      sentences.add(some(WORDS, random, n));
      features.add(Map.of("kind", some(KINDS, random, n), "other", List.of()));
    }
    List<Tagged> all = tagger.tagAllTokens(sentences, features);
    Set<List<Double>> different = new HashSet<>();
    for (int i = 0; i < sentences.size(); i++) {
      List<String> words = sentences.get(i);
      Tagged tagged = tagger.tag(words, features.get(i));
      assertEquals(tagged, all.get(i));
      assertEquals(tagged.labels(), tagger.tagWithScores(words, features.get(i)).labels());
      assertEquals(tagged.labels(), tagger.best(words, features.get(i), 1).get(0).labels());
      Classified found = classifier.classify(words, features.get(i));
      if (!words.isEmpty()) assertEquals(Optional.of(found), tagged.intent());
    }
    for (String kind : KINDS)
      different.add(tagger.tag(List.of("to"), Map.of("kind", List.of(kind))).probabilities());
    assertEquals(KINDS.size(), different.size(), "what is not known is a value too");
    assertEquals(
        tagger.tag(List.of("to"), Map.of("kind", List.of("?"))),
        tagger.tag(List.of("to"), Map.of("kind", List.of(""))));
  }

  @Test
  void withoutItsFeaturesAModelDoesNotGuess() {
    Tagger tagger = Tagger.of(featured().build());
    Classifier classifier = Classifier.of(tagger.model());
    List<String> words = List.of("to", "rome");
    String missing = "the model reads the feature \"kind\" of each token";
    refused(missing, () -> tagger.tag("to rome"));
    refused(missing, () -> tagger.tag(words));
    refused(missing, () -> tagger.tag(words, Map.of("Kind", words)));
    refused(missing, () -> tagger.tagWithScores("to rome"));
    refused(missing, () -> tagger.tagAll(List.of("to", "rome")));
    refused(missing, () -> tagger.tagAllTokens(List.of(words)));
    refused(missing, () -> tagger.best(words, 2));
    refused(missing, () -> classifier.classify(words));
    refused(missing, () -> classifier.classifyAllTokens(List.of(words), 2));
    refused(
        "2 tokens but 1 values of the feature \"kind\"",
        () -> tagger.tag(words, Map.of("kind", List.of("N"))));
    refused(
        "a value of the feature \"kind\" is null",
        () -> tagger.tag(words, Map.of("kind", java.util.Arrays.asList("N", null))));
    refused(
        "1 texts but tokens of 1 sentences and features of 0",
        () -> tagger.tagAllTokens(List.of(words), List.of()));
    assertEquals(List.of(), tagger.tag("").labels(), "nothing to read of no token");
    assertEquals(4, classifier.classify("").scores().size());
  }

  private static void refused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
