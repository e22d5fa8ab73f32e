package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.text.Token;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/** CoNLL-U with the text as a comment, the words, their tags in the chosen column and SpaceAfter=No; _ everywhere else. */
final class ConlluWriter implements SentenceWriter {
  private static final int COLUMNS = 10;

  private final Writer out;
  private final ConlluColumn column;

  ConlluWriter(String name, Writer out, ConlluLayout layout) {
    this.out = out;
    this.column = ConlluColumn.ofTags(layout.column(), name);
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
      cells[1] = token.text();
      if (!sentence.tags().isEmpty()) cells[column.index()] = cell(sentence.tags().get(i));
      if (!last && sentence.tokens().get(i + 1).start() == token.end()) cells[9] = "SpaceAfter=No";
      for (String cell : cells) Writers.checkHolds(sentence, cell, false);
      lines.append(String.join("\t", cells)).append('\n');
    }
    out.write(lines.append('\n').toString());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private String cell(String tag) {
    if (column.feature() == null || tag.equals("_")) return tag;
    if (tag.indexOf('|') >= 0) {
      throw SluiceException.usage(
          Codes.UNWRITABLE,
          Location.of("CoNLL-U"),
          "the value \"" + Visible.of(tag) + "\" of a feature holds |",
          "write another column");
    }
    return column.feature() + "=" + tag;
  }
}
