package dev.sluice.data;

import dev.sluice.config.Location;
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

  @Override
  void close() throws IOException;
}
