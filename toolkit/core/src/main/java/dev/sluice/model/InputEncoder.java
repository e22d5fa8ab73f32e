package dev.sluice.model;

import dev.sluice.batch.Passage;
import dev.sluice.batch.Spelling;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How tokens become numbers: text to tokens, tokens to the ids of each input, to letters, and to what language models read. Immutable and safe for many threads.
 *
 * @param text how raw text becomes tokens, and tokens the forms that are looked up
 * @param words the words of the training split
 * @param channels the inputs of ids, in the order of the network's
 * @param letters the letters, when an input reads them
 * @param languages what language models read, in the order of the network's
 */
public record InputEncoder(
    TextPipeline text,
    Vocabulary words,
    List<Channel> channels,
    Optional<Letters> letters,
    List<SymbolSource> languages) {
  private static final Spelling[] UNSPELLED = {};

  /** Copies the lists. */
  public InputEncoder {
    channels = List.copyOf(channels);
    languages = List.copyOf(languages);
  }

  /** Without language models. */
  public InputEncoder(
      TextPipeline text, Vocabulary words, List<Channel> channels, Optional<Letters> letters) {
    this(text, words, channels, letters, List.of());
  }

  /** The names of the features that inputs read: further columns of the data, each once, in the order of the inputs. */
  public List<String> features() {
    return channels.stream()
        .map(Channel::source)
        .filter(Source.Feature.class::isInstance)
        .map(source -> ((Source.Feature) source).column())
        .distinct()
        .toList();
  }

  /**
   * The ids of each token, [channels][tokens].
   *
   * @param features a value per token by the names of {@link #features}; others are of no interest
   * @param counts takes the step at which each word was found among the words of the training split
   * @throws IllegalArgumentException when a feature is not given, or not with a value for each token
   */
  int[][] ids(List<String> tokens, Map<String, List<String>> features, LookupCounts counts) {
    int[] known = new int[tokens.size()];
    for (int t = 0; t < known.length; t++)
      known[t] = words.id(text.normalize(tokens.get(t)), counts);
    int[][] ids = new int[channels.size()][];
    for (int c = 0; c < ids.length; c++) {
      Channel channel = channels.get(c);
      if (channel.vocabulary() == words) {
        ids[c] = known;
        continue;
      }
      List<String> categories = channel.source().categories(text, tokens, features);
      ids[c] = new int[known.length];
      for (int t = 0; t < known.length; t++)
        ids[c][t] = channel.source().id(channel.vocabulary(), categories.get(t));
    }
    return ids;
  }

  /** Each token letter by letter; none when no input reads letters. */
  Spelling[] spellings(List<String> tokens) {
    if (letters.isEmpty()) return UNSPELLED;
    Letters l = letters.get();
    return tokens.stream().map(token -> new Spelling(l.ids(token))).toArray(Spelling[]::new);
  }

  /**
   * The tokens as each language model reads them.
   *
   * @param begins whether they are the first of their sentence
   */
  Passage[] passages(long id, List<String> tokens, boolean begins) {
    return languages.stream()
        .map(language -> language.passage(id, tokens, begins, text))
        .toArray(Passage[]::new);
  }
}
