package dev.sluice.eval.statistics;

import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The exact test of McNemar: if two systems are right equally often, a unit that only one of them has right is as likely to be right in the one as in the other. Source:
 * McNemar 1947, Psychometrika 12, with binomial probabilities in place of χ².
 *
 * @param onlyFirst how many units only the first system has right
 * @param onlySecond how many units only the second system has right
 */
public record McNemar(int onlyFirst, int onlySecond) {
  /** Checks that no number is negative. */
  public McNemar {
    if (onlyFirst < 0 || onlySecond < 0)
      throw new IllegalArgumentException(onlyFirst + " and " + onlySecond);
    Math.addExact(onlyFirst, onlySecond);
  }

  /**
   * Counts units.
   *
   * @param right tells from the counts of a system whether it has a unit right, such as {@link #wholly}
   */
  public static McNemar of(PairedUnits units, Predicate<long[]> right) {
    long onlyFirst = 0;
    long onlySecond = 0;
    for (Map.Entry<long[], Long> entry : units.pairs().entries()) {
      boolean first = right.test(units.first(entry.getKey()));
      boolean second = right.test(units.second(entry.getKey()));
      if (first && !second) onlyFirst += entry.getValue();
      if (second && !first) onlySecond += entry.getValue();
    }
    return new McNemar(Math.toIntExact(onlyFirst), Math.toIntExact(onlySecond));
  }

  /** Whether a unit with spans (TP, FP, FN) is right as a whole: nothing wrong and nothing missed. */
  public static boolean wholly(long[] counts) {
    if (counts.length != 3)
      throw new IllegalArgumentException("units of " + counts.length + " counts, expected 3");
    return counts[1] == 0 && counts[2] == 0;
  }

  /** The two-sided p: twice the probability of so few on the smaller side, of onlyFirst + onlySecond fair coins, at most 1. */
  public double p() {
    BinomialDistribution coins = BinomialDistribution.of(onlyFirst + onlySecond, 0.5);
    return Math.min(1, 2 * coins.cumulativeProbability(Math.min(onlyFirst, onlySecond)));
  }
}
