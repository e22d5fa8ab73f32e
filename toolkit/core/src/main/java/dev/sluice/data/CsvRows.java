package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The header and the records of a CSV file, each record as wide as the header, with the place of every cell. */
final class CsvRows implements Closeable {
  /** A record; a line without anything is a record without cells. */
  record Row(String source, List<String> cells, CsvScan.Places places) {
    boolean empty() {
      return cells.isEmpty();
    }

    int line() {
      return places.line(0);
    }

    Location where() {
      return Location.of(source, line());
    }

    Location where(int cell) {
      return new Location(source, places.line(cell), places.column(cell));
    }
  }

  private final Utf8Input in;
  private final CsvScan scan;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private Row header;
  private boolean started;

  CsvRows(Utf8Input in, CsvDialect dialect) throws IOException {
    this.in = in;
    this.scan = new CsvScan(in, dialect);
    this.parser = CSVParser.builder().setReader(scan).setFormat(dialect.format()).get();
    this.records = parser.iterator();
  }

  /** The first record that is not empty, or null in a file without any. */
  Row header() throws IOException {
    if (!started) {
      started = true;
      do {
        header = read();
      } while (header != null && header.empty());
    }
    return header;
  }

  /** The next record after the header, or null at the end; a record that is wider or narrower than the header is refused. */
  Row next() throws IOException {
    if (header() == null) return null;
    Row row = read();
    if (row != null && !row.empty() && row.cells().size() != header.cells().size()) {
      throw SluiceException.usage(
          Codes.RAGGED,
          row.where(),
          (row.cells().size() == 1 ? "1 cell" : row.cells().size() + " cells")
              + " found, "
              + header.cells().size()
              + " expected: "
              + Visible.of(String.join(" | ", row.cells())),
          "give the record a cell for each column; quote a cell that holds the delimiter");
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private Row read() throws IOException {
    try {
      if (!records.hasNext()) return null;
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    CSVRecord parsed = records.next();
    CsvScan.Places places = scan.take();
    if (parsed.size() != places.size()) {
      throw new IllegalStateException(
          in.source() + ":" + places.line(0) + ": the CSV parser and the scan disagree");
    }
    boolean empty = parsed.size() == 1 && parsed.get(0).isEmpty();
    List<String> cells = empty ? List.of() : Arrays.asList(parsed.values());
    return new Row(in.source(), cells, places);
  }
}
