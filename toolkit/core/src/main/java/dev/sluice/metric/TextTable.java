package dev.sluice.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Rows of cells in columns as wide as they need to be: the first column to the left, the others to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private int ruleBefore = -1;

  /** A table with the names of its columns. */
  public TextTable(String... header) {
    rows.add(header);
  }

  /** Adds a row with a cell for each column. */
  public void row(String... cells) {
    if (cells.length != rows.get(0).length)
      throw new IllegalArgumentException(
          cells.length + " cells for " + rows.get(0).length + " columns");
    rows.add(Stream.of(cells).map(TextTable::visible).toArray(String[]::new));
  }

  /** A text on one line: control characters and line ends of any kind, which a label may hold, become a code. */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isInvisible(c)) shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              else shown.appendCodePoint(c);
            });
    return shown.toString();
  }

  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Draws a line before the next row. */
  public void rule() {
    ruleBefore = rows.size();
  }

  /** The lines, each ending with a line feed. */
  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    int total = GAP.length() * (widths.length - 1);
    for (int c = 0; c < widths.length; c++) {
      for (String[] row : rows) widths[c] = Math.max(widths[c], width(row[c]));
      total += widths[c];
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      if (r == 1 || r == ruleBefore) text.append("-".repeat(total)).append('\n');
      for (int c = 0; c < widths.length; c++) {
        String cell = rows.get(r)[c];
        String padding = " ".repeat(widths[c] - width(cell));
        text.append(c == 0 ? cell + padding : GAP + padding + cell);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Columns of a terminal: marks take none, East Asian characters two. */
  public static int width(String cell) {
    return cell.codePoints().map(TextTable::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) return 0;
    boolean fullWidth = codePoint >= 0xFF01 && codePoint <= 0xFF60;
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> 2;
      default -> fullWidth ? 2 : 1;
    };
  }
}
