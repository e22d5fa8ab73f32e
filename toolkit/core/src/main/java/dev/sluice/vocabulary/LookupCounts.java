package dev.sluice.vocabulary;

import dev.sluice.vocabulary.Vocabulary.Step;

/** How many words were found in which form. For one thread; the counts of several are put together with {@link #merge}. */
public final class LookupCounts {
  private final long[] counts = new long[Step.values().length];

  /** One more word. */
  public void add(Step step) {
    counts[step.ordinal()]++;
  }

  /** A word that occurred so many times. */
  public void add(Step step, long times) {
    counts[step.ordinal()] += times;
  }

  /** The words found in this form. */
  public long count(Step step) {
    return counts[step.ordinal()];
  }

  /** All words. */
  public long total() {
    long total = 0;
    for (long count : counts) total += count;
    return total;
  }

  /** The share of words found in this form; 0 when there was no word. */
  public double share(Step step) {
    long total = total();
    return total == 0 ? 0 : (double) count(step) / total;
  }

  /** Adds the counts of another. */
  public void merge(LookupCounts other) {
    for (int i = 0; i < counts.length; i++) counts[i] += other.counts[i];
  }
}
