package dev.sluice.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.vocabulary.Vocabulary.Lookup;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final Location WHERE = Location.of("model.sluice");

  private static Vocabulary of(int minCount, String... words) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (String word : words) builder.add(word);
    return builder.build(minCount);
  }

  private static List<String> words(Vocabulary vocabulary) {
    return IntStream.range(1, vocabulary.size()).mapToObj(vocabulary::word).toList();
  }

  @Test
  void wordsAreOrderedByCountAndThenByCodePoint() {
    Vocabulary vocabulary = of(1, "b", "\uFFEE", "😀", "a", "to", "to", "Z");
    assertEquals(List.of("to", "Z", "a", "b", "\uFFEE", "😀"), words(vocabulary));
    assertEquals(7, vocabulary.size());
    assertEquals(2, vocabulary.count(1));
  }

  @Test
  void theOrderOfTheTextDoesNotMatter() {
    List<String> text = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) text.add("w" + random.nextInt(200));
    byte[] first = of(1, text.toArray(String[]::new)).toBytes();
    Collections.shuffle(text, random);
    assertArrayEquals(first, of(1, text.toArray(String[]::new)).toBytes());
  }

  @Test
  void rareWordsAreLeftOutAndSingletonsAreKnown() {
    Vocabulary all = of(1, "a", "a", "b");
    assertFalse(all.isSingleton(1));
    assertTrue(all.isSingleton(2));
    assertFalse(all.isSingleton(Vocabulary.UNKNOWN));
    assertEquals(List.of("a"), words(of(2, "a", "a", "b")));
    assertEquals(1, of(3, "a", "a", "b").size());
  }

  @Test
  void theLadderGoesFromExactToLowerToDigitsToUnknown() {
    Vocabulary vocabulary = of(1, "Paris", "paris", "to", "b00", "7");
    LookupCounts counts = new LookupCounts();
    assertEquals(new Lookup(vocabulary.id("Paris"), Step.EXACT), vocabulary.lookup("Paris"));
    assertEquals(new Lookup(vocabulary.id("paris"), Step.LOWER), vocabulary.lookup("PARIS"));
    assertEquals(new Lookup(vocabulary.id("b00"), Step.DIGITS), vocabulary.lookup("B4٣"));
    assertEquals(new Lookup(0, Step.UNKNOWN), vocabulary.lookup("42"));
    for (String word : List.of("Paris", "TO", "To", "B12", "x", "7")) vocabulary.id(word, counts);
    assertEquals(2, counts.count(Step.EXACT));
    assertEquals(2, counts.count(Step.LOWER));
    assertEquals(1, counts.count(Step.DIGITS));
    assertEquals(1.0 / 6, counts.share(Step.UNKNOWN));
    counts.merge(counts);
    assertEquals(12, counts.total());
    assertEquals(0, new LookupCounts().share(Step.EXACT));
  }

  @Test
  void lowerCaseDoesNotDependOnTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals(Step.LOWER, of(1, "title").lookup("TITLE").step());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void bytesGiveTheSameVocabularyBack() {
    String longest = "x".repeat(Entries.LONGEST);
    Vocabulary vocabulary = of(1, "a\nb", "a", "a", "e\u0301", "é", "😀", "\0", longest, "\u2028");
    byte[] bytes = vocabulary.toBytes();
    Vocabulary back = Vocabulary.fromBytes(bytes, WHERE);
    assertEquals(words(vocabulary), words(back));
    assertEquals(2, back.count(1));
    assertArrayEquals(bytes, back.toBytes());
    for (String word : words(vocabulary)) assertEquals(vocabulary.id(word), back.id(word));
    assertEquals(1, Vocabulary.fromBytes(of(1).toBytes(), WHERE).size());
  }

  @Test
  void whatCannotBeStoredIsNeverKept() {
    assertEquals(1, of(1, "", "x".repeat(Entries.LONGEST + 1), "\uD83D", "a\uDE00").size());
    assertEquals(Step.UNKNOWN, of(1, "a").lookup("\uD83D").step());
  }

  @Test
  void idsOutsideTheVocabularyAreMistakes() {
    Vocabulary vocabulary = of(1, "a");
    assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.word(0));
    assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.word(2));
    assertThrows(IllegalArgumentException.class, () -> new VocabularyBuilder().build(0));
  }

  @Test
  void codePointOrderIsTheOrderOfUtf8Bytes() {
    List<String> words =
        List.of("", "a", "ab", "b", "é", "\uD7FF", "\uE000", "\uFFFF", "😀", "😁", "😀a");
    for (String a : words) {
      for (String b : words) {
        int expected = Arrays.compareUnsigned(utf8(a), utf8(b));
        assertEquals(Integer.signum(expected), Integer.signum(CodePointOrder.compare(a, b)));
      }
    }
  }

  @Test
  void givenWordsStandByCodePointAndSurviveAsBytes() {
    Vocabulary vocabulary = Vocabulary.ofWords(List.of("b", "\uFFEE", "😀", "a"));
    assertEquals(List.of("a", "b", "\uFFEE", "😀"), words(vocabulary));
    assertEquals(1, vocabulary.count(2));
    Vocabulary back = Vocabulary.fromBytes(vocabulary.toBytes(), WHERE);
    assertEquals(words(vocabulary), words(back));
    assertEquals(1, Vocabulary.ofWords(List.of()).size());
    for (List<String> wrong : List.of(List.of("a", "a"), List.of(""), List.of("\uD83D"))) {
      assertThrows(IllegalArgumentException.class, () -> Vocabulary.ofWords(wrong));
    }
  }

  @Test
  void theExactIdClimbsNoLadder() {
    Vocabulary vocabulary = of(1, "paris", "00");
    assertEquals(vocabulary.id("paris"), vocabulary.exactId("paris"));
    assertEquals(Vocabulary.UNKNOWN, vocabulary.exactId("Paris"));
    assertEquals(Vocabulary.UNKNOWN, vocabulary.exactId("12"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
