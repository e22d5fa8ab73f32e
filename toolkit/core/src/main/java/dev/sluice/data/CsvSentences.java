package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.text.Token;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sentences of a CSV file. A sentence per row: raw text, split by the tokenizer, or tokens already split. A token per row: rows
 * with the same id one after the other are a sentence, and an empty id goes on with the sentence above. In a sentence per row an
 * empty cell of tags is a sentence that nobody has labelled.
 */
final class CsvSentences implements SentenceReader {
  private final String source;
  private final CsvRows rows;
  private final CsvDialect dialect;
  private final CsvLayout layout;
  private final List<FeatureColumn> features;
  private final Tokenizer tokenizer;
  private final boolean withTags;
  private final Consumer<CsvRows.Row> observer;
  private final Skips skips = new Skips();
  private final List<CsvRows.Row> lastRows = new ArrayList<>();
  private boolean started;
  private CsvHeader header;
  private int text;
  private int tokens;
  private int tags;
  private int intent;
  private int id;
  private int[] featureCells;
  private CsvRows.Row ahead;

  /**
   * A reader.
   *
   * @param withTags whether tags are read; without them every row that is not empty becomes a sentence, be it one without tokens
   * @param observer is shown each record as it is read
   */
  CsvSentences(
      Utf8Input in,
      CsvLayout layout,
      List<FeatureColumn> features,
      Tokenizer tokenizer,
      boolean withTags,
      Consumer<CsvRows.Row> observer)
      throws IOException {
    this.source = in.source();
    this.dialect = CsvDialect.of(layout, source);
    this.rows = new CsvRows(in, dialect);
    this.layout = layout;
    this.features = features;
    this.tokenizer = tokenizer;
    this.withTags = withTags;
    this.observer = observer;
  }

  @Override
  public Sentence next() throws IOException {
    if (!start()) return null;
    lastRows.clear();
    return id >= 0 ? nextOfTokens() : nextOfRow();
  }

  /** The header, or null in an empty file. */
  CsvRows.Row header() throws IOException {
    return rows.header();
  }

  /** The first line of each record of the last sentence. */
  List<Integer> lines() {
    return lastRows.stream().map(CsvRows.Row::line).toList();
  }

  @Override
  public List<Location> tagPlaces() {
    return tags < 0 ? List.of() : lastRows.stream().map(row -> row.where(tags)).toList();
  }

  @Override
  public java.util.Map<String, Long> skipped() {
    return skips.counts();
  }

