package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the tags of sentences stand that were read before. Sentences do not keep these places, which only mistakes ask for: the file is read once more, as far as the
 * sentence in question, and on from there for the next one.
 */
public final class TagPlaces implements AutoCloseable {
  private final Path path;
  private final DataConfig config;
  private final Tokenizer tokenizer;
  private SentenceReader reader;
  private Location where; // of the sentence that was read last
  private List<Location> places = List.of();

  /**
   * Places in a file, which is opened when the first of them is asked for.
   *
   * @param path the file or folder
   * @param config its format, as the sentences were read
   * @param tokenizer splits raw text, as the sentences were read
   */
  public TagPlaces(Path path, DataConfig config, Tokenizer tokenizer) {
    this.path = path;
    this.config = config;
    this.tokenizer = tokenizer;
  }

  /**
   * The place of a single tag.
   *
   * @param token the token, counted from 0
   */
  public static Location of(
      Path path, DataConfig config, Tokenizer tokenizer, Sentence sentence, int token) {
    try (TagPlaces places = new TagPlaces(path, config, tokenizer)) {
      return places.of(sentence, token);
    }
  }

  /**
   * The place of the tag of a token: its line and column, or the cell in which it stands with others. It is the beginning of the sentence where the format does not say
   * more, or where the file cannot be read again, such as a pipe. Sentences are best asked for in the order of the file.
   *
   * @param token the token, counted from 0
   */
  public Location of(Sentence sentence, int token) {
    try {
      if (!find(sentence.where()) || places.isEmpty()) return sentence.where();
    } catch (IOException | SluiceException e) {
      return sentence.where(); // the file has changed since; the mistake itself is what counts
    }
    return places.get(Math.min(token, places.size() - 1));
  }

  /** Reads on to a sentence, or once more from the beginning when it lies before. */
  private boolean find(Location wanted) throws IOException {
    if (wanted.equals(where)) return true;
    boolean again = Files.isRegularFile(path) || Files.isDirectory(path);
    if (!again) return false;
    if (where != null && where.line() > wanted.line()) close();
    if (reader == null) reader = Readers.open(path, config, tokenizer);
    for (Sentence next = reader.next(); next != null; next = reader.next()) {
      where = next.where();
      if (!where.equals(wanted)) continue;
      places = reader.tagPlaces();
      return true;
    }
    return false;
  }

  @Override
  public void close() {
    SentenceReader open = reader;
    reader = null;
    where = null;
    try {
      if (open != null) open.close();
    } catch (IOException e) {
      // it was only read, and what was found is found
    }
  }
}
