package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The lines of a text file with their numbers. A line ends with \n, \r\n or a lone \r and nothing else: U+2028 and U+0085 stay inside
 * a line. A missing newline at the end of the file is no matter. Lines are bounded, so memory is too.
 */
public final class LineReader implements Closeable {
  /** The longest line, in UTF-16 units. */
  static final int LONGEST = 1 << 20;

  private final Utf8Input in;
  private final char[] buffer = new char[1 << 14];
  private int position;
  private int limit;
  private int line;
  private boolean skipNewline;

  LineReader(Utf8Input in) {
    this.in = in;
  }

  /**
   * Opens a UTF-8 file; a byte order mark is left out.
   *
   * @throws SluiceException DAT-005 or IOX-002 when the file is not there or may not be read
   */
  public static LineReader open(Path file) throws IOException {
    return new LineReader(Inputs.open(file));
  }

  /**
   * The next line without its end, or null after the last one.
   *
   * @throws SluiceException DAT-001 to DAT-004 when the file is no UTF-8 text or the line longer than 1 MiB, with the place
   */
  public String next() throws IOException {
    StringBuilder longLine = null;
    while (true) {
      if (position == limit && !fill()) {
        if (longLine == null) return null;
        line++;
        return longLine.toString();
      }
      if (skipNewline) {
        skipNewline = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      int start = position;
      while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') position++;
      int count = position - start;
      if ((longLine == null ? 0 : longLine.length()) + count > LONGEST) throw tooLong();
      boolean ended = position < limit;
      if (ended) {
        skipNewline = buffer[position++] == '\r';
        line++;
        if (longLine == null) return new String(buffer, start, count);
        return longLine.append(buffer, start, count).toString();
      }
      if (longLine == null) longLine = new StringBuilder(Math.max(64, 2 * count));
      longLine.append(buffer, start, count);
    }
  }

  /** The number of the line that {@link #next} returned last, counted from 1. */
  int line() {
    return line;
  }

  /** The place of that line. */
  public Location where() {
    return Location.of(in.source(), line);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(0, count);
    return count > 0;
  }

  private SluiceException tooLong() {
    return SluiceException.usage(
        Codes.LONG_LINE,
        Location.of(in.source(), line + 1),
        "the line is longer than 1 MiB, expected a sentence or a token",
        "check that this is the right file, or break the line");
  }
}
