package dev.sluice.data;

/** Text as a message shows it: whatever cannot be seen is written as an escape such as {@code \}{@code u200b}. */
final class Visible {
  private static final int SHOWN = 80;

  private Visible() {}

  /** The text with invisible characters escaped, cut after 80 characters. */
  static String of(String text) {
    StringBuilder out = new StringBuilder();
    int shown = 0;
    for (int i = 0; i < text.length(); shown++) {
      if (shown == SHOWN) return out.append('…').toString();
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      append(out, codePoint);
    }
    return out.toString();
  }

  /** One character by its number, such as {@code U+0000}. */
  static String number(int codePoint) {
    String hex = Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT);
    return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
  }

  /** The text without its invisible characters and the blanks around it. */
  static String stripped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().filter(c -> !invisible(c)).forEach(out::appendCodePoint);
    return out.toString().strip();
  }

  private static void append(StringBuilder out, int codePoint) {
    switch (codePoint) {
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        if (!invisible(codePoint)) {
          out.appendCodePoint(codePoint);
        } else {
          for (char unit : Character.toChars(codePoint)) {
            String hex = Integer.toHexString(unit);
            out.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
          }
        }
      }
    }
  }

  private static boolean invisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SPACE_SEPARATOR -> codePoint != ' ';
      default -> false;
    };
  }
}
