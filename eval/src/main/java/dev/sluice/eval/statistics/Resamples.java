package dev.sluice.eval.statistics;

import java.util.Arrays;
import java.util.Optional;

/** Resamples of the units of one system: the summed counts of each. */
public final class Resamples {
  private final long[] sums;
  private final int width;
  private final double level;

  /** The sums of all resamples one after the other, {@code width} numbers each. */
  Resamples(long[] sums, int width, double level) {
    this.sums = sums;
    this.width = width;
    this.level = level;
  }

  /** The percentile interval of a score; empty when it is undefined in every resample. */
  public Optional<Interval> interval(Measure measure) {
    return Interval.percentile(scores(measure), level);
  }

  /** The score of each resample, NaN where it is undefined. */
  public double[] scores(Measure measure) {
    return scores(measure, sums, width, 0, width);
  }

  /** The score of each resample, from columns {@code from} to {@code to} of rows of {@code width} sums. */
  static double[] scores(Measure measure, long[] sums, int width, int from, int to) {
    double[] scores = new double[sums.length / width];
    for (int i = 0; i < scores.length; i++) {
      int row = i * width;
      long[] columns = Arrays.copyOfRange(sums, row + from, row + to);
      scores[i] = measure.score(columns).orElse(Double.NaN);
    }
    return scores;
  }
}
