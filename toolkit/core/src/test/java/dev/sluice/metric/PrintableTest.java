package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** Text of somebody else never steers the terminal. */
class PrintableTest {
  @Test
  void whatSteersATerminalIsShownAsAnEscape() {
    assertEquals("a\\u001b[31mb\\u0007", Printable.of("a\u001b[31mb\u0007"));
    assertEquals("\\u009b1m \\u007f \\u000d", Printable.of("\u009b1m \u007f \r"));
    assertEquals("\\u202eabc\\u2069", Printable.of("\u202eabc\u2069"));
  }

  /** Escapes count among the columns of a table, and wrapped text has them too. */
  @Test
  void tablesAndWrappedTextAreEscaped() {
    TextTable table = new TextTable("type", "n");
    table.row("a\u001bb", "1");
    assertEquals("type      n\n-----------\na\\u001bb  1\n", table.toString());
    assertEquals("x: \\u0007", TextLines.wrap("x: ", "\u0007"));
  }

  @Test
  void everythingElseStaysAsItIs() {
    String text = "a\tb\nnaïve 北京 \uD83D\uDC68\u200D\uD83D\uDC69 שלום";
    assertSame(text, Printable.of(text));
  }
}
