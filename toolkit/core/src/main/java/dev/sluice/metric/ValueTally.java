package dev.sluice.metric;

import dev.sluice.label.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts of the values of slots: in a sentence, a predicted type with a surface is right when a gold span has both, wherever it stands; each gold span answers for one.
 * This is what matters to whoever takes slots for arguments, to whom it is all the same which of two equal words was meant.
 */
final class ValueTally {
  private Counts counts = Counts.NONE;
  private boolean wordsMissing;

  private record Value(String type, String surface) {}

  /** What the tokens of a span look like. */
  @FunctionalInterface
  interface Surface {
    /** The text of a span. */
    String of(Span span);
  }

  /** Counts one sentence; its tokens joined by blanks are the surfaces. Where there are none, nothing more can be said of all sentences together. */
  void add(List<String> words, List<Span> gold, List<Span> predicted) {
    if (words.isEmpty()) wordsMissing = true;
    else add(span -> String.join(" ", words.subList(span.start(), span.end())), gold, predicted);
  }

  /** Counts one sentence. */
  void add(Surface surface, List<Span> gold, List<Span> predicted) {
    if (gold.isEmpty() && predicted.isEmpty()) return;
    Set<Span> same = new HashSet<>(gold); // these have the same values, whatever they are
    same.retainAll(new HashSet<>(predicted));
    Map<Value, Integer> open = new HashMap<>();
    for (Span span : gold)
      if (!same.contains(span)) open.merge(value(surface, span), 1, Integer::sum);
    long hits = same.size();
    for (Span span : predicted) {
      if (open.isEmpty() || same.contains(span)) continue;
      Value value = value(surface, span);
      int left = open.getOrDefault(value, 0);
      if (left == 0) continue;
      open.put(value, left - 1);
      hits++;
    }
    counts = counts.plus(new Counts(hits, predicted.size() - hits, gold.size() - hits));
  }

  /** Counts a gold value that no prediction can have. */
  void addMiss() {
    counts = counts.plus(new Counts(0, 0, 1));
  }

  private static Value value(Surface surface, Span span) {
    return new Value(span.type(), surface.of(span));
  }

  void merge(ValueTally other) {
    counts = counts.plus(other.counts);
    wordsMissing |= other.wordsMissing;
  }

  /** What was counted; empty when the words of a sentence are not known. */
  Optional<Counts> counts() {
    return wordsMissing ? Optional.empty() : Optional.of(counts);
  }
}
