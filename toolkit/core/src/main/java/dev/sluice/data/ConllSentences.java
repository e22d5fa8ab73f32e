package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import dev.sluice.data.DataConfig.FeatureColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sentences of a CoNLL column file: a token per line, a line of nothing but blanks after each sentence. Lines that begin with
 * -DOCSTART- are no tokens; they are counted, end a sentence and begin a document. All lines have as many columns as the first one.
 */
final class ConllSentences extends LineSentences {
  static final String DOCSTART = "-DOCSTART-";

  private final ConllLayout layout;
  private final List<FeatureColumn> features;
  private final int[] featureColumns;
  private final boolean withTags;
  private Boolean tab;
  private int width;
  private List<String> firstCells;
  private int documents;

  /** The lines of the last sentence that hold tokens, and their places. */
  private final List<String> tokenLines = new ArrayList<>();

  private final List<Integer> lineNumbers = new ArrayList<>();

  ConllSentences(Utf8Input in, ConllLayout layout, List<FeatureColumn> features, boolean withTags) {
    super(in);
    this.layout = layout;
    this.features = features;
    this.withTags = withTags;
    checkColumn(in.source(), "token", layout.token());
    checkColumn(in.source(), "tag", layout.tag());
    this.featureColumns = features.stream().mapToInt(f -> number(in.source(), f)).toArray();
  }

