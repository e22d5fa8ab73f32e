package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mean of scores and how far they scatter.
 *
 * @param count how many scores are defined; only these count
 * @param mean their mean; empty when there is none
 * @param deviation their sample standard deviation, √(Σ (xᵢ - mean)² / (count - 1)); empty when there are fewer than two
 */
public record Spread(int count, OptionalDouble mean, OptionalDouble deviation) {
  /** The spread of the scores that are defined. */
  public static Spread of(Collection<Ratio> scores) {
    double[] x =
        scores.stream()
            .map(Ratio::value)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    if (x.length == 0) return new Spread(0, OptionalDouble.empty(), OptionalDouble.empty());
    double sum = 0;
    for (double score : x) sum += score;
    double mean = sum / x.length;
    double squares = 0;
    for (double score : x) squares += (score - mean) * (score - mean);
    OptionalDouble deviation =
        x.length < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (x.length - 1))); // the root is exact
    return new Spread(x.length, OptionalDouble.of(mean), deviation);
  }

  /** The spread of each of {@link Scores#summary}, by name; of the names that all have. */
  public static SortedMap<String, Spread> ofSummaries(Collection<Scores> runs) {
    SortedMap<String, List<Ratio>> byName = new TreeMap<>();
    for (Scores run : runs) {
      run.summary()
          .forEach(
              (name, score) -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(score));
    }
    SortedMap<String, Spread> spreads = new TreeMap<>();
    byName.forEach(
        (name, scores) -> {
          if (scores.size() == runs.size()) spreads.put(name, of(scores));
        });
    return spreads;
  }

  /** The mean in percent with two decimals, or {@code n/a}. */
  public String meanPercent() {
    return Ratio.percent(mean);
  }

  /** The deviation in percent with two decimals, or {@code n/a}. */
  public String deviationPercent() {
    return Ratio.percent(deviation);
  }

  /** Both in percent, such as {@code 95.12 ± 0.34}; only the mean when there is one score, and {@code n/a} when there is none. */
  public String percent() {
    return deviation.isEmpty() ? meanPercent() : meanPercent() + " ± " + deviationPercent();
  }
}
