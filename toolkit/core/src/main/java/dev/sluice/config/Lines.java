package dev.sluice.config;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Where the lines of a text begin. A line ends at \n, \r\n or \r and nowhere else, as editors count; columns are characters. */
final class Lines {
  private final String source;
  private final int[] text;
  private final int[] starts;

  Lines(String text, String source) {
    this.source = source;
    this.text = text.codePoints().toArray();
    this.starts =
        IntStream.rangeClosed(0, this.text.length)
            .filter(i -> i == 0 || endsLine(this.text, i - 1))
            .toArray();
  }

  private static boolean endsLine(int[] text, int i) {
    boolean crlf = text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
    return text[i] == '\n' || (text[i] == '\r' && !crlf);
  }

  int count() {
    return starts.length;
  }

  /** The place of a character, counted from 0. */
  Location at(int index) {
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    return new Location(source, line + 1, index - starts[line] + 1);
  }

  /** A line without its end. */
  String text(int line) {
    int begin = starts[line - 1];
    int end = line < starts.length ? starts[line] : text.length;
    return new String(text, begin, end - begin).stripTrailing();
  }

  /** The first line up to the given one that is indented with a tab and is neither blank nor a comment; 0 when there is none. */
  int tabIndented(int upTo, BitSet except) {
    for (int line = 1; line <= Math.min(upTo, starts.length); line++) {
      if (!except.get(line) && tabColumn(line) > 0) return line;
    }
    return 0;
  }

  /** The column of a tab in the indentation of a line that says something, or 0. */
  int tabColumn(int line) {
    int tab = 0;
    for (int i = starts[line - 1]; i < text.length; i++) {
      if (text[i] == '\t') {
        if (tab == 0) tab = i - starts[line - 1] + 1;
      } else if (text[i] != ' ') {
        return text[i] == '#' || text[i] == '\n' || text[i] == '\r' ? 0 : tab;
      }
    }
    return 0;
  }
}
