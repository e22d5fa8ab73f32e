package dev.sluice.data;

import dev.sluice.config.SluiceException;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sentences of a split, in the order of the file.
 *
 * @param name the split's name, such as train
 * @param path the file or folder
 * @param sentences the sentences, each with at least one token; none in an empty file, about which the caller complains
 * @param skipped what was left out, by reason
 * @param fingerprint the SHA-256 of the bytes read; of the digests of its files for a folder
 */
public record Dataset(
    String name,
    Path path,
    List<Sentence> sentences,
    Map<String, Long> skipped,
    String fingerprint) {

  /** Copies the list; sentences are immutable themselves. */
  public Dataset {
    sentences = List.copyOf(sentences);
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
  }

  /**
   * Reads a split with its tags into memory.
   *
   * @param tokenizer splits raw text, where the format holds any
   * @throws SluiceException when it is not there, cannot be read or is not what the format asks for
   */
  public static Dataset read(String name, Path path, DataConfig config, Tokenizer tokenizer) {
    Fingerprint fingerprint = new Fingerprint();
    try (SentenceReader reader = Readers.open(path, config, tokenizer, true, fingerprint::open)) {
      List<Sentence> sentences = new ArrayList<>();
      long withoutTokens = 0;
      for (Sentence next = reader.next(); next != null; next = reader.next()) {
        if (next.size() > 0) {
          sentences.add(next);
        } else {
          withoutTokens++;
        }
      }
      Map<String, Long> skipped = new LinkedHashMap<>(reader.skipped());
      if (withoutTokens > 0) skipped.merge("lines without tokens", withoutTokens, Long::sum);
      return new Dataset(name, path, sentences, skipped, fingerprint.hex());
    } catch (IOException e) {
      throw SluiceException.notRead(path, e);
    }
  }

  /** The number of sentences. */
  public int size() {
    return sentences.size();
  }

  /** The number of tokens. */
  public long tokens() {
    return sentences.stream().mapToLong(Sentence::size).sum();
  }
}
