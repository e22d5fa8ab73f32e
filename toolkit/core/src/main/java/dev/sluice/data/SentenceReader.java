package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads sentences one after the other, holding one of them in memory at a time. */
public interface SentenceReader extends AutoCloseable {
  /**
   * The next sentence.
   *
   * @return the sentence, or null at the end
   * @throws IOException when the file cannot be read
   * @throws dev.sluice.config.SluiceException when its content is not what the format asks for, with the place
   */
  Sentence next() throws IOException;

  /** What was left out so far, by reason, such as {@code "-DOCSTART- lines"}; nothing when all of the file became sentences. */
  default Map<String, Long> skipped() {
    return Map.of();
  }

  /**
   * Where the tags of the sentence stand that {@link #next} returned last: a place per token, or one for all of them where they stand together; none where a format
   * does not say.
   */
  default List<Location> tagPlaces() {
    return List.of();
  }

  /**
   * What a column says of the sentence that {@link #next} returned last: the cell of its first token, whether or not the column is read for anything else.
   *
   * @param column csv: a name of the header; conll: a number, 1 for the first column, -1 for the last; conllu: a name, as for a feature; jsonl: a field
   * @return the value without white space around it, empty where the cell is
   * @throws SluiceException when there is no such column
   */
  default String cell(String column) {
    throw SluiceException.usage(
        Codes.LAYOUT,
        Location.of("data"),
        "column \"" + Visible.of(column) + "\" is asked for, but the format has no further columns",
        "give the data as csv, conll, conllu or jsonl");
  }

  @Override
  void close() throws IOException;
}
