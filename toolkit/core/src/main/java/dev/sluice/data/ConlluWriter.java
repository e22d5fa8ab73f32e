package dev.sluice.data;

import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.text.Token;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** CoNLL-U with the text as a comment, the words, their tags and features in their columns and SpaceAfter=No; _ everywhere else. */
final class ConlluWriter implements SentenceWriter {
  private static final int COLUMNS = 10;
  private static final ConlluColumn FORM = new ConlluColumn(1, null);

  private final Writer out;
  private final ConlluColumn column;
  private final List<FeatureColumn> features;
  private final List<ConlluColumn> featureColumns;

  ConlluWriter(String name, Writer out, ConlluLayout layout, List<FeatureColumn> features) {
    this.out = out;
    this.column = ConlluColumn.ofTags(layout.column(), name);
    this.features = features;
    this.featureColumns = features.stream().map(f -> ConlluColumn.of(f, name)).toList();
  }

  @Override
  public void write(Sentence sentence) throws IOException {
    String text = sentence.text();
    if (sentence.size() == 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw Writers.unwritable(
          sentence, "the text has no token or more than one line", "write JSON lines");
    }
    StringBuilder lines = new StringBuilder("# text = ").append(text).append('\n');
    for (int i = 0; i < sentence.size(); i++) {
      String[] cells = new String[COLUMNS];
      Arrays.fill(cells, "_");
      Token token = sentence.tokens().get(i);
      boolean last = i == sentence.size() - 1;
      cells[0] = String.valueOf(i + 1);
      List<Cell> values = values(sentence, i);
      for (Cell value : values) value.putInto(cells);
      for (Cell value : values) value.check(cells, sentence);
      if (!last && sentence.tokens().get(i + 1).start() == token.end()) cells[9] = "SpaceAfter=No";
      for (String cell : cells) Writers.checkHolds(sentence, cell, false);
      lines.append(String.join("\t", cells)).append('\n');
    }
    out.write(lines.append('\n').toString());
  }

  /** What is to be read where, the word first. */
  private List<Cell> values(Sentence sentence, int i) {
    List<Cell> values = new ArrayList<>();
    values.add(new Cell(FORM, sentence.tokens().get(i).text()));
    if (!sentence.tags().isEmpty()) values.add(new Cell(column, sentence.tags().get(i)));
    for (int f = 0; f < features.size(); f++) {
      String value = Writers.feature(sentence, features.get(f), i);
      values.add(new Cell(featureColumns.get(f), value));
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** What is to be read in a column. */
  private record Cell(ConlluColumn column, String value) {
    void putInto(String[] cells) {
      if (column.in(cells).equals(value)) return;
      String before = cells[column.index()];
      if (column.feature() == null) {
        cells[column.index()] = value;
      } else {
        String one = column.feature() + "=" + value;
        cells[column.index()] = before.equals("_") ? one : before + "|" + one;
      }
    }

    /** A value with | in it, or two that share a column, would be read otherwise. */
    void check(String[] cells, Sentence sentence) {
      if (column.in(cells).equals(value)) return;
      throw Writers.unwritable(
          sentence,
          "the value \"" + Visible.of(value) + "\" holds | or contradicts another in its column",
          "write another column");
    }
  }
}
