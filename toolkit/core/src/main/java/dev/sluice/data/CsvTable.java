package dev.sluice.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a table of results as CSV: UTF-8, commas, quotes where needed, and no cell that a spreadsheet takes for a formula ({@code =1+1} becomes {@code '=1+1}). */
public final class CsvTable {
  private final CsvCells cells;
  private final int columns;

  /**
   * Writes the header.
   *
   * @param out takes the table; it is not closed
   */
  public CsvTable(OutputStream out, List<String> header) throws IOException {
    cells = new CsvCells(Writers.characters(out), new CsvDialect(',', '"'));
    columns = header.size();
    row(header);
  }

  /** Writes a row with a cell for each column. */
  public void row(List<String> row) throws IOException {
    if (row.size() != columns)
      throw new IllegalArgumentException(row.size() + " cells for " + columns + " columns");
    cells.write(row.stream().map(CsvCells::defused).toList());
  }

  /** Brings everything to the stream; to be called after the last row. */
  public void flush() throws IOException {
    cells.flush();
  }
}
