package dev.sluice.eval.report;

/**
 * Text as a page or a table may show it: what cannot be seen, would change the direction of writing, or is no character of XML is written as an escape such as
 * {@code \}{@code u202e}. Joiners of words and signs (U+200C, U+200D) stay, since Persian and many emoji need them.
 */
final class Visible {
  private Visible() {}

  /** The text on one line. */
  static String of(String text) {
    int first = firstHidden(text, 0);
    if (first == text.length()) return text;
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isHidden(c)) shown.append(escape(c));
      else shown.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  /** Where the first character is at or behind a place that needs an escape; the length of the text when there is none. */
  static int firstHidden(String text, int from) {
    for (int i = from; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isHidden(c)) return i;
      i += Character.charCount(c);
    }
    return text.length();
  }

  /** Whether a character is shown as an escape. */
  static boolean isHidden(int c) {
    if (c >= ' ' && c < 0x7F) return false;
    if ((c & 0xFFFE) == 0xFFFE) return true; // no characters, such as U+FFFE
    return switch (Character.getType(c)) {
      case Character.FORMAT -> c != 0x200C && c != 0x200D;
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** The escape of a character, in units of UTF-16. */
  static String escape(int c) {
    StringBuilder text = new StringBuilder();
    for (char unit : Character.toChars(c)) {
      String hex = Integer.toHexString(unit);
      text.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
    }
    return text.toString();
  }

  /** The text as it is, a long one cut in the middle so that it has at most so many characters. */
  static String limited(String text, int most) {
    if (text.length() <= most || text.codePointCount(0, text.length()) <= most) return text;
    int head = most / 2;
    int tail = most - 1 - head;
    return text.substring(0, text.offsetByCodePoints(0, head))
        + "…"
        + text.substring(text.offsetByCodePoints(text.length(), -tail));
  }

  /** The text on one line, a long one cut in the middle so that it has at most so many characters. */
  static String shortened(String text, int most) {
    return limited(of(text), most);
  }
}
