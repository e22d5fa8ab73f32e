package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lines that fit. */
class TextLinesTest {
  @Test
  void aTextThatIsTooWideEndsInAnEllipsis() {
    assertEquals("abcde", TextLines.cut("abcde", 5));
    assertEquals("abcd…", TextLines.cut("abcdef", 5));
    assertEquals("京都…", TextLines.cut("京都大学", 6));
    assertEquals("\\u0007a", TextLines.cut("\u0007a", 9));
  }

  @Test
  void noLineIsWiderThanAScreenAndNoWordIsLost() {
    SplittableRandom random = Seeds.of(911);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder("first");
      for (int w = random.nextInt(60); w > 0; w--)
        text.append(' ').append((random.nextBoolean() ? "x" : "字").repeat(1 + random.nextInt(20)));
      String head = " ".repeat(random.nextInt(20)) + "head ";
      String wrapped = TextLines.wrap(head, text.toString());
      assertEquals(head + text, wrapped.replaceAll("\\n +", " "));
      for (String line : wrapped.split("\n"))
        assertTrue(TextTable.width(line) <= TextLines.WIDTH, line);
    }
  }

  @Test
  void furtherLinesAreIndentedByTheHead() {
    String word = "w".repeat(60);
    assertEquals(
        "words: " + word + "\n       " + word, TextLines.wrap("words: ", word + " " + word));
    assertEquals("a b", TextLines.wrap("a ", "b"));
  }

  @Test
  void partsBetweenCommasStayTogetherWhereTheyFit() {
    String part = "w".repeat(30) + " " + "w".repeat(29);
    assertEquals("a: " + part + ",\n   " + part, TextLines.wrap("a: ", part + ", " + part));
  }

  @Test
  void aWordThatIsTooLongStandsAloneAndPercentSignsStayWithTheirNumbers() {
    String word = "w".repeat(150);
    assertEquals("a: b\n   " + word + "\n   c", TextLines.wrap("a: ", "b " + word + " c"));
    String full = "x".repeat(90);
    assertEquals("a: " + full + "\n   97.51 %", TextLines.wrap("a: ", full + " 97.51 %"));
  }
}
