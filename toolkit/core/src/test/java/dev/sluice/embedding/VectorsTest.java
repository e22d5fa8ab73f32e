package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.Vocabulary.Lookup;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class VectorsTest {
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
    assertEquals(new Lookup(Vocabulary.UNKNOWN, Step.UNKNOWN), vectors.lookup("8"));
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
  void numbersThatDoNotFitTheWordsAreRefused() {
    for (int dimension : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Vectors.of(Vocabulary.ofWords(List.of("a", "b")), dimension, new float[2]));
    }
  }

  @Test
  void rowsStandInTheOrderOfTheIds() {
    Vectors vectors = Made.whole("b 3 4\na 1 2\n").vectors();
    assertEquals(1, vectors.lookup("a").id());
    assertEquals(2, vectors.lookup("b").id());
    assertArrayEquals(new float[] {1, 2, 3, 4}, vectors.values());
  }
}
