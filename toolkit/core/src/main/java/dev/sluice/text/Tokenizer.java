package dev.sluice.text;

import java.util.List;

/** Splits a text into tokens with offsets. Implementations are immutable and safe for use by many threads. */
public interface Tokenizer {
  /**
   * The tokens of a text, in order, not overlapping.
   *
   * @param text any text, the empty one included
   * @return the tokens; none for a text without any
   */
  List<Token> tokenize(String text);
}
