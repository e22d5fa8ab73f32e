package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.text.Token;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sentence with what is known about it.
 *
 * @param text the original text that the tokens' offsets refer to; for pre-split input the tokens joined by single blanks
 * @param tokens the tokens, at least one; none only for a line of text to be tagged that has none
 * @param tags a tag per token as it stood in the file, or none at all for unlabelled text
 * @param features what else the file says of each token: a value per token under each name, by name
 * @param intent the label of the whole sentence, when there is one
 * @param where the file and line where it begins
 * @param document the number of its document in the file, counted from 1; 0 where the file does not say
 * @param unreachable gold spans that no tags can spell, since their borders lie within a token; kept only where data is read to score a model on it
 */
public record Sentence(
    String text,
    List<Token> tokens,
    List<String> tags,
    SortedMap<String, List<String>> features,
    Optional<String> intent,
    Location where,
    int document,
    List<Unreachable> unreachable) {

  /**
   * A gold span that no tags can spell.
   *
   * @param type its type
   * @param text what it covers of the original text
   */
  public record Unreachable(String type, String text) {}

  /** Copies the lists and checks that tokens, tags and features fit. */
  public Sentence {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(intent, "intent");
    tokens = List.copyOf(tokens);
    tags = List.copyOf(tags);
    features = copy(features);
    unreachable = List.copyOf(unreachable);
    if (!tags.isEmpty() && tags.size() != tokens.size()) {
      throw new IllegalArgumentException(
          where + ": " + tokens.size() + " tokens but " + tags.size() + " tags");
    }
    int size = tokens.size();
    features.forEach(
        (name, values) -> {
          if (values.size() != size) {
            throw new IllegalArgumentException(
                where + ": " + size + " tokens but " + values.size() + " values of " + name);
          }
        });
  }

  /** A sentence of which nothing more is said than tags and intent. */
  public Sentence(
      String text, List<Token> tokens, List<String> tags, Optional<String> intent, Location where) {
    this(text, tokens, tags, Collections.emptySortedMap(), intent, where);
  }

  /** A sentence of which no document is known, with tags that say all there is to say of its spans. */
  public Sentence(
      String text,
      List<Token> tokens,
      List<String> tags,
      SortedMap<String, List<String>> features,
      Optional<String> intent,
      Location where) {
    this(text, tokens, tags, features, intent, where, 0, List.of());
  }

  private static SortedMap<String, List<String>> copy(Map<String, List<String>> features) {
    if (features.isEmpty()) return Collections.emptySortedMap();
    SortedMap<String, List<String>> copy = new TreeMap<>(); // in natural order, whatever the other
    features.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return Collections.unmodifiableSortedMap(copy);
  }

  /** The number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** The tokens' surface forms. */
  public List<String> words() {
    return tokens.stream().map(Token::text).toList();
  }

  /** The same sentence with other tags. */
  public Sentence withTags(List<String> newTags) {
    return new Sentence(text, tokens, newTags, features, intent, where, document, unreachable);
  }

  /**
   * The same sentence with other features.
   *
   * @param newFeatures a value per token under each name
   */
  public Sentence withFeatures(Map<String, List<String>> newFeatures) {
    return new Sentence(
        text, tokens, tags, copy(newFeatures), intent, where, document, unreachable);
  }

  /** The same sentence in a document. */
  public Sentence withDocument(int number) {
    return new Sentence(text, tokens, tags, features, intent, where, number, unreachable);
  }

  /**
   * The intents that the label of the sentence names, as {@link Intents#split} reads it.
   *
   * @param separator what stands between intents; when there is none, the label as a whole is one intent
   * @return an immutable set, empty when the sentence has no label
   */
  public Set<String> intents(Optional<String> separator) {
    return Intents.split(intent.orElse(""), separator);
  }

  /** The same sentence with gold spans that no tags can spell. */
  public Sentence withUnreachable(List<Unreachable> spans) {
    return new Sentence(text, tokens, tags, features, intent, where, document, spans);
  }
}
