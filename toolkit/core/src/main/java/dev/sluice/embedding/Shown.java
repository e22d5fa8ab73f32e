package dev.sluice.embedding;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a file as a message shows them: in backquotes, short, with an escape for whatever cannot be seen. */
final class Shown {
  private static final int MOST = 40;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Shown() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder("`");
    text.codePoints().limit(MOST).forEach(c -> append(out, c));
    if (text.codePointCount(0, text.length()) > MOST) out.append('…');
    return out.append('`').toString();
  }

  /** Bytes that may be no UTF-8; those that are none show as U+FFFD. */
  static String of(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + 8 * MOST);
    return of(new String(bytes, from, end - from, StandardCharsets.UTF_8));
  }

  /** Bytes by their numbers, such as {@code 0xC3 0x28}. */
  static String hex(byte[] bytes, int from, int to) {
    return "0x" + HEX.withDelimiter(" 0x").formatHex(bytes, from, to);
  }

  static String list(List<String> words) {
    return words.stream().map(Shown::of).collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder out, int codePoint) {
    boolean visible =
        switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          case Character.SPACE_SEPARATOR -> codePoint == ' ';
          default -> true;
        };
    if (visible) {
      out.appendCodePoint(codePoint);
    } else {
      for (char unit : Character.toChars(codePoint))
        out.append("\\u").append(HEX.toHexDigits(unit));
    }
  }
}
