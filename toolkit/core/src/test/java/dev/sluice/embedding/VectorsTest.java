package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.Vocabulary.Lookup;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class VectorsTest {
  private static final Location WHERE = Location.of("model.sluice");

  private static Vectors of(String... words) {
    return Vectors.of(Vocabulary.ofWords(List.of(words)), 1, new float[words.length]);
  }

  private static void assertFound(Vectors vectors, String word, Step step, String found) {
    Lookup lookup = vectors.lookup(word);
    assertEquals(step, lookup.step(), word);
    assertEquals(found, vectors.words().word(lookup.id()));
  }

  @Test
  void theLadderGoesFromExactToLowerToBothMasksOfDigits() {
    Vectors vectors = of("B12", "b00", "b##", "to", "To", "x##", "00", "7");
    assertFound(vectors, "B12", Step.EXACT, "B12");
    assertFound(vectors, "To", Step.EXACT, "To");
    assertFound(vectors, "TO", Step.LOWER, "to");
    assertFound(vectors, "B34", Step.DIGITS, "b00");
    assertFound(vectors, "X3٣", Step.DIGITS, "x##");
    assertFound(vectors, "42", Step.DIGITS, "00");
    assertFound(vectors, "7", Step.EXACT, "7");
    assertEquals(new Lookup(Vocabulary.UNKNOWN, Step.UNKNOWN), vectors.lookup("y12"));
    assertEquals(Vocabulary.UNKNOWN, vectors.id("8"));
    LookupCounts counts = new LookupCounts();
    for (String word : List.of("X12", "to", "?")) vectors.id(word, counts);
    assertEquals(1, counts.count(Step.DIGITS));
    assertEquals(1, counts.count(Step.UNKNOWN));
  }

  @Test
  void theFormsAreThoseOfTheLookup() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      String[] forms = Vectors.forms("TI١2");
      assertArrayEquals(new String[] {"TI١2", "ti١2", "ti00", "ti##"}, forms);
      for (int i = 0; i < forms.length; i++) {
        String[] there = java.util.Arrays.copyOfRange(forms, i, forms.length);
        assertFound(of(there), "TI١2", Step.values()[Math.min(i, 2)], forms[i]);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aModelFileGivesThemBack() {
    Vectors vectors = Made.whole("é 1 2\n😀 3 4\na b 5 6\n").vectors();
    Vectors back = Vectors.fromBytes(vectors.words().toBytes(), 2, vectors.values(), WHERE);
    assertSame(vectors.values(), back.values());
    assertEquals(3, back.size());
    assertEquals(2, back.dimension());
    for (String word : List.of("é", "😀", "a b")) {
      assertEquals(vectors.lookup(word), back.lookup(word));
    }
    assertArrayEquals(vectors.words().toBytes(), back.words().toBytes());
  }

  @Test
  void aModelFileThatDoesNotFitIsRefused() {
    byte[] words = of("a", "b").words().toBytes();
    for (int dimension : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
      SluiceException e =
          assertThrows(
              SluiceException.class,
              () -> Vectors.fromBytes(words, dimension, new float[2], WHERE));
      assertTrue(e.getMessage().startsWith("error[MOD-102] model.sluice: 2 words"));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Vectors.of(Vocabulary.ofWords(List.of("a")), 2, new float[3]));
    byte[] cut = java.util.Arrays.copyOf(words, words.length - 1);
    assertThrows(SluiceException.class, () -> Vectors.fromBytes(cut, 1, new float[2], WHERE));
  }

  @Test
  void idsAndRowsGoTogether() {
    Vectors vectors = Made.whole("b 3 4\na 1 2\n").vectors();
    assertEquals(0, vectors.row(vectors.id("a")));
    assertEquals(2, vectors.row(vectors.id("b")));
    assertThrows(IndexOutOfBoundsException.class, () -> vectors.row(Vocabulary.UNKNOWN));
    assertThrows(IndexOutOfBoundsException.class, () -> vectors.row(3));
  }

  @Test
  void theSpreadIsThatOfAllNumbers() {
    assertEquals(
        new Vectors.Spread(2.5, Math.sqrt(1.25)), Made.whole("a 1 2\nb 4 3\n").vectors().spread());
    assertEquals(new Vectors.Spread(0, 0), of().spread());
  }
}
