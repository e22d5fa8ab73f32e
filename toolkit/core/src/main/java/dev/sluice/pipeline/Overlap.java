package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Dataset;
import dev.sluice.data.Pairs;
import dev.sluice.data.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Sentences of a split that stand, word for word, in the training split too, or earlier in the same split. A score on sentences that were learned says
 * little about new ones.
 *
 * @param split the split whose sentences were looked up
 * @param other where they were looked up; the same split for duplicates
 * @param count the sentences found
 * @param size all sentences of the split
 * @param examples the first few
 */
public record Overlap(String split, String other, long count, long size, List<Pair> examples) {
  private static final int EXAMPLES = 3;

  /**
   * A sentence in two places.
   *
   * @param text the sentence
   * @param here where it stands in the split
   * @param there where else
   */
  public record Pair(String text, Location here, Location there) {}

  /** Copies the list. */
  public Overlap {
    examples = List.copyOf(examples);
  }

  /** The sentences of a split that also stand in train. */
  public static Overlap between(Dataset train, Dataset split) {
    return between(
        train, i -> train.sentences().get(i).words(), split, i -> split.sentences().get(i).words());
  }

  /** The sources of a split that stand in train with the same target. */
  static Overlap between(Pairs train, Pairs split) {
    return between(train.sources(), i -> sides(train, i), split.sources(), i -> sides(split, i));
  }

  private static List<Object> sides(Pairs pairs, int i) {
    return List.of(pairs.sources().sentences().get(i).words(), pairs.targets().get(i));
  }

  private static Overlap between(
      Dataset train, IntFunction<?> ofTrain, Dataset split, IntFunction<?> ofSplit) {
    Map<Object, Location> seen = new HashMap<>();
    for (int i = 0; i < train.size(); i++)
      seen.putIfAbsent(ofTrain.apply(i), train.sentences().get(i).where());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < split.size(); i++)
      add(pairs, split.sentences().get(i), seen.get(ofSplit.apply(i)));
    return of(split, train, pairs);
  }

  /** The sentences of a split that stand in it before. */
  public static Overlap within(Dataset split) {
    Map<List<String>, Location> seen = new HashMap<>();
    List<Pair> pairs = new ArrayList<>();
    for (Sentence s : split.sentences()) add(pairs, s, seen.putIfAbsent(s.words(), s.where()));
    return of(split, split, pairs);
  }

  private static void add(List<Pair> pairs, Sentence s, Location there) {
    if (there != null) pairs.add(new Pair(s.text(), s.where(), there));
  }

  private static Overlap of(Dataset split, Dataset other, List<Pair> pairs) {
    return new Overlap(
        split.name(),
        other.name(),
        pairs.size(),
        split.size(),
        pairs.subList(0, Math.min(EXAMPLES, pairs.size())));
  }

  /**
   * Refuses what was found where a config forbids it.
   *
   * @throws SluiceException TRN-013 with the first few sentences
   */
  static void refuse(DataConfig.Overlap policy, List<Overlap> found) {
    if (policy != DataConfig.Overlap.FORBID || found.isEmpty()) return;
    List<Problem> problems = new ArrayList<>();
    for (Overlap overlap : found) {
      for (Overlap.Pair pair : overlap.examples()) {
        problems.add(
            new Problem(
                "TRN-013",
                pair.here(),
                "the sentence also stands at "
                    + pair.there()
                    + "; "
                    + overlap.summary()
                    + ", which data.overlap forbids",
                "take them out of " + overlap.split() + ", or set data.overlap: warn"));
      }
    }
    throw new SluiceException(SluiceException.Kind.USAGE, problems);
  }

  /** What was found in one sentence without full stop, such as {@code 3 of 400 sentences of test also stand in train}. */
  public String summary() {
    return split.equals(other)
        ? count + " of " + size + " sentences of " + split + " stand in it before"
        : count + " of " + size + " sentences of " + split + " also stand in " + other;
  }
}
