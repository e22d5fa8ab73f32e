package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.FeatureColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sentences as CSV in the layout the reader reads: a sentence per row, or a token per row with a running number as sentence id. */
final class CsvSentenceWriter implements SentenceWriter {
  private final CsvCells cells;
  private final CsvLayout layout;
  private final List<FeatureColumn> features;
  private long sentences;

  CsvSentenceWriter(String name, Writer out, CsvLayout layout, List<FeatureColumn> features)
      throws IOException {
    if (layout.text().isEmpty() && layout.tokens().isEmpty()) {
      throw SluiceException.usage(
          Codes.LAYOUT,
          Location.of(name),
          "csv names neither text nor tokens",
          "set data.csv.tokens or data.csv.text");
    }
    this.layout = layout;
    this.features = features;
    this.cells = new CsvCells(out, CsvDialect.of(layout, name));
    cells.write(
        row(
            List.of(layout.sentence(), text(), layout.tokens(), layout.tags(), layout.intent()),
            features.stream().map(FeatureColumn::column).toList()));
  }

  @Override
  public void write(Sentence sentence) throws IOException {
    sentences++;
    if (layout.tags().isPresent() && sentence.tags().size() != sentence.size()) {
      throw Writers.unwritable(sentence, "the sentence has no tags", "tag it first");
    }
    List<List<String>> rows =
        layout.sentence().isPresent() ? tokens(sentence) : List.of(one(sentence));
    for (List<String> row : rows) {
      for (String cell : row) {
        if (!cells.holds(cell)) {
          throw Writers.unwritable(
              sentence,
              "\""
                  + Visible.of(cell)
                  + "\" holds the delimiter or a line end, and there is no quote",
              "set data.csv.quote");
        }
      }
    }
    for (List<String> row : rows) cells.write(row);
  }

  @Override
  public void close() throws IOException {
    cells.close();
  }

  private Optional<String> text() {
    return layout.sentence().isPresent() ? Optional.empty() : layout.text();
  }

  private List<String> one(Sentence sentence) {
    if (layout.tokens().isPresent()) {
      for (String word : sentence.words()) Writers.checkHolds(sentence, word, true);
    }
    for (String tag : sentence.tags()) Writers.checkHolds(sentence, tag, true);
    return row(
        List.of(
            layout.text().map(name -> sentence.text()),
            layout.tokens().map(name -> String.join(" ", sentence.words())),
            layout.tags().map(name -> String.join(" ", sentence.tags())),
            layout.intent().map(name -> sentence.intent().orElse(""))),
        features.stream().map(feature -> joined(sentence, feature)).toList());
  }

  private static String joined(Sentence sentence, FeatureColumn feature) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < sentence.size(); i++) {
      values.add(Writers.feature(sentence, feature, i));
      Writers.checkHolds(sentence, values.get(i), true);
    }
    return String.join(" ", values);
  }

  private List<List<String>> tokens(Sentence sentence) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < sentence.size(); i++) {
      int token = i;
      rows.add(
          row(
              List.of(
                  Optional.of(String.valueOf(sentences)),
                  Optional.of(sentence.tokens().get(token).text()),
                  layout.tags().map(name -> sentence.tags().get(token)),
                  layout.intent().map(name -> sentence.intent().orElse(""))),
              features.stream().map(f -> Writers.feature(sentence, f, token)).toList()));
    }
    return rows;
  }

  private static List<String> row(List<Optional<String>> cells, List<String> ofFeatures) {
    return Stream.concat(cells.stream().flatMap(Optional::stream), ofFeatures.stream()).toList();
  }
}
