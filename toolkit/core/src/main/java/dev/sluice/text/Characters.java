package dev.sluice.text;

/** What kinds of characters there are, by Unicode properties and no particular language. */
final class Characters {
  private static final char NEXT_LINE = 0x85;

  private Characters() {}

  /** Whether it separates words: white space of any kind, the no-break ones included. */
  static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == NEXT_LINE;
  }

  /** Whether a reader sees anything of it: no blank, no control and no format character (joiners, direction marks, the BOM). */
  static boolean isVisible(int codePoint) {
    int type = Character.getType(codePoint);
    return !isBlank(codePoint) && type != Character.CONTROL && type != Character.FORMAT;
  }

  /** Whether a stretch of a text has a visible character. */
  static boolean anyVisible(String text, int from, int to) {
    for (int i = from; i < to; ) {
      int codePoint = text.codePointAt(i);
      if (isVisible(codePoint)) return true;
      i += Character.charCount(codePoint);
    }
    return false;
  }

  /** Whether a token has a letter or a number of any script; a token without is punctuation. */
  static boolean anyLetterOrNumber(String token) {
    return token.codePoints().anyMatch(Characters::isLetterOrNumber);
  }

  private static boolean isLetterOrNumber(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isLetterOrDigit(codePoint)
        || type == Character.LETTER_NUMBER // Ⅷ
        || type == Character.OTHER_NUMBER; // ½
  }

  /** A text from outside as a message shows it: in quotes, invisible characters as escapes, at most 80 characters. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int shown = 0;
    for (int i = 0; i < text.length(); ) {
      if (++shown > 80) return quoted.append("…\"").toString();
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      boolean plain =
          codePoint == ' '
              || (isVisible(codePoint) && Character.getType(codePoint) != Character.SURROGATE);
      if (plain) quoted.appendCodePoint(codePoint);
      else quoted.append("\\u").append(hex(codePoint));
    }
    return quoted.append('"').toString();
  }

  private static String hex(int codePoint) {
    String digits = Integer.toHexString(codePoint);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
