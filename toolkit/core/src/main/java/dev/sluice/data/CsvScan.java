package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * Stands between the file and the CSV parser and notes where each record and cell begins, because the parser knows only the last
 * line of a record. It also stops what the parser would swallow: a quote that is never closed, text after a closing quote, control
 * characters, a record without end. The parser's own read-ahead bounds the queue of noted records.
 */
final class CsvScan extends Reader {
  /** The longest record, in UTF-16 units. */
  static final int LONGEST = 1 << 20;

  /** Where the cells of one record begin. */
  static final class Places {
    private int[] lines = new int[8];
    private int[] columns = new int[8];
    private int size;

    void add(int line, int column) {
      if (size == lines.length) {
        lines = Arrays.copyOf(lines, 2 * size);
        columns = Arrays.copyOf(columns, 2 * size);
      }
      lines[size] = line;
      columns[size++] = column;
    }

    int line(int cell) {
      return lines[cell];
    }

    int column(int cell) {
      return columns[cell];
    }

    int size() {
      return size;
    }
  }

  private enum State {
    CELL_START,
    PLAIN,
    QUOTED,
    QUOTE_SEEN,
    CLOSED
  }

  private final Utf8Input in;
  private final CsvDialect dialect;
  private final Queue<Places> records = new ArrayDeque<>();
  private Places current = new Places();
  private State state = State.CELL_START;
  private int line = 1;
  private int column = 1;
  private int length;
  private boolean afterReturn;
  private int quoteLine;
  private int quoteColumn;

  CsvScan(Utf8Input in, CsvDialect dialect) {
    this.in = in;
    this.dialect = dialect;
  }

  /** The cell places of the next record that the parser returned. */
  Places take() {
    return records.remove();
  }

  @Override
  public int read(char[] buffer, int offset, int count) throws IOException {
    int got = in.read(buffer, offset, count);
    for (int i = 0; i < got; i++) character(buffer[offset + i]);
    if (got < 0) atEnd();
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void character(char c) {
    if (c == '\n' && afterReturn) { // the second half of a line end that was already counted
      afterReturn = false;
      return;
    }
    afterReturn = c == '\r';
    boolean lineEnd = c == '\n' || c == '\r';
    if (length == 0) current.add(line, column);
    if (c < ' ' && c != '\t' && !lineEnd) throw control(c);
    if (++length > LONGEST) throw tooLong();
    switch (state) {
      case CELL_START -> {
        if (dialect.quote() != 0 && c == dialect.quote()) {
          state = State.QUOTED;
          quoteLine = line;
          quoteColumn = column;
        } else {
          structure(c, lineEnd, State.PLAIN);
        }
      }
      case PLAIN -> structure(c, lineEnd, State.PLAIN);
      case QUOTED -> {
        if (c == dialect.quote()) state = State.QUOTE_SEEN;
      }
      case QUOTE_SEEN -> {
        if (c == dialect.quote()) {
          state = State.QUOTED;
        } else {
          closed(c, lineEnd);
        }
      }
      case CLOSED -> closed(c, lineEnd);
    }
    if (lineEnd) {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
  }

  private void closed(char c, boolean lineEnd) {
    if (c != dialect.delimiter() && !lineEnd && c != ' ' && c != '\t') throw afterQuote(c);
    structure(c, lineEnd, State.CLOSED);
  }

  private void structure(char c, boolean lineEnd, State otherwise) {
    if (lineEnd) {
      endRecord();
    } else if (c == dialect.delimiter()) {
      current.add(line, column + 1);
      state = State.CELL_START;
    } else {
      state = otherwise;
    }
  }

  private void endRecord() {
    records.add(current);
    current = new Places();
    state = State.CELL_START;
    length = 0;
  }

  private void atEnd() {
    if (state == State.QUOTED) throw openQuote("before the end of the file");
    if (length > 0) endRecord();
  }

  private SluiceException tooLong() {
    if (state == State.QUOTED) return openQuote("within 1 MiB");
    return SluiceException.usage(
        Codes.LONG_LINE,
        Location.of(in.source(), current.line(0)),
        "the record is longer than 1 MiB",
        "check that this is the right file");
  }

  private SluiceException openQuote(String where) {
    return SluiceException.usage(
        Codes.OPEN_QUOTE,
        new Location(in.source(), quoteLine, quoteColumn),
        "quote opened at " + quoteLine + ":" + quoteColumn + " is not closed " + where,
        "close it, or double a quote that belongs to the text, or set data.csv.quote");
  }

  private SluiceException afterQuote(char c) {
    return SluiceException.usage(
        Codes.AFTER_QUOTE,
        new Location(in.source(), line, column),
        "found \""
            + Visible.of(String.valueOf(c))
            + "\" after a closing quote, expected the delimiter or the end of the line",
        "double a quote that belongs to the text");
  }

  private SluiceException control(char c) {
    return SluiceException.usage(
        Codes.CONTROL,
        new Location(in.source(), line, column),
        "found the control character " + Visible.number(c) + " in a cell",
        "remove it");
  }
}
