package dev.sluice.eval.statistics;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Pearson's test of what was drawn against probabilities. */
final class ChiSquare {
  private static final double LEAST_EXPECTED = 10;

  private ChiSquare() {}

  /** The p of the counts of outcomes 0, 1, …; neighbours are put together until at least ten are expected. */
  static double p(long[] drawn, IntToDoubleFunction probability) {
    long n = 0;
    for (long count : drawn) n += count;
    double statistic = 0;
    int cells = 0;
    double expected = 0, rest = n;
    long found = 0, foundRest = n;
    for (int x = 0; x < drawn.length; x++) {
      expected += n * probability.applyAsDouble(x);
      found += drawn[x];
      if (expected < LEAST_EXPECTED || rest - expected < LEAST_EXPECTED) continue;
      statistic += (found - expected) * (found - expected) / expected;
      cells++;
      rest -= expected;
      foundRest -= found;
      expected = 0;
      found = 0;
    }
    statistic += (foundRest - rest) * (foundRest - rest) / rest; // the last cell, at least ten
    return ChiSquaredDistribution.of(cells).survivalProbability(statistic);
  }
}
