package dev.sluice.data;

import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/** CoNLL columns: the token and the tag at their columns, _ in the columns between; the label of the sentence is left out. */
final class ConllWriter implements SentenceWriter {
  private final Writer out;
  private final ConllLayout layout;
  private final int width;

  ConllWriter(Writer out, ConllLayout layout) {
    this.out = out;
    this.layout = layout;
    int columns = Math.max(Math.abs(layout.token()), Math.abs(layout.tag()));
    this.width =
        index(layout.token(), columns) == index(layout.tag(), columns) ? columns + 1 : columns;
  }

  @Override
  public void write(Sentence sentence) throws IOException {
    if (sentence.tags().size() != sentence.size() || sentence.size() == 0) {
      throw Writers.unwritable(sentence, "the sentence has no tags", "tag it first");
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < sentence.size(); i++) {
      lines.append(line(sentence, i)).append('\n');
    }
    out.write(lines.append('\n').toString());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private String line(Sentence sentence, int i) {
    boolean blank = layout.separator() == Separator.BLANK;
    String[] cells = new String[width];
    Arrays.fill(cells, "_");
    cells[index(layout.token(), width)] = token(sentence, i);
    cells[index(layout.tag(), width)] = sentence.tags().get(i);
    for (String cell : cells) Writers.checkHolds(sentence, cell, blank);
    String line = String.join(blank ? " " : "\t", cells);
    boolean comment = layout.comment().map(line::startsWith).orElse(false);
    if (comment || cells[0].equals(ConllSentences.DOCSTART)) {
      throw Writers.unwritable(
          sentence,
          "the line \"" + Visible.of(line) + "\" would not be read as a token",
          "write another format");
    }
    return line;
  }

  private String token(Sentence sentence, int i) {
    String token = sentence.tokens().get(i).text();
    if (!layout.stripIndex()) return token;
    if (!ConllSentences.withoutIndex(token + "0").equals(token)) {
      throw Writers.unwritable(
          sentence,
          "token \"" + Visible.of(token) + "\" ends in a digit, which stripIndex would cut off",
          "set data.conll.stripIndex to false");
    }
    return token + "0";
  }

  private static int index(int column, int width) {
    return column > 0 ? column - 1 : width + column;
  }
}
