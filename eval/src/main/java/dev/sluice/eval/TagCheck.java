package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import dev.sluice.label.Violation;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a check of the tags of a file found.
 *
 * @param scheme how the tags were read and why
 * @param sentences how many sentences have tags
 * @param tags how many tags those have
 * @param illegalSentences how many sentences hold an illegal move or a label that the scheme does not have
 * @param moves illegal moves by kind
 * @param unreadable how many sentences hold a label that the scheme does not have; the moves of these are not counted
 */
public record TagCheck(
    Detection scheme,
    long sentences,
    long tags,
    long illegalSentences,
    Map<Violation.Kind, Long> moves,
    long unreadable) {
  /** Copies the map. */
  public TagCheck {
    moves = Collections.unmodifiableMap(new EnumMap<>(moves));
  }

  /** Something that is wrong with the tags of a sentence, and where. */
  public record Finding(Location where, String what) {
    /** {@code file:line:column: what is wrong}. */
    @Override
    public String toString() {
      return where + ": " + what;
    }
  }

  /**
   * Checks a file, a sentence at a time.
   *
   * @param config its format, with the scheme; one that is not named is found in the file
   * @param tokenizer splits raw text, where the format holds any
   * @param findings is told each illegal move and each sentence with a label that cannot be read, in the order of the file
   * @throws SluiceException when the file cannot be read, or has no tags or only labels without spans
   */
  public static TagCheck of(
      Path file, DataConfig config, Tokenizer tokenizer, Consumer<Finding> findings) {
    Detection found = spansOf(file, config, tokenizer);
    TagScheme scheme = found.scheme();
    long sentences = 0, tags = 0, illegal = 0, unreadable = 0;
    Map<Violation.Kind, Long> moves = new EnumMap<>(Violation.Kind.class);
    try (SentenceReader reader = Readers.open(file, config, tokenizer)) {
      for (Sentence next = reader.next(); next != null; next = reader.next()) {
        if (next.tags().isEmpty()) continue;
        sentences++;
        tags += next.size();
        List<Location> places = reader.tagPlaces();
        try {
          List<Violation> violations = scheme.decode(next.tags(), Repair.CONLLEVAL).violations();
          if (!violations.isEmpty()) illegal++;
          for (Violation v : violations) {
            moves.merge(v.kind(), 1L, Long::sum);
            String what = v.message(scheme) + ": " + v.kind().about();
            findings.accept(new Finding(place(next, places, v.index()), what));
          }
        } catch (LabelException e) {
          illegal++;
          unreadable++;
          String what = e.what() + "; " + e.fix();
          findings.accept(new Finding(place(next, places, e.index()), what));
        }
      }
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
    if (sentences == 0) throw untagged(file);
    return new TagCheck(found, sentences, tags, illegal, moves, unreadable);
  }

  /** Whether there is nothing wrong. */
  public boolean isClean() {
    return illegalSentences == 0;
  }

  /** All illegal moves. */
  public long illegalMoves() {
    return moves.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How the tags of a file spell spans. */
  static Detection spansOf(Path file, DataConfig config, Tokenizer tokenizer) {
    Detection found = GoldTags.scheme(List.of(file), config, tokenizer);
    if (found.scheme().hasSpans()) return found;
    throw SluiceException.usage(
        Codes.NO_SPANS,
        Location.of(file.toString()),
        "the tags are plain labels, which spell no spans (" + found.reason() + ")",
        "name their scheme with --scheme, e.g. io for types without a prefix, or their column");
  }

  static SluiceException untagged(Path file) {
    return SluiceException.usage(
        Codes.NO_SENTENCES,
        Location.of(file.toString()),
        "no sentence with tags",
        "check --format and the column of the tags");
  }

  /** Where the tag of a token stands, as exactly as is known. */
  static Location place(Sentence sentence, List<Location> places, int token) {
    if (places.isEmpty()) return sentence.where();
    return places.get(Math.min(token, places.size() - 1));
  }
}
