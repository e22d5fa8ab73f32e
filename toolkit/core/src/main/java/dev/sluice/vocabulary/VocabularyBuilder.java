package dev.sluice.vocabulary;

import java.util.HashMap;
import java.util.Map;

/** Counts the words of the training split. For one thread. */
public final class VocabularyBuilder {
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * Counts one occurrence.
   *
   * @param word the normalised form. One that is longer than 1,000 characters or no valid Unicode is never kept, and so always unknown
   */
  public void add(String word) {
    if (Entries.canHold(word)) {
      counts.merge(word, 1, (a, b) -> a == Integer.MAX_VALUE ? a : a + b);
    }
  }

  /** The number of different words so far. */
  public int size() {
    return counts.size();
  }

  /** The vocabulary of the words that occurred at least {@code minCount} times. */
  public Vocabulary build(int minCount) {
    if (minCount < 1) throw new IllegalArgumentException("minimum count " + minCount);
    return Vocabulary.of(counts, minCount);
  }
}
