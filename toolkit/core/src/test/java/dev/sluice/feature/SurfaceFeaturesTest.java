package dev.sluice.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Casing, shape and affixes: worked examples, text beyond ASCII, and what must hold for any token. */
class SurfaceFeaturesTest {
  private static final int[] ALPHABET =
      "aZß0.-éÉİıΣ茶ǅ٣ª\u0301\u200d\ufe0f👩🏽🚀e\u0308I".codePoints().toArray();

  private static void casing(Casing expected, String... tokens) {
    for (String token : tokens) assertEquals(expected, Casing.of(token), token);
  }

  @Test
  void casingIsTheFirstClassThatFits() {
    casing(Casing.ALL_DIGITS, "2016", "7", "٣٤");
    casing(Casing.MOSTLY_DIGITS, "747s", "5:30", "1990s", "10%");
    casing(Casing.ALL_LOWER, "flight", "o'clock", "c4", "straße", "a");
    casing(Casing.ALL_UPPER, "USA", "I", "U.S.", "B-52", "ΑΒΓ");
    casing(Casing.INITIAL_UPPER, "Boston", "McDonald", "Dc10", "Ürün", "ǅungla", "USAs");
    casing(Casing.CONTAINS_DIGIT, "iPhone7", "1-A-b", "4-", "茶1");
    casing(Casing.OTHER, "iPhone", "-", "東京", "", "½");
    assertEquals("initial-upper", Casing.of("Boston").category());
    assertEquals(7, Arrays.stream(Casing.values()).map(Casing::category).distinct().count());
  }

  /** The share of digits is counted in characters that a reader sees. */
  @Test
  void combiningMarksAndFormatCharactersAreNotLookedAt() {
    casing(Casing.MOSTLY_DIGITS, "12é", "12e\u0301");
    casing(Casing.ALL_DIGITS, "1\u200d2", "1\u20e3");
    assertEquals("Xxx", WordShape.of("E\u0301ne\u0301"));
    assertEquals("", WordShape.of("\u0301"));
  }

  @Test
  void aShapeKeepsTheKindsOfCharactersAndShortRuns() {
    String[][] examples = {
      {"Boston", "Xxxxx"},
      {"Bonn", "Xxxx"},
      {"USA", "XXX"},
      {"McDonald", "XxXxxxx"},
      {"DC-10", "XX-dd"},
      {"7:30pm", "d:ddxx"},
      {"2016", "dddd"},
      {"31536000", "dddd"},
      {"......", "...."},
      {"ǅungla", "Xxxxx"},
      {"東京", "xx"},
      {"٣", "d"},
      {"½", "½"},
      {"🚀🚀", "🚀🚀"},
      {"", ""}
    };
    for (String[] example : examples) assertEquals(example[1], WordShape.of(example[0]));
  }

  @Test
  void aShapeIsBounded() {
    String dashed = "a-".repeat(16);
    assertEquals("x-".repeat(16), WordShape.of(dashed));
    assertEquals("x-".repeat(16) + "…", WordShape.of(dashed + "b"));
    assertEquals("xxxx", WordShape.of("a".repeat(1_000_000)));
  }

  @Test
  void affixesAreSmallAndMarkedWhenTheWordIsShorter() {
    assertEquals("bos", Affixes.prefix("Boston", 3));
    assertEquals("ton", Affixes.suffix("Boston", 3));
    assertEquals("ion", Affixes.suffix("ion", 3));
    assertEquals("<ion>", Affixes.suffix("ION", 4));
    assertEquals("<to>", Affixes.prefix("to", 3));
    assertEquals("🚀", Affixes.suffix("go🚀", 1));
    assertThrows(IllegalArgumentException.class, () -> Affixes.prefix("to", 0));
  }

  @Test
  void anAffixNeverCutsThroughACharacter() {
    assertEquals("e\u0301t", Affixes.prefix("E\u0301te\u0301", 2));
    assertEquals("te\u0301", Affixes.suffix("E\u0301te\u0301", 2));
    assertEquals("👩🏽\u200d🚀", Affixes.suffix("x👩🏽\u200d🚀", 1));
    assertEquals("i\u0307s", Affixes.prefix("İstanbul", 2));
    assertEquals("ος", Affixes.suffix("ΟΔΟΣ", 2)); // the final sigma
  }

  @Test
  void nothingDependsOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals("ist", Affixes.prefix("ISTANBUL", 3));
      assertEquals("all-digits", Casing.ALL_DIGITS.category());
      assertEquals(
          List.of("S-x"),
          Gazetteer.of(java.util.Map.of("TITLE", "x"), true).categories(List.of("title")));
    } finally {
      Locale.setDefault(before);
    }
  }

  @RepeatedTest(50)
  void composedAndDecomposedTokensAreTheSame() {
    String token = random();
    String composed = Normalizer.normalize(token, Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize(token, Normalizer.Form.NFD);
    assertEquals(Casing.of(composed), Casing.of(decomposed), Seeds::describe);
    assertEquals(WordShape.of(composed), WordShape.of(decomposed), Seeds::describe);
  }

  @RepeatedTest(50)
  void affixesAreTheEndsOfTheSmallWordOrAllOfIt() {
    String token = random();
    String small = token.toLowerCase(Locale.ROOT);
    for (int n = 1; n < 8; n++) {
      String prefix = Affixes.prefix(token, n), suffix = Affixes.suffix(token, n);
      boolean whole = prefix.equals("<" + small + ">");
      assertEquals(whole, suffix.equals("<" + small + ">"), Seeds::describe);
      assertTrue(whole || small.startsWith(prefix) && small.endsWith(suffix), Seeds::describe);
    }
    assertTrue(WordShape.of(token).length() <= 2 * WordShape.LONGEST + 1, Seeds::describe);
  }

  private static String random() {
    SplittableRandom random = Seeds.next();
    StringBuilder token = new StringBuilder();
    for (int i = random.nextInt(10); i >= 0; i--) {
      token.appendCodePoint(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return token.toString();
  }
}
