package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.io.Writer;

/** Copies the characters of a file and puts other text into cells that begin at given places; lines and columns are counted as readers count them. */
final class CellCopy {
  private static final int END = -1;

  private final Utf8Input in;
  private final Writer out;
  private final char[] buffer = new char[1 << 14];
  private int position;
  private int limit;
  private int line = 1;
  private int column = 1;
  private boolean afterReturn;

  CellCopy(Utf8Input in, Writer out) {
    this.in = in;
    this.out = out;
  }

  private int peek() throws IOException {
    if (position == limit) {
      limit = in.read(buffer, 0, buffer.length);
      position = 0;
      if (limit < 0) limit = 0;
    }
    return position == limit ? END : buffer[position];
  }

  private char take() throws IOException {
    if (peek() == END) throw changed();
    char c = buffer[position++];
    if (c == '\n' && afterReturn) {
      afterReturn = false;
      return c;
    }
    afterReturn = c == '\r';
    if (c == '\n' || c == '\r') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
    return c;
  }

  /**
   * Copies what stands before a place.
   *
   * @throws SluiceException IOX-002 when the file has no such place any more
   */
  void copyTo(Location place) throws IOException {
    while (line != place.line() || column != place.column() || afterReturn && peek() == '\n') {
      if (line > place.line()) throw changed();
      out.write(take());
    }
  }

  /** Leaves out a text that must stand here, and writes another one. */
  void replace(String old, String text) throws IOException {
    for (int i = 0; i < old.length(); i++) if (take() != old.charAt(i)) throw changed();
    out.write(text);
  }

  /**
   * Leaves out a CSV cell that begins here, and writes another one, in quotes where the old one was or where it needs them.
   *
   * @param old the tags of the cell, separated by blanks of any kind
   * @throws SluiceException DAT-070 when the new one needs quotes and the file has none
   */
  void replace(String old, String text, CsvDialect dialect) throws IOException {
    Location where = new Location(in.source(), line, column);
    boolean quoted = dialect.quote() != 0 && peek() == dialect.quote();
    StringBuilder cell = new StringBuilder();
    if (quoted) {
      take();
      while (true) {
        char c = take();
        if (c == dialect.quote()) {
          if (peek() != dialect.quote()) break;
          take();
        }
        cell.append(c);
      }
    } else {
      while (peek() != END && peek() != dialect.delimiter() && peek() != '\n' && peek() != '\r')
        cell.append(take());
    }
    if (!Words.split(cell.toString()).equals(Words.split(old))) throw changed();
    String quote = String.valueOf(dialect.quote());
    boolean needed = text.indexOf(dialect.delimiter()) >= 0 || text.contains(quote);
    if (needed && dialect.quote() == 0) {
      throw SluiceException.usage(
          Codes.UNWRITABLE,
          where,
          "\"" + Visible.of(text) + "\" holds the delimiter, and the file has no quotes",
          "set data.csv.quote");
    }
    out.write(quoted || needed ? quote + text.replace(quote, quote + quote) + quote : text);
  }

  /** Copies what is left. */
  void copyRest() throws IOException {
    while (peek() != END) out.write(take());
    out.flush();
  }

  private SluiceException changed() {
    return SluiceException.io(
        Codes.NOT_READ,
        new Location(in.source(), line, column),
        "the file changed while it was read",
        "wait until it is complete and run the command again");
  }
}
