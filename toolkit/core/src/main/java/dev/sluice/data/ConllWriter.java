package dev.sluice.data;

import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import dev.sluice.data.DataConfig.FeatureColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** CoNLL columns: the token, the tag and features at their columns, _ in the columns between; the label of the sentence is left out. */
final class ConllWriter implements SentenceWriter {
  private final Writer out;
  private final ConllLayout layout;
  private final List<FeatureColumn> features;
  private final int width;

  ConllWriter(Writer out, ConllLayout layout, List<FeatureColumn> features) {
    this.out = out;
    this.layout = layout;
    this.features = features;
    int[] columns =
        IntStream.concat(
                IntStream.of(layout.token(), layout.tag()),
                features.stream().mapToInt(f -> f.number().orElseThrow()))
            .distinct()
            .toArray();
    int narrowest = Arrays.stream(columns).map(Math::abs).max().orElseThrow();
    while (columnsMeet(columns, narrowest)) narrowest++;
    this.width = narrowest;
  }

  /** Whether two columns, counted from either side, are one in a line of that width. */
  private static boolean columnsMeet(int[] columns, int width) {
    return Arrays.stream(columns).map(c -> ConllSentences.index(c, width)).distinct().count()
        < columns.length;
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
    cells[ConllSentences.index(layout.token(), width)] = token(sentence, i);
    cells[ConllSentences.index(layout.tag(), width)] = sentence.tags().get(i);
    for (FeatureColumn feature : features) {
      int column = ConllSentences.index(feature.number().orElseThrow(), width);
      String value = Writers.feature(sentence, feature, i);
      if (!cells[column].equals("_") && !cells[column].equals(value)) {
        throw Writers.unwritable(
            sentence,
            "\""
                + Visible.of(cells[column])
                + "\" and \""
                + Visible.of(value)
                + "\" share a column",
            "name another column in data.features");
      }
      cells[column] = value;
    }
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
}
