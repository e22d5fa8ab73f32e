package dev.sluice.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** Writes CSV records that the reader reads back equal. */
final class CsvCells implements Closeable {
  private static final String TRIGGERS = "=+-@\t\r\n";

  private final Writer out;
  private final CSVFormat format;
  private final CsvDialect dialect;

  CsvCells(Writer out, CsvDialect dialect) {
    this.out = out;
    this.dialect = dialect;
    this.format = dialect.format();
  }

  /** Whether a cell can be written: without a quote character it must not hold the delimiter or a line end. */
  boolean holds(String cell) {
    if (dialect.quote() != 0) return true;
    return cell.chars().noneMatch(c -> c == dialect.delimiter() || c == '\n' || c == '\r');
  }

  /** Writes a record; a record without cells is an empty line. */
  void write(List<String> cells) throws IOException {
    if (!cells.isEmpty()) out.write(format.format(cells.toArray()));
    out.write('\n');
  }

  void flush() throws IOException {
    out.flush();
  }

  /** A cell that no spreadsheet takes for a formula: one that begins like a formula gets a ' in front. */
  static String defused(String cell) {
    return !cell.isEmpty() && TRIGGERS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
