package dev.sluice.pipeline;

import dev.sluice.data.Dataset;
import dev.sluice.data.TagPlaces;
import dev.sluice.model.Model;
import dev.sluice.vocabulary.LookupCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is odd about a prepared run, and what it will take: to be read before any time is spent on training.
 *
 * @param splits facts of each split
 * @param rare types or labels that train has once or not at all
 * @param overlaps sentences that dev or test share with train; none looked for when the config says to ignore them
 * @param lookups how the words of dev and test are found in the vocabulary, by split
 * @param gazetteers what gazetteers find in train
 * @param parameters the weights of the network
 * @param trainingBytes a rough guess of the memory that training takes
 * @param batchBytes a rough guess of what a batch of the longest sentences takes of it
 * @param taggingBytes a rough guess of the memory that the model takes
 */
public record Survey(
    List<SplitFacts> splits,
    List<Rare> rare,
    List<Overlap> overlaps,
    Map<String, LookupCounts> lookups,
    List<GazetteerCoverage> gazetteers,
    long parameters,
    long trainingBytes,
    long batchBytes,
    long taggingBytes) {

  /**
   * A type or label that cannot be learned well.
   *
   * @param label the type or label
   * @param counts how often it stands in each split, by the split's name
   */
  public record Rare(String label, Map<String, Long> counts) {}

  /** Copies the lists. */
  public Survey {
    splits = List.copyOf(splits);
    rare = List.copyOf(rare);
    overlaps = List.copyOf(overlaps);
    gazetteers = List.copyOf(gazetteers);
  }

  /** Looks at a prepared run. */
  public static Survey of(Preparation p) {
    boolean perSentence = !p.config().task().labelsTokens();
    List<SplitFacts> splits = new ArrayList<>();
    for (Dataset split : p.splits()) {
      try (TagPlaces places = p.tagPlaces(split)) {
        splits.add(SplitFacts.of(split, places, p.detection().scheme(), perSentence));
      }
    }
    Map<String, LookupCounts> lookups = new LinkedHashMap<>();
    for (Dataset split : p.splits().subList(1, p.splits().size())) {
      LookupCounts counts = new LookupCounts();
      Scoring.encode(p.model(), split.sentences(), counts);
      lookups.put(split.name(), counts);
    }
    MemoryEstimate memory = MemoryEstimate.of(p);
    Model model = p.model();
    return new Survey(
        splits,
        rare(splits),
        p.overlaps(),
        lookups,
        p.gazetteers(),
        model.network().parameters().count(),
        memory.training(),
        memory.batch(),
        memory.tagging());
  }

  private static List<Rare> rare(List<SplitFacts> splits) {
    SortedMap<String, Map<String, Long>> counts = new TreeMap<>();
    for (SplitFacts split : splits)
      split
          .labels()
          .forEach(
              (label, n) ->
                  counts.computeIfAbsent(label, l -> new LinkedHashMap<>()).put(split.name(), n));
    List<Rare> rare = new ArrayList<>();
    counts.forEach(
        (label, n) -> {
          if (n.getOrDefault(splits.get(0).name(), 0L) <= 1) rare.add(new Rare(label, n));
        });
    return rare;
  }
}
