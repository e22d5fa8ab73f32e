package dev.sluice;

import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The words of a sentence that somebody else has split. */
final class Words {
  private Words() {}

  /**
   * Makes sure that there is something to look up for each.
   *
   * @throws IllegalArgumentException when one is null or empty
   */
  static void check(List<String> words) {
    Objects.requireNonNull(words, "tokens");
    int at = 0;
    for (String word : words) {
      if (word == null || word.isEmpty()) {
        throw new IllegalArgumentException(
            "token "
                + (at + 1)
                + " of "
                + words.size()
                + (word == null ? " is null" : " is empty")
                + ", expected at least one character");
      }
      at++;
    }
  }

  /** Tokens with their places in the text that has one blank between them. */
  static List<Token> placed(List<String> words) {
    check(words);
    List<Token> placed = new ArrayList<>(words.size());
    int at = 0;
    for (String word : words) {
      placed.add(new Token(word, at, at + word.length()));
      at += word.length() + 1;
    }
    return placed;
  }
}
