package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.text.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sentences of a CoNLL-U file (Universal Dependencies, ten columns). The tokens are the syntactic words; ranges such as 12-13 and
 * empty nodes such as 8.1 are left out. Offsets refer to the {@code # text} comment when it holds the words in order, and else to a
 * text rebuilt from the words and SpaceAfter=No. The comment {@code # newdoc} begins a document.
 */
final class ConlluSentences extends LineSentences {
  private static final int COLUMNS = 10;
  private static final int FORM = 1;
  private static final int MISC = 9;

  private final ConlluColumn column;
  private final List<FeatureColumn> features;
  private final List<ConlluColumn> featureColumns;
  private final boolean withTags;
  private String[] firstCells;
  private final List<String[]> tagged = new ArrayList<>(); // the cells of each word with a tag
  private final List<Location> taggedAt = new ArrayList<>(); // the line of each
  private int documents;

  ConlluSentences(
      Utf8Input in, ConlluLayout layout, List<FeatureColumn> features, boolean withTags) {
    super(in);
    this.column = ConlluColumn.ofTags(layout.column(), in.source());
    this.features = features;
    this.featureColumns = features.stream().map(f -> ConlluColumn.of(f, in.source())).toList();
    this.withTags = withTags;
  }

  @Override
  public Sentence next() throws IOException {
    Location where = null;
    String text = null;
    List<String> tags = new ArrayList<>();
    FeatureColumns values = new FeatureColumns(features);
    Spaces spaces = new Spaces();
    tagged.clear();
    taggedAt.clear();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (Words.blank(line)) {
        if (where != null) break;
        text = null;
        continue;
      }
      if (line.charAt(0) == '#') {
        if (where != null) continue;
        text = comment(line, text);
        if (beginsDocument(line)) documents++;
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS)
        throw wrong(cells.length + " tab-separated columns found, expected 10");
      String id = cells[0];
      if (number(id)) {
        if (!id.equals(String.valueOf(spaces.size() + 1))) {
          throw wrong(
              "word "
                  + id
                  + " found after word "
                  + spaces.size()
                  + ", expected "
                  + (spaces.size() + 1));
        }
        if (cells[FORM].isEmpty()) throw wrong("the word is empty");
        if (where == null) {
          where = lines.where();
          firstCells = cells;
        }
        spaces.word(cells[FORM], noSpaceAfter(cells[MISC]));
        if (withTags) {
          tags.add(filled(column, cells));
          tagged.add(cells);
          taggedAt.add(lines.where());
        }
        for (int i = 0; i < featureColumns.size(); i++) {
          values.add(i, filled(featureColumns.get(i), cells));
        }
      } else if (between(id, '-')) {
        skips.add("multiword ranges");
        int to = Integer.parseInt(id.substring(id.indexOf('-') + 1));
        spaces.range(cells[FORM], to, noSpaceAfter(cells[MISC]));
      } else if (between(id, '.')) {
        skips.add("empty nodes");
      } else {
        throw wrong("\"" + Visible.of(id) + "\" is no word number");
      }
    }
    if (where == null) return null;
    return values.addTo(sentence(where, text, spaces, tags)).withDocument(documents);
  }

  @Override
  public List<Location> tagPlaces() {
    List<Location> places = new ArrayList<>();
    for (int i = 0; i < tagged.size(); i++) places.add(taggedAt.get(i).at(column(tagged.get(i))));
    return places;
  }

  /** Where the cell of the tag begins, in characters from 1. */
  private int column(String[] cells) {
    int column = 1;
    for (int i = 0; i < this.column.index(); i++)
      column += cells[i].codePointCount(0, cells[i].length()) + 1;
    return column;
  }

  @Override
  public String cell(String wanted) {
    return ConlluColumn.named(wanted)
        .orElseThrow(
            () ->
                SluiceException.usage(
                    Codes.LAYOUT,
                    Location.of(lines.where().source()),
                    "column \""
                        + Visible.of(wanted)
                        + "\" is asked for, expected one of "
                        + ConlluColumn.NAMES,
                    ConlluColumn.nearest(wanted)))
        .in(firstCells)
        .strip();
  }

  private Sentence sentence(Location where, String text, Spaces spaces, List<String> tags) {
    if (text != null) {
      Optional<List<Token>> aligned = Words.aligned(text, spaces.words());
      if (aligned.isPresent()) {
        return new Sentence(text, aligned.get(), tags, Optional.empty(), where);
      }
      skips.add("texts that do not hold their words");
    }
    return spaces.sentence(tags, where);
  }

  private static String comment(String line, String before) {
    String content = line.substring(1).stripLeading();
    if (!content.startsWith("text")) return before;
    String rest = content.substring("text".length()).stripLeading();
    if (!rest.startsWith("=")) return before;
    return rest.startsWith("= ") ? rest.substring(2) : rest.substring(1);
  }

  /** A comment of the form {@code # newdoc} or {@code # newdoc id = x}. */
  private static boolean beginsDocument(String line) {
    List<String> words = Words.split(line.substring(1));
    return !words.isEmpty() && words.get(0).equals("newdoc");
  }

  private String filled(ConlluColumn wanted, String[] cells) {
    String value = wanted.in(cells);
    if (value.isEmpty()) throw wrong("column " + (wanted.index() + 1) + " is empty");
    return value;
  }

  private static boolean noSpaceAfter(String misc) {
    return Arrays.asList(misc.split("\\|")).contains("SpaceAfter=No");
  }

  private static boolean between(String id, char separator) {
    int at = id.indexOf(separator);
    return at > 0 && number(id.substring(0, at)) && number(id.substring(at + 1));
  }

  private static boolean number(String text) {
    if (text.isEmpty() || text.length() > 8) return false;
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private SluiceException wrong(String what) {
    return SluiceException.usage(
        Codes.CONLLU,
        lines.where(),
        what,
        "CoNLL-U has ten columns, words numbered from 1 and a blank line after each sentence");
  }

  /** The words of a sentence and what stood between them. */
  private static final class Spaces {
    private final List<String> words = new ArrayList<>();
    private final List<Boolean> glued = new ArrayList<>();
    private String rangeForm = "";
    private int rangeStart;
    private int rangeEnd;
    private boolean rangeGlued;

    void range(String form, int lastWord, boolean noSpaceAfter) {
      rangeForm = form;
      rangeStart = words.size();
      rangeEnd = lastWord;
      rangeGlued = noSpaceAfter;
    }

    void word(String form, boolean noSpaceAfter) {
      words.add(form);
      glued.add(noSpaceAfter);
      if (rangeEnd == words.size()) {
        boolean whole = String.join("", words.subList(rangeStart, rangeEnd)).equals(rangeForm);
        for (int i = rangeStart; i < rangeEnd - 1; i++) glued.set(i, whole);
        glued.set(rangeEnd - 1, rangeGlued);
      }
    }

    int size() {
      return words.size();
    }

    List<String> words() {
      return words;
    }

    Sentence sentence(List<String> tags, Location where) {
      StringBuilder text = new StringBuilder();
      List<Token> tokens = new ArrayList<>(words.size());
      for (int i = 0; i < words.size(); i++) {
        if (i > 0 && !glued.get(i - 1)) text.append(' ');
        tokens.add(new Token(words.get(i), text.length(), text.length() + words.get(i).length()));
        text.append(words.get(i));
      }
      return new Sentence(text.toString(), tokens, tags, Optional.empty(), where);
    }
  }
}
