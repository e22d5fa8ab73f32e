package dev.sluice.text;

import java.util.Objects;

/**
 * A token of a text. {@code text} is the surface form, as it stands in the original; normalisation is applied only for look-up.
 *
 * @param text the token's characters, never empty
 * @param start where it begins in the original text, in UTF-16 units
 * @param end where it ends, exclusive
 */
public record Token(String text, int start, int end) {

  /** Checks that the offsets are in order. */
  public Token {
    Objects.requireNonNull(text, "text");
    if (text.isEmpty()) throw new IllegalArgumentException("a token needs at least one character");
    if (start < 0 || end <= start)
      throw new IllegalArgumentException("token offsets " + start + " to " + end);
  }
}
