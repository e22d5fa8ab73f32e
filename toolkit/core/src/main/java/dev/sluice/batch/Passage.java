package dev.sluice.batch;

/**
 * A sentence as a language model reads it. The arrays are shared, not copied: nobody writes to them.
 *
 * @param symbols what is read from the begin of the text on, as one input of ids; the sentence's own id
 * @param ends for each token of the sentence the place of its last symbol, ascending
 */
public record Passage(Example symbols, int[] ends) {
  /** Checks that every token ends behind the one before it and within the symbols. */
  public Passage {
    int before = -1;
    for (int end : ends) {
      if (end <= before || end >= symbols.length())
        throw new IllegalArgumentException("a token ends at " + end + ", behind " + before);
      before = end;
    }
  }
}
