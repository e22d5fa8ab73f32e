package dev.sluice.opennlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagger;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.UntrainedModels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Models that read features of tokens get them through the interfaces that carry any. */
class FeaturesTest {
  private static final String[] WORDS = {"red", "kite", "over", "the", "old", "pier"};
  private static final String[] ONE = {"a", "b", "c", "c", "b", "a"};
  private static final String[] OTHER = {"c", "c", "a", "b", "a", "b"};

  private static UntrainedModels.Recipe recipe(String... labels) {
    return UntrainedModels.of(labels).words(MadeUp.WORDS).feature("pos", "a", "b", "c");
  }

  private static final Tagger PLAIN = Tagger.of(recipe("X", "Y", "Z").build());
  private static final Tagger SPANS =
      Tagger.of(recipe("O", "B-NP", "I-NP", "B-VP", "I-VP").scheme(TagScheme.BIO).build());
  private static final Classifier CLASSIFIER =
      Classifier.of(recipe("x", "y").perSentence().build());

  private static Map<String, List<String>> features(String[] values) {
    return Map.of("pos", List.of(values));
  }

  @Test
  void tagsOfAChunkerAreTheFeature() {
    OpenNlpChunker chunker = new OpenNlpChunker(SPANS);
    List<String> words = List.of(WORDS);
    for (String[] tags : List.of(ONE, OTHER)) {
      List<String> labels = SPANS.tag(words, features(tags)).labels();
      assertEquals(SPANS.inBio(labels), List.of(chunker.chunk(WORDS, tags)));
      Span[] spans = chunker.chunkAsSpans(WORDS, tags);
      assertEquals(SPANS.tag(words, features(tags)).slots().size(), spans.length);
      Sequence best = chunker.topKSequences(WORDS, tags)[0];
      assertEquals(
          SPANS.best(words, features(tags), 1).get(0).logProbability(), best.getScore(), 1e-5);
    }
    assertFalse(
        Arrays.equals(
            chunker.topKSequences(WORDS, ONE)[0].getProbs(),
            chunker.topKSequences(WORDS, OTHER)[0].getProbs()),
        "the tags say something");
  }

  @Test
  void contextOfAPosTaggerIsTheFeatures() {
    OpenNlpPosTagger tagger = new OpenNlpPosTagger(PLAIN);
    List<String> words = List.of(WORDS);
    Object[] rows = Arrays.stream(ONE).map(value -> new String[] {value}).toArray();
    for (String[] context : List.of(ONE, OTHER)) {
      String[] tags = PLAIN.tag(words, features(context)).labels().toArray(String[]::new);
      assertArrayEquals(tags, tagger.tag(WORDS, context));
      assertEquals(
          PLAIN.best(words, features(context), 1).get(0).logProbability(),
          tagger.topKSequences(WORDS, context)[0].getScore(),
          1e-5);
    }
    assertArrayEquals(tagger.topKSequences(WORDS, ONE), tagger.topKSequences(WORDS, rows));
  }

  @Test
  void extraInformationOfACategorizerHasTheFeatures() {
    OpenNlpCategorizer categorizer = new OpenNlpCategorizer(CLASSIFIER);
    for (String[] values : List.of(ONE, OTHER)) {
      Map<String, Double> scores = CLASSIFIER.classify(List.of(WORDS), features(values)).scores();
      double[] outcome = categorizer.categorize(WORDS, Map.of("pos", values, "title", 7));
      assertArrayEquals(new double[] {scores.get("x"), scores.get("y")}, outcome);
      assertArrayEquals(outcome, categorizer.categorize(WORDS, Map.of("pos", List.of(values))));
    }
  }

  @Test
  void anEmptySentenceNeedsNoFeatures() {
    String[] nothing = {};
    assertArrayEquals(nothing, new OpenNlpChunker(SPANS).chunk(nothing, nothing));
    assertArrayEquals(nothing, new OpenNlpPosTagger(PLAIN).tag(nothing, nothing));
  }

  @Test
  void twoFeaturesOfAContextStandInTheirOrder() {
    Features two = new Features(List.of("lemma", "pos"));
    assertEquals(
        Map.of("lemma", List.of("go", "on"), "pos", List.of("V", "A")),
        two.ofContext(new Object[][] {{"go", "V"}, {"on", "A"}}));
    refused(
        "context of token 2 has 1 values", () -> two.ofContext(new Object[] {new String[2], "A"}));
    refused(
        "lemma, pos, but a Chunker is given one",
        () -> two.requireAtMost(1, "a Chunker is given one"));
  }

  @Test
  void whatAnInterfaceDoesNotCarryIsRefused() {
    refused("pos, but a TokenNameFinder is given tokens alone", () -> new OpenNlpNameFinder(SPANS));
    OpenNlpPosTagger tagger = new OpenNlpPosTagger(PLAIN);
    refused("pos: give their values as additional context", () -> tagger.tag(WORDS));
    refused("pos: give their values as additional context", () -> tagger.topKSequences(WORDS));
    refused("6 tokens but 1 values", () -> tagger.tag(WORDS, new Object[] {"a"}));
    OpenNlpChunker chunker = new OpenNlpChunker(SPANS);
    refused("pos: give their values as the tags", () -> chunker.chunk(WORDS, null));
    refused("6 tokens but 0 values", () -> chunker.chunkAsSpans(WORDS, new String[0]));
    OpenNlpCategorizer categorizer = new OpenNlpCategorizer(CLASSIFIER);
    refused("pos: give their values as extra information", () -> categorizer.categorize(WORDS));
    refused("pos: give their values as extra information", () -> categorizer.scoreMap(WORDS));
    refused("extra information", () -> categorizer.categorize(WORDS, Map.of("pos", "a b c c b a")));
  }

  private static void refused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
