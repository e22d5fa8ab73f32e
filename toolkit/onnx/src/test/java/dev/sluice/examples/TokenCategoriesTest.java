package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.feature.Gazetteer;
import dev.sluice.model.Source;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The categories of the example are those that the model was trained with. */
class TokenCategoriesTest {
  private static final String LETTERS = "aBxZéÉßẞςΣ0٣7-.'<>ǅ中e\u0301\u200d😀|…";
  private static final TextPipeline TEXT =
      TextPipeline.of(new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of()));

  private static ObjectNode input(Source source) {
    ObjectNode input = new ObjectMapper().createObjectNode().put("source", source.name());
    if (!(source instanceof Source.Gazetteer g)) return input;
    input.put("ignoreCase", g.phrases().ignoresCase());
    input.set("phrases", new ObjectMapper().valueToTree(g.phrases().phrases()));
    return input;
  }

  private static String word(SplittableRandom random, int longest) {
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(longest); i > 0; i--)
      word.appendCodePoint(letters[random.nextInt(letters.length)]);
    return word.toString();
  }

  @Test
  void everySourceThatTokensTellGivesItsCategories() {
    SplittableRandom random = new SplittableRandom(11);
    for (Source source :
        List.of(
            new Source.Word(),
            new Source.Pretrained(),
            new Source.Casing(),
            new Source.Shape(),
            new Source.Prefix(1),
            new Source.Prefix(3),
            new Source.Suffix(2),
            new Source.Suffix(4))) {
      for (int i = 0; i < 200; i++) {
        List<String> sentence = new ArrayList<>();
        for (int t = 0; t < 10; t++) sentence.add(word(random, i % 50 + 1));
        assertEquals(
            source.categories(TEXT, sentence, Map.of()),
            TokenCategories.of(input(source), sentence),
            () -> source + " of " + sentence);
      }
    }
  }

  @Test
  void phrasesAreFoundAsInTraining() {
    Map<String, String> phrases =
        Map.of(
            "new york",
            "city",
            "New York",
            "state",
            "new york city",
            "city",
            "york",
            "name",
            "straße",
            "way",
            "a b a b",
            "long|deep",
            "B",
            "one");
    List<String> tokens =
        List.of("new", "New", "york", "York", "city", "STRASSE", "a", "b", "B", "x");
    SplittableRandom random = new SplittableRandom(12);
    for (boolean ignoreCase : new boolean[] {false, true}) {
      Source source = new Source.Gazetteer(Gazetteer.of(phrases, ignoreCase));
      for (int i = 0; i < 500; i++) {
        List<String> sentence =
            random.ints(1 + random.nextInt(12), 0, 10).mapToObj(tokens::get).toList();
        assertEquals(
            source.categories(TEXT, sentence, Map.of()),
            TokenCategories.of(input(source), sentence),
            sentence::toString);
      }
    }
  }

  @Test
  void whatTokensDoNotTellIsRefused() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> TokenCategories.of(input(new Source.Feature("pos")), List.of("a")));
  }
}
