package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.text.Token;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A sentence with what is known about it.
 *
 * @param text the original text that the tokens' offsets refer to; for pre-split input the tokens joined by single blanks
 * @param tokens the tokens, at least one; none only for a line of text to be tagged that has none
 * @param tags a tag per token as it stood in the file, or none at all for unlabelled text
 * @param intent the label of the whole sentence, when there is one
 * @param where the file and line where it begins
 */
public record Sentence(
    String text, List<Token> tokens, List<String> tags, Optional<String> intent, Location where) {

  /** Copies the lists and checks that tokens and tags fit. */
  public Sentence {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(intent, "intent");
    tokens = List.copyOf(tokens);
    tags = List.copyOf(tags);
    if (!tags.isEmpty() && tags.size() != tokens.size()) {
      throw new IllegalArgumentException(
          where + ": " + tokens.size() + " tokens but " + tags.size() + " tags");
    }
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
    return new Sentence(text, tokens, newTags, intent, where);
  }
}
