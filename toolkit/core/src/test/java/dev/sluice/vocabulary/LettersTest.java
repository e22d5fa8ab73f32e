package dev.sluice.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import org.junit.jupiter.api.Test;

/** Words letter by letter. */
class LettersTest {
  private static final Location WHERE = Location.of("model: letters");

  private static Letters of(String... letters) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (String letter : letters) builder.add(letter);
    return new Letters(builder.build(1));
  }

  /** a and b have the ids 1 and 2, the marks come behind the known letters. */
  @Test
  void aWordStandsBetweenItsMarks() {
    Letters letters = of("a", "b");
    assertEquals(5, letters.size());
    assertArrayEquals(new int[] {3, 2, 1, 1, 4}, letters.ids("baa"));
    assertArrayEquals(new int[] {3, 4}, letters.ids(""));
  }

  @Test
  void aLetterOutsideOfTheBasicPlaneIsOne() {
    Letters letters = of("😀", "é");
    assertArrayEquals(new int[] {3, 1, 2, 4}, letters.ids("é😀"));
    assertArrayEquals(new int[] {3, 0, 1, 4}, letters.ids("e\u00e9"), "letters are not decomposed");
  }

  @Test
  void whatWasNotSeenIsUnknownHalfOfASurrogatePairToo() {
    Letters letters = of("a");
    assertArrayEquals(new int[] {2, 0, 1, 0, 3}, letters.ids("xa\uD83D"));
  }

  /** The look-up is that of words: a capital that was never seen is read as the small letter, a digit as zero. */
  @Test
  void capitalsAndDigitsHaveTheirOrdinaryForms() {
    Letters letters = of("a", "0", "B");
    assertArrayEquals(letters.ids("a0B"), letters.ids("A7B"));
    assertEquals(0, letters.ids("b")[1], "not the other way round");
  }

  @Test
  void bytesGiveTheSameLetters() {
    Letters letters = of("a", "😀", "z", "z");
    Letters again = Letters.fromBytes(letters.toBytes(), WHERE);
    assertArrayEquals(letters.toBytes(), again.toBytes());
    assertArrayEquals(letters.ids("z😀a"), again.ids("z😀a"));
    assertEquals(letters.known().word(1), again.known().word(1));
  }

  @Test
  void anEntryOfSeveralLettersIsRefused() {
    SluiceException e =
        assertThrows(
            SluiceException.class, () -> Letters.fromBytes(of("a", "bc").toBytes(), WHERE));
    assertEquals(SluiceException.Kind.CORRUPT, e.kind());
    assertTrue(e.getMessage().startsWith("error[MOD-107] model: letters: "), e.getMessage());
  }
}
