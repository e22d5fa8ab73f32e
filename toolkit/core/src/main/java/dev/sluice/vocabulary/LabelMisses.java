package dev.sluice.vocabulary;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Labels that were not in the training split, and how often each was met. For one thread; put together with {@link #merge}. */
public final class LabelMisses {
  private final Map<String, Long> counts = new TreeMap<>(CodePointOrder::compare);

  /** One more miss. */
  public void add(String label) {
    counts.merge(label, 1L, Long::sum);
  }

  /** The labels by code point, with their counts. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** All misses. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Adds the misses of another. */
  public void merge(LabelMisses other) {
    other.counts.forEach((label, count) -> counts.merge(label, count, Long::sum));
  }
}
