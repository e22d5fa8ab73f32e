package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.feature.Gazetteer;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each kind of input sees of a token. */
class InputEncoderTest {
  private static final TextPipeline TEXT =
      TextPipeline.of(
          new TextConfig(
              "whitespace",
              TextConfig.Punctuation.KEEP,
              List.of(TextConfig.Normalization.LOWERCASE)));

  /** Each entry once more often than the next, so that ids count from 1 in this order. */
  private static Vocabulary known(String... entries) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (int i = 0; i < entries.length; i++)
      for (int n = entries.length; n > i; n--) builder.add(entries[i]);
    return builder.build(1);
  }

  private static final Vocabulary WORDS = known("fly", "to", "oslo");

  private static int[] ids(Source source, Vocabulary vocabulary, String... tokens) {
    return ids(source, vocabulary, Map.of(), tokens);
  }

  private static int[] ids(
      Source source, Vocabulary vocabulary, Map<String, List<String>> features, String... tokens) {
    Channel channel = new Channel("it", source, vocabulary);
    InputEncoder encoder = new InputEncoder(TEXT, WORDS, List.of(channel), Optional.empty());
    int[][] ids = encoder.ids(Arrays.asList(tokens), features, new LookupCounts());
    assertEquals(1, ids.length);
    return ids[0];
  }

  @Test
  void wordsAreNormalisedAndUnknownOnesAreZero() {
    assertArrayEquals(
        new int[] {1, 2, 3, 0}, ids(new Source.Word(), WORDS, "FLY", "to", "Oslo", "now"));
  }

  @Test
  void categoriesAreTakenFromTheWordAsItStands() {
    List<String> tokens = List.of("oslo", "OSLO", "Oslo", "77");
    for (Source source : List.of(new Source.Casing(), new Source.Shape())) {
      List<String> seen = source.categories(TEXT, tokens, Map.of());
      assertEquals(4, seen.stream().distinct().count(), "lower case would make three of them one");
      String[] all = tokens.toArray(String[]::new);
      assertArrayEquals(new int[] {0, 2, 1, 0}, ids(source, known(seen.get(2), seen.get(1)), all));
    }
  }

  @Test
  void affixesAreThoseOfTheirLength() {
    assertArrayEquals(
        new int[] {1, 2, 0}, ids(new Source.Prefix(2), known("os", "fl"), "Oslo", "FLY", "to"));
    assertArrayEquals(
        new int[] {2, 1, 0}, ids(new Source.Suffix(2), known("ly", "lo"), "Oslo", "FLY", "to"));
  }

  @Test
  void aFeatureIsLookedUpInThisVeryForm() {
    Vocabulary tags = known("NN", "VB");
    Map<String, List<String>> features = Map.of("pos", List.of("VB", "nn", "NN", ""));
    assertArrayEquals(
        new int[] {2, 0, 1, 0}, ids(new Source.Feature("pos"), tags, features, "a", "b", "c", "d"));
    assertThrows(
        IllegalArgumentException.class, () -> ids(new Source.Feature("pos"), tags, "a", "b"));
  }

  @Test
  void aGazetteerMarksTheLongestPhrases() {
    Gazetteer cities = Gazetteer.of(Map.of("new york", "city", "york", "city"), true);
    Vocabulary marks = known("B-city", "E-city", "S-city", "O");
    assertArrayEquals(
        new int[] {4, 1, 2, 3},
        ids(new Source.Gazetteer(cities), marks, "in", "New", "York", "york"));
  }

  @Test
  void pretrainedVectorsAreLookedUpByTheWordItself() {
    Vocabulary vectors = Vocabulary.ofWords(List.of("Oslo", "oslo", "fly"));
    int upper = vectors.exactId("Oslo"), lower = vectors.exactId("oslo");
    assertArrayEquals(
        new int[] {upper, lower, lower, vectors.exactId("fly"), 0},
        ids(new Source.Pretrained(), vectors, "Oslo", "oslo", "OSLO", "FLY", "to"));
  }

  @Test
  void channelsStandInTheirOrderAndLettersBesideThem() {
    Letters letters = new Letters(known("o", "t"));
    InputEncoder encoder =
        new InputEncoder(
            TEXT,
            WORDS,
            List.of(
                new Channel("suffix-1", new Source.Suffix(1), known("o")),
                new Channel("word", new Source.Word(), WORDS),
                new Channel("feature-a", new Source.Feature("a"), known("x")),
                new Channel("feature-b", new Source.Feature("b"), known("y")),
                new Channel("feature-a2", new Source.Feature("a"), known("z"))),
            Optional.of(letters));
    LookupCounts counts = new LookupCounts();
    int[][] ids =
        encoder.ids(
            List.of("to", "be"), Map.of("a", List.of("x", "z"), "b", List.of("x", "y")), counts);
    assertEquals("[[1, 0], [2, 0], [1, 0], [0, 1], [0, 1]]", Arrays.deepToString(ids));
    assertEquals(1, counts.count(Vocabulary.Step.EXACT), "each word is counted once");
    assertEquals(1, counts.count(Vocabulary.Step.UNKNOWN));
    assertEquals(List.of("a", "b"), encoder.features());
    assertEquals(2, encoder.spellings(List.of("to", "be")).length);
    assertEquals(4, encoder.spellings(List.of("to"))[0].length());
    assertEquals(
        0,
        new InputEncoder(TEXT, WORDS, List.of(), Optional.empty()).spellings(List.of("a")).length);
  }

  @Test
  void namesOfSourcesLeadBackToThem() {
    for (Source source :
        List.of(
            new Source.Word(),
            new Source.Pretrained(),
            new Source.Casing(),
            new Source.Shape(),
            new Source.Prefix(12),
            new Source.Suffix(1),
            new Source.Feature("part:of speech")))
      assertTrue(source.equals(Sources.named(source.name(), "it", null)), source.name());
  }
}
