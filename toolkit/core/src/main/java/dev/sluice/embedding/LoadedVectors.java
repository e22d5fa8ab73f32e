package dev.sluice.embedding;

import dev.sluice.config.Location;
import java.util.List;
import java.util.Objects;

/**
 * The vectors that were kept of a file, and what a report says about the file.
 *
 * @param source the file as the user named it
 * @param vectors what was kept
 * @param rows how many rows the file has
 * @param duplicates how many of them were left out because their word stood there before; of a trimmed file, among the words that were
 *     looked for
 * @param tooLong how many were left out because their word has more than 1,000 characters
 * @param firstWords the words the file begins with, at most 200
 */
public record LoadedVectors(
    String source,
    Vectors vectors,
    long rows,
    long duplicates,
    long tooLong,
    List<String> firstWords) {

  /** Copies the list. */
  public LoadedVectors {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(vectors, "vectors");
    firstWords = List.copyOf(firstWords);
  }

  /** The file, for messages. */
  Location where() {
    return Location.of(source);
  }
}
