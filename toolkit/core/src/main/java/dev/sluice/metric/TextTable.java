package dev.sluice.metric;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns as wide as they need to be: the first column to the left, the others to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private int ruleBefore = -1;

  TextTable(String... header) {
    rows.add(header);
  }

  void row(String... cells) {
    if (cells.length != rows.get(0).length)
      throw new IllegalArgumentException(
          cells.length + " cells for " + rows.get(0).length + " columns");
    rows.add(cells);
  }

  /** Draws a line before the next row. */
  void rule() {
    ruleBefore = rows.size();
  }

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
  static int width(String cell) {
    return cell.codePoints().map(TextTable::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) return 0;
    boolean fullWidth = codePoint >= 0xFF01 && codePoint <= 0xFF60;
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> 2;
      default -> fullWidth ? 2 : 1;
    };
  }
}
