package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A data set cut into folds of about the same size, each with about its share of every label. Sentences that are the same word for word lie in one fold, so that
 * nothing that is tested was learned. A function of the sentences, their labels, the number of folds and the seed.
 */
public final class Folds {
  /** With fewer nothing is left to learn from, besides a fold for test and one for dev. */
  public static final int LEAST = 3;

  private final Dataset data;
  private final int count;
  private final int[] foldOf;

  private Folds(Dataset data, int count, int[] foldOf) {
    this.data = data;
    this.count = count;
    this.foldOf = foldOf;
  }

  /**
   * Cuts a data set.
   *
   * @param labels the labels of a sentence that are to be spread
   * @param count how many folds, at least {@link #LEAST}
   * @param seed decides where the labels leave a choice
   * @throws SluiceException TRN-030 when there are too few different sentences
   */
  public static Folds of(
      Dataset data, Function<Sentence, Set<String>> labels, int count, long seed) {
    if (count < LEAST)
      throw new IllegalArgumentException(count + " folds, expected at least " + LEAST);
    Map<List<String>, List<Integer>> same = new LinkedHashMap<>();
    for (int i = 0; i < data.size(); i++)
      same.computeIfAbsent(data.sentences().get(i).words(), w -> new ArrayList<>()).add(i);
    List<List<Integer>> members = List.copyOf(same.values());
    List<Stratification.Group> groups = new ArrayList<>();
    for (List<Integer> group : members) {
      SortedMap<String, Integer> counts = new TreeMap<>();
      for (int i : group)
        for (String label : labels.apply(data.sentences().get(i)))
          counts.merge(label, 1, Integer::sum);
      groups.add(new Stratification.Group(group.size(), counts));
    }
    int[] dealt = Stratification.deal(groups, count, seed);
    int[] foldOf = new int[data.size()];
    for (int g = 0; g < dealt.length; g++) for (int i : members.get(g)) foldOf[i] = dealt[g] + 1;
    Folds folds = new Folds(data, count, foldOf);
    for (int fold = 1; fold <= count; fold++) {
      if (folds.members(fold).isEmpty()) throw tooFew(data, members.size(), count);
    }
    return folds;
  }

  private static SluiceException tooFew(Dataset data, int different, int count) {
    return SluiceException.usage(
        "TRN-030",
        Location.of(data.path().toString()),
        different + " different sentences cannot be cut into " + count + " folds",
        different < LEAST ? "use more data" : "use fewer folds, or more data");
  }

  /** How many folds there are. */
  public int count() {
    return count;
  }

  /** The fold of a sentence, from 1, by the sentence's place in the data set. */
  public int foldOf(int sentence) {
    return foldOf[sentence];
  }

  /** The places of a fold's sentences in the data set, in order. */
  public List<Integer> members(int fold) {
    return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == fold).boxed().toList();
  }

  /** The fold that decides when to stop where another one is tested: the next one, and behind the last the first. */
  public int devOf(int fold) {
    return fold % count + 1;
  }

  /** The data of the run that tests a fold: it is test, the next one is dev, the others are train. */
  Splits splits(int fold) {
    List<Integer> rest =
        IntStream.range(0, foldOf.length)
            .filter(i -> foldOf[i] != fold && foldOf[i] != devOf(fold))
            .boxed()
            .toList();
    return new Splits(
        Splits.some(data, "train", rest),
        Splits.some(data, "dev", members(devOf(fold))),
        Optional.of(Splits.some(data, "test", members(fold))));
  }
}
