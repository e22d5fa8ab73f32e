package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.data.TagPlaces;
import dev.sluice.label.Decoded;
import dev.sluice.label.Repair;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.label.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What can be said of a split before any model has seen it.
 *
 * @param name the split's name
 * @param sentences how many there are
 * @param tokens how many there are
 * @param longest the tokens of the longest sentence
 * @param percentile95 the length that 95 % of the sentences do not exceed
 * @param percentile99 the length that 99 % of the sentences do not exceed
 * @param labels how often each type (spans), label (plain tags) or label of a sentence stands in it
 * @param illegal moves that the scheme does not allow, by kind
 * @param duplicates sentences that stand in it before
 */
public record SplitFacts(
    String name,
    long sentences,
    long tokens,
    int longest,
    int percentile95,
    int percentile99,
    SortedMap<String, Long> labels,
    Map<Violation.Kind, Illegal> illegal,
    Overlap duplicates) {
  private static final int FIRST = 3;

  /**
   * Illegal moves of one kind.
   *
   * @param count how many there are
   * @param first the first few, with place, in words
   */
  public record Illegal(long count, List<String> first) {
    /** Copies the list. */
    public Illegal {
      first = List.copyOf(first);
    }
  }

  /**
   * Looks at a split.
   *
   * @param places where its tags stand
   * @param scheme how its tags spell spans; PLAIN when they do not
   * @param perSentence whether the labels of sentences are of interest rather than the tags
   */
  public static SplitFacts of(
      Dataset split, TagPlaces places, TagScheme scheme, boolean perSentence) {
    return of(split, places::of, scheme, perSentence);
  }

  /** The same, with illegal moves shown by the places of their sentences. */
  public static SplitFacts of(Dataset split, TagScheme scheme, boolean perSentence) {
    return of(split, (sentence, token) -> sentence.where(), scheme, perSentence);
  }

  private static SplitFacts of(
      Dataset split,
      BiFunction<Sentence, Integer, Location> places,
      TagScheme scheme,
      boolean perSentence) {
    int[] lengths = split.sentences().stream().mapToInt(Sentence::size).sorted().toArray();
    SortedMap<String, Long> labels = new TreeMap<>();
    Map<Violation.Kind, List<String>> first = new EnumMap<>(Violation.Kind.class);
    Map<Violation.Kind, Long> counts = new EnumMap<>(Violation.Kind.class);
    for (Sentence s : split.sentences()) {
      if (perSentence) {
        s.intent().ifPresent(intent -> labels.merge(intent, 1L, Long::sum));
      } else if (!scheme.hasSpans()) {
        for (String tag : s.tags()) labels.merge(tag, 1L, Long::sum);
      } else if (!s.tags().isEmpty()) {
        Decoded decoded = scheme.decode(s.tags(), Repair.CONLLEVAL);
        for (Span span : decoded.spans()) labels.merge(span.type(), 1L, Long::sum);
        for (Violation v : decoded.violations()) {
          counts.merge(v.kind(), 1L, Long::sum);
          List<String> shown = first.computeIfAbsent(v.kind(), k -> new ArrayList<>());
          if (shown.size() < FIRST)
            shown.add(
                places.apply(s, v.index())
                    + ", token "
                    + (v.index() + 1)
                    + ": "
                    + v.message(scheme));
        }
      }
    }
    Map<Violation.Kind, Illegal> illegal = new EnumMap<>(Violation.Kind.class);
    counts.forEach((kind, count) -> illegal.put(kind, new Illegal(count, first.get(kind))));
    return new SplitFacts(
        split.name(),
        split.size(),
        split.tokens(),
        percentile(lengths, 100),
        percentile(lengths, 95),
        percentile(lengths, 99),
        Collections.unmodifiableSortedMap(labels),
        Collections.unmodifiableMap(illegal),
        Overlap.within(split));
  }

  /** The nearest-rank percentile: the smallest value that p % of all do not exceed. */
  private static int percentile(int[] sorted, int p) {
    if (sorted.length == 0) return 0;
    return sorted[(int) Math.max(0, Math.ceil(p / 100.0 * sorted.length) - 1)];
  }
}
