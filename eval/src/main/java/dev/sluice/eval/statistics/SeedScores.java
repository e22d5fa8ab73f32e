package dev.sluice.eval.statistics;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The scores of trainings that differ in nothing but their seed. They may have any unit; {@link dev.sluice.metric.Spread} is for ratios of counts, where the seed does
 * not matter and undefined ones may be among them.
 *
 * @param bySeed the scores by seed, at least one
 */
public record SeedScores(SortedMap<Long, Double> bySeed) {
  /** Checks that there is a score and that all are finite. */
  public SeedScores {
    if (bySeed.isEmpty()) throw new IllegalArgumentException("no score, expected at least one");
    for (double score : bySeed.values()) {
      if (!Double.isFinite(score))
        throw new IllegalArgumentException("score " + score + ", expected a finite number");
    }
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
  }

  /** How many there are. */
  public int count() {
    return bySeed.size();
  }

  /** The scores by rising seed. */
  public double[] scores() {
    return bySeed.values().stream().mapToDouble(score -> score).toArray();
  }

  /** Their mean. */
  public double mean() {
    double sum = 0;
    for (double score : bySeed.values()) sum += score;
    return sum / count();
  }

  /** The smallest. */
  public double min() {
    return Collections.min(bySeed.values());
  }

  /** The largest. */
  public double max() {
    return Collections.max(bySeed.values());
  }

  /** The sample standard deviation √(Σ (xᵢ - mean)² / (n-1)); empty for a single score. */
  public OptionalDouble deviation() {
    return count() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(squares() / (count() - 1)));
  }

  /** Σ (xᵢ - mean)². */
  double squares() {
    double mean = mean();
    double squares = 0;
    for (double score : bySeed.values()) squares += (score - mean) * (score - mean);
    return squares;
  }

  /**
   * Half the width of the interval of the mean, t·deviation/√n with the quantile t of 1-α/2 of Student's distribution with n-1 degrees of freedom, α = 1 - level; empty
   * for a single score. Source: Student 1908, The probable error of a mean, Biometrika 6.
   *
   * @param level in (0, 1), such as {@link Interval#LEVEL}
   */
  public OptionalDouble halfWidth(double level) {
    Interval.checkLevel(level);
    if (count() < 2) return OptionalDouble.empty();
    double t = TDistribution.of(count() - 1).inverseSurvivalProbability((1 - level) / 2);
    return OptionalDouble.of(t * deviation().getAsDouble() / Math.sqrt(count()));
  }

  /** The interval of the mean, mean ± {@link #halfWidth}; empty for a single score. */
  public Optional<Interval> interval(double level) {
    OptionalDouble half = halfWidth(level);
    if (half.isEmpty()) return Optional.empty();
    double mean = mean(), width = half.getAsDouble();
    return Optional.of(new Interval(mean - width, mean + width, level, 0));
  }
}