  @Override
  public Sentence next() throws IOException {
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    FeatureColumns values = new FeatureColumns(features);
    Location where = null;
    tokenLines.clear();
    lineNumbers.clear();
    int document = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      boolean border = docstart(line);
      if (border) {
        skips.add("-DOCSTART- lines");
        documents++;
      }
      if (border || Words.blank(line)) {
        if (where != null) break;
        continue;
      }
      if (layout.comment().isPresent() && line.startsWith(layout.comment().get())) {
        skips.add("comment lines");
        continue;
      }
      List<String> cells = cells(line);
      if (where == null) {
        where = lines.where();
        firstCells = cells;
        document = documents;
      }
      words.add(token(cells));
      tokenLines.add(line);
      lineNumbers.add(lines.line());
      if (withTags) tags.add(cell(cells, "tag", layout.tag()));
      for (int i = 0; i < featureColumns.length; i++) {
        values.add(i, cell(cells, nameOf(i), featureColumns[i]));
      }
    }
    if (where == null) return null;
    return values.addTo(Words.joined(words, tags, Optional.empty(), where)).withDocument(document);
  }

  @Override
  public String cell(String column) {
    int number = FeatureColumn.number(column).orElse(0);
    if (number != 0 && Math.abs(number) <= width) return firstCells.get(index(number)).strip();
    throw SluiceException.usage(
        Codes.LAYOUT,
        Location.of(lines.where().source()),
        "column \"" + Visible.of(column) + "\" is asked for, but lines have " + columns(width),
        "name one by its number, 1 for the first, -1 for the last");
  }

  @Override
  public List<Location> tagPlaces() {
    List<Location> places = new ArrayList<>();
    for (int i = 0; withTags && i < tokenLines.size(); i++)
      places.add(
          new Location(lines.where().source(), lineNumbers.get(i), column(tokenLines.get(i)) + 1));
    return places;
  }

  /** How many characters stand before the tag. */
  private int column(String line) {
    int cell = index(layout.tag()), at = 0;
    while (!tab && Words.blank(line.charAt(at))) at++;
    for (; cell > 0; cell--) {
      while (tab ? line.charAt(at) != '\t' : !Words.blank(line.charAt(at))) at++;
      at++;
      while (!tab && Words.blank(line.charAt(at))) at++;
    }
    return line.codePointCount(0, at);
  }

  /** A token without the position glued to it: digits at its end, but never its first character. */
  static String withoutIndex(String token) {
    int first = Character.charCount(token.codePointAt(0));
    int end = token.length();
    while (end > first && token.charAt(end - 1) >= '0' && token.charAt(end - 1) <= '9') end--;
    return token.substring(0, end);
  }

  private String token(List<String> cells) {
    String token = cell(cells, "token", layout.token());
    return layout.stripIndex() ? withoutIndex(token) : token;
  }

  private static boolean docstart(String line) {
    if (!line.startsWith(DOCSTART)) return false;
    return line.length() == DOCSTART.length() || Words.blank(line.charAt(DOCSTART.length()));
  }

  private List<String> cells(String line) {
    if (tab == null) {
      tab =
          layout.separator() == Separator.TAB
              || layout.separator() == Separator.AUTO && line.indexOf('\t') >= 0;
    }
    List<String> cells = tab ? Arrays.asList(line.split("\t", -1)) : Words.split(line);
    if (width == 0) setWidth(cells.size());
    if (cells.size() != width) {
      throw SluiceException.usage(
          Codes.COLUMNS,
          lines.where(),
          columns(cells.size())
              + " found, "
              + width
              + " expected as in the first line, separated by "
              + (tab ? "one tab" : "blanks")
              + ": "
              + Visible.of(line),
          "correct the line, or set data.conll.separator");
    }
    return cells;
  }

  /** The first line says how wide all are; one that does not hold what is asked for says nothing, so that the next may. */
  private void setWidth(int found) {
    width = found;
    try {
      checkWidth();
    } catch (SluiceException e) {
      width = 0;
      throw e;
    }
  }

  private void checkWidth() {
    int needed = Math.abs(layout.token());
    if (withTags) needed = Math.max(needed, Math.abs(layout.tag()));
    for (int column : featureColumns) needed = Math.max(needed, Math.abs(column));
    boolean same = withTags && index(layout.token()) == index(layout.tag());
    if (width >= needed && !same) {
      checkFeatures();
      return;
    }
    StringBuilder expected = new StringBuilder("a token in column " + layout.token());
    if (withTags) expected.append(" and a tag in column ").append(layout.tag());
    for (int i = 0; i < featureColumns.length; i++) {
      expected.append(" and ").append(nameOf(i)).append(" in column ").append(featureColumns[i]);
    }
    throw SluiceException.usage(
        Codes.COLUMNS,
        lines.where(),
        columns(width)
            + " found when separated by "
            + (tab ? "one tab" : "blanks")
            + ", expected "
            + expected,
        "set data.conll.separator, data.conll.token"
            + (featureColumns.length == 0
                ? " or data.conll.tag"
                : ", data.conll.tag or data.features"));
  }

  /** What is to be found must not be shown: now that the width is known, columns can be compared from either side. */
  private void checkFeatures() {
    for (int i = 0; withTags && i < featureColumns.length; i++) {
      if (index(featureColumns[i]) != index(layout.tag())) continue;
      throw SluiceException.usage(
          Codes.LAYOUT,
          lines.where(),
          nameOf(i)
              + " stands in column "
              + featureColumns[i]
              + ", which of "
              + columns(width)
              + " is the tag's column "
              + layout.tag(),
          "name another column in data.features");
    }
  }

  private String nameOf(int feature) {
    return features.get(feature).title();
  }

  private String cell(List<String> cells, String name, int column) {
    String value = cells.get(index(column));
    if (value.isEmpty()) {
      throw SluiceException.usage(
          Codes.EMPTY, lines.where(), "the " + name + " is empty", "fill column " + column);
    }
    return value;
  }

  private int index(int column) {
    return index(column, width);
  }

  /** The index of a column that counts from 1 on the left or -1 on the right. */
  static int index(int column, int width) {
    return column > 0 ? column - 1 : width + column;
  }

  private static String columns(int count) {
    return count == 1 ? "1 column" : count + " columns";
  }

  private static int number(String source, FeatureColumn feature) {
    return feature
        .number()
        .orElseThrow(
            () ->
                feature.noSuchColumn(
                    source, "a number", "e.g. 1 for the first column, -1 for the last"));
  }

  private static void checkColumn(String source, String name, int column) {
    if (column != 0) return;
    throw SluiceException.usage(
        Codes.LAYOUT,
        Location.of(source),
        "data.conll." + name + " is 0, but columns count from 1 on the left and -1 on the right",
        "e.g. 1 for the first column");
  }
}