  @Override
  public String cell(String column) {
    return lastRows.get(0).cells().get(header.index(column)).strip();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private boolean start() throws IOException {
    if (started) return rows.header() != null;
    started = true;
    if (layout.text().isEmpty() && layout.tokens().isEmpty()) {
      throw layout("csv names neither text nor tokens", "set data.csv.tokens or data.csv.text");
    }
    if (layout.sentence().isPresent() && layout.tokens().isEmpty()) {
      throw layout("csv names sentence but not tokens", "set data.csv.tokens to the token column");
    }
    CsvRows.Row first = rows.header();
    if (first == null) return false;
    Optional<String> tagColumn = withTags ? layout.tags() : Optional.empty();
    Optional<String> intentColumn = withTags ? layout.intent() : Optional.empty();
    // text beside tokens only gives the offsets; a token per row has no place for it
    Optional<String> textColumn = layout.sentence().isPresent() ? Optional.empty() : layout.text();
    long needed =
        Stream.of(textColumn, layout.tokens(), tagColumn, intentColumn, layout.sentence())
            .filter(Optional::isPresent)
            .count();
    header = new CsvHeader(first, dialect, (int) needed + features.size());
    text = header.index(textColumn);
    tokens = header.index(layout.tokens());
    tags = header.index(tagColumn);
    intent = header.index(intentColumn);
    id = header.index(layout.sentence());
    featureCells =
        features.stream().mapToInt(f -> header.index(f.column(), "data.features")).toArray();
    return true;
  }

  private SluiceException layout(String what, String fix) {
    return SluiceException.usage(Codes.LAYOUT, Location.of(source), what, fix);
  }

  private Sentence nextOfRow() throws IOException {
    for (CsvRows.Row row = read(); row != null; row = read()) {
      Sentence sentence = sentence(row);
      if (sentence.size() > 0 || !withTags) {
        lastRows.add(row);
        return sentence;
      }
      skips.add("rows without tokens");
    }
    return null;
  }

  private Sentence sentence(CsvRows.Row row) {
    List<String> tagsOfRow = tags < 0 ? List.of() : Words.split(row.cells().get(tags));
    Sentence untagged = withFeatures(untagged(row, intentOf(row)), row);
    if (tagsOfRow.isEmpty()) return untagged;
    Words.checkCounts(row.where(tags), untagged.words(), tagsOfRow);
    return untagged.withTags(tagsOfRow);
  }

  private Sentence untagged(CsvRows.Row row, Optional<String> intentOfRow) {
    if (tokens < 0) {
      String raw = row.cells().get(text);
      return new Sentence(raw, tokenizer.tokenize(raw), List.of(), intentOfRow, row.where());
    }
    List<String> words = Words.split(row.cells().get(tokens));
    if (text >= 0) {
      String raw = row.cells().get(text);
      Optional<List<Token>> aligned = Words.aligned(raw, words);
      if (aligned.isPresent()) {
        return new Sentence(raw, aligned.get(), List.of(), intentOfRow, row.where());
      }
      skips.add("texts that do not hold their tokens");
    }
    return Words.joined(words, List.of(), intentOfRow, row.where());
  }

  private Sentence withFeatures(Sentence sentence, CsvRows.Row row) {
    FeatureColumns values = new FeatureColumns(features);
    for (int i = 0; i < featureCells.length; i++) {
      List<String> ofRow = Words.split(row.cells().get(featureCells[i]));
      Words.checkCounts(
          row.where(featureCells[i]), sentence.words(), ofRow, features.get(i).name());
      for (String value : ofRow) values.add(i, value);
    }
    return values.addTo(sentence);
  }

  private Optional<String> intentOf(CsvRows.Row row) {
    if (intent < 0) return Optional.empty();
    String value = row.cells().get(intent).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private Sentence nextOfTokens() throws IOException {
    CsvRows.Row row = ahead == null ? read() : ahead;
    ahead = null;
    if (row == null) return null;
    CsvRows.Row first = row;
    String sentenceId = row.cells().get(id);
    List<String> words = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    FeatureColumns values = new FeatureColumns(features);
    Optional<String> label = Optional.empty();
    while (row != null) {
      String rowId = row.cells().get(id);
      if (!rowId.isEmpty() && !rowId.equals(sentenceId)) {
        ahead = row;
        break;
      }
      words.add(filled(row, tokens, "token"));
      if (tags >= 0) labels.add(filled(row, tags, "tag"));
      for (int i = 0; i < featureCells.length; i++) {
        values.add(i, filled(row, featureCells[i], features.get(i).title()));
      }
      label = sameIntent(label, row);
      lastRows.add(row);
      row = read();
    }
    return values.addTo(Words.joined(words, labels, label, first.where()));
  }

  private Optional<String> sameIntent(Optional<String> before, CsvRows.Row row) {
    Optional<String> now = intentOf(row);
    if (before.isPresent() && now.isPresent() && !before.equals(now)) {
      throw SluiceException.usage(
          Codes.INTENT,
          row.where(intent),
          "the sentence is labelled \""
              + Visible.of(now.get())
              + "\" here but \""
              + Visible.of(before.get())
              + "\" above",
          "give all rows of a sentence the same label");
    }
    return before.isPresent() ? before : now;
  }

  private static String filled(CsvRows.Row row, int cell, String name) {
    String value = row.cells().get(cell);
    if (value.isEmpty()) {
      throw SluiceException.usage(
          Codes.EMPTY,
          row.where(cell),
          "the " + name + " is empty",
          "fill the cell or drop the row");
    }
    return value;
  }

  /** The next record that is not empty. */
  private CsvRows.Row read() throws IOException {
    while (true) {
      CsvRows.Row row = rows.next();
      if (row == null) return null;
      observer.accept(row);
      if (!row.empty()) return row;
      skips.add("empty lines");
    }
  }
}
