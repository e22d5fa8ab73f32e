package dev.sluice.data;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Copies a CSV file record by record and appends columns, such as predicted tags. Every cell of the file is kept, empty lines
 * too. The appended cells are made harmless for spreadsheets ({@code =1+1} becomes {@code '=1+1}) unless raw ones are asked for.
 */
public final class CsvAppender {
  /** What is appended to the rows of a sentence. */
  @FunctionalInterface
  public interface Cells {
    /**
     * The cells for one sentence.
     *
     * @param sentence the sentence, without tags; it has no tokens when its row has none
     * @return for a sentence per row one list, for a token per row a list for each token; each as long as there are new columns
     */
    List<List<String>> of(Sentence sentence);
  }

  private final CsvLayout layout;
  private final List<FeatureColumn> features;
  private final Tokenizer tokenizer;
  private final List<String> columns;
  private final boolean raw;

  /**
   * An appender.
   *
   * @param layout how the file is laid out
   * @param features the columns that say more of each token; the sentences have them
   * @param tokenizer splits raw text
   * @param columns the names of the new columns
   * @param raw whether cells are written as they are, formulas included
   */
  public CsvAppender(
      CsvLayout layout,
      List<FeatureColumn> features,
      Tokenizer tokenizer,
      List<String> columns,
      boolean raw) {
    this.layout = layout;
    this.features = List.copyOf(features);
    this.tokenizer = tokenizer;
    this.columns = List.copyOf(columns);
    this.raw = raw;
  }

  /**
   * Copies a file, holding one sentence in memory at a time.
   *
   * @param out takes the copy; it is not closed
   * @throws SluiceException when the file is not what the layout says or has one of the new columns already
   */
  public void copy(Path in, OutputStream out, Cells cells) throws IOException {
    copy(Inputs.open(in), out, cells);
  }

  /**
   * The same for a stream, such as the standard input.
   *
   * @param name what messages call it
   */
  public void copy(String name, InputStream in, OutputStream out, Cells cells) throws IOException {
    copy(new Utf8Input(name, in), out, cells);
  }

  private void copy(Utf8Input in, OutputStream out, Cells cells) throws IOException {
    ArrayDeque<CsvRows.Row> waiting = new ArrayDeque<>();
    try (CsvSentences sentences =
        new CsvSentences(in, layout, features, tokenizer, false, waiting::add)) {
      CsvCells copy = new CsvCells(Writers.characters(out), CsvDialect.of(layout, in.source()));
      CsvRows.Row header = sentences.header();
      if (header != null) {
        checkNew(header);
        copy.write(joined(header.cells(), columns));
      }
      for (Sentence next = sentences.next(); next != null; next = sentences.next()) {
        List<Integer> lines = sentences.lines();
        List<List<String>> added = cells.of(next);
        if (added.size() != lines.size()) {
          throw new IllegalArgumentException(
              next.where() + ": " + added.size() + " rows of cells for " + lines.size() + " rows");
        }
        for (int i = 0; i < lines.size(); i++) {
          while (waiting.element().empty()) copy.write(waiting.remove().cells());
          copy.write(joined(waiting.remove().cells(), added.get(i)));
        }
      }
      while (!waiting.isEmpty()) copy.write(waiting.remove().cells());
      copy.flush();
    }
  }

  private void checkNew(CsvRows.Row header) {
    for (String column : columns) {
      int at = header.cells().indexOf(column);
      if (at >= 0) {
        throw SluiceException.usage(
            Codes.DUPLICATE_COLUMN,
            header.where(at),
            "the file has a column \"" + Visible.of(column) + "\" already",
            "rename it, or give another name to the new column");
      }
    }
  }

  private List<String> joined(List<String> cells, List<String> added) {
    if (added.size() != columns.size()) {
      throw new IllegalArgumentException(
          added.size() + " cells for " + columns.size() + " columns");
    }
    List<String> all = new ArrayList<>(cells);
    for (String cell : added) all.add(raw ? cell : CsvCells.defused(cell));
    return Collections.unmodifiableList(all);
  }
}
