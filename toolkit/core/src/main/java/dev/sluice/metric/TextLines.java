package dev.sluice.metric;

/** Text for people in lines that fit on a screen. */
public final class TextLines {
  /** The most columns of a line. */
  public static final int WIDTH = 100;

  private TextLines() {}

  /**
   * A text behind a head, in as many lines as it takes, without a line end after the last one. Lines are broken behind commas, or at blanks where what stands between
   * commas is too wide, and those behind the first are indented by the width of the head. A word that is wider than a line stands alone.
   *
   * @param head what stands before the text, such as {@code "labels: "}
   * @param text any text without line ends; what would steer a terminal in it is escaped, see {@link Printable}
   */
  public static String wrap(String head, String text) {
    return wrap(head, text, WIDTH);
  }

  /**
   * As {@link #wrap(String, String)}.
   *
   * @param most the most columns of a line
   */
  public static String wrap(String head, String text, int most) {
    int indent = TextTable.width(head);
    StringBuilder lines = new StringBuilder(head);
    int column = indent;
    boolean first = true;
    for (String word : pieces(Printable.of(text), most - indent)) {
      int width = TextTable.width(word);
      if (!first && column + 1 + width > most) {
        lines.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (!first) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += width;
      first = false;
    }
    return lines.toString();
  }

  /** A text on one line, cut to so many columns of a terminal; an ellipsis stands for what is left out. */
  public static String cut(String text, int columns) {
    String shown = TextTable.visible(text);
    if (TextTable.width(shown) <= columns) return shown;
    int end = 0, width = 0;
    while (true) {
      int next = shown.codePointAt(end);
      width += TextTable.width(Character.toString(next));
      if (width >= columns) return shown.substring(0, end) + "…";
      end += Character.charCount(next);
    }
  }

  private static String[] pieces(String text, int most) {
    String[] parts = text.split("(?<=,) ");
    for (String part : parts)
      if (TextTable.width(part) > most) return text.split(" (?!%)"); // 97.51 % is one word
    return parts;
  }
}
