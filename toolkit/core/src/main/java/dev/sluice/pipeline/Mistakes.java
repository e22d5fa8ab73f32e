package dev.sluice.pipeline;

import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.data.TagPlaces;
import dev.sluice.label.LabelException;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every mistake of a data file in one go, as far as its reader can go on behind one. */
public final class Mistakes {
  /** More are not looked for. */
  static final int MOST = 1000;

  /** Mistakes of a single record or line, behind which the next one can be read. */
  private static final Set<String> LOCAL =
      Set.of(
          "DAT-013", "DAT-020", "DAT-021", "DAT-022", "DAT-030", "DAT-040", "DAT-050", "DAT-060",
          "DAT-061", "DAT-062", "DAT-063", "DAT-064", "DAT-065");

  private Mistakes() {}

  /**
   * Reads a file to its end.
   *
   * @return its mistakes in the order of the file; none when all is well
   * @throws SluiceException when the disk fails
   */
  public static List<Problem> in(Path path, DataConfig config, Tokenizer tokenizer) {
    List<Problem> found = new ArrayList<>();
    try (SentenceReader reader = Readers.open(path, config, tokenizer)) {
      while (found.size() < MOST && read(reader, found)) {
        Problem last = found.get(found.size() - 1);
        boolean stuck =
            found.size() > 1 && found.get(found.size() - 2).where().equals(last.where());
        if (stuck) found.remove(found.size() - 1);
        if (stuck || !LOCAL.contains(last.code())) break;
      }
    } catch (IOException e) {
      throw SluiceException.notRead(path, e);
    } catch (SluiceException e) {
      if (e.kind() != SluiceException.Kind.USAGE) throw e;
      found.addAll(e.problems());
    }
    return found;
  }

  /** A label that cannot be read, or that cannot stand where it does, at its place. */
  public static Problem of(LabelException e, Sentence sentence, TagPlaces places) {
    String what = "token " + (e.index() + 1) + ": " + e.what();
    return new Problem(e.code(), places.of(sentence, e.index()), what, e.fix());
  }

  /** Reads on to the next mistake; false at the end of the file. */
  private static boolean read(SentenceReader reader, List<Problem> found) throws IOException {
    try {
      while (reader.next() != null) continue;
      return false;
    } catch (SluiceException e) {
      if (e.kind() != SluiceException.Kind.USAGE) throw e;
      found.addAll(e.problems());
      return true;
    }
  }
}
