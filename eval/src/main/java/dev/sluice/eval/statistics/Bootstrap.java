package dev.sluice.eval.statistics;

import dev.sluice.kernel.Workers;
import java.util.List;
import java.util.Map;

/**
 * The bootstrap: how a score would scatter over data sets like this one, seen by drawing its n units with replacement, n at a time. Resamples are drawn as numbers of
 * equal units ({@link Multinomial}), so time depends on the variety of the units and not on n. Resample i follows from the seed and i alone.
 *
 * @param resamples how many to draw, at least 1
 * @param level of intervals, in (0, 1)
 * @param seed of all random numbers
 * @param threads how many to use; the result is the same for any number
 */
public record Bootstrap(int resamples, double level, long seed, int threads) {
  /** How many resamples are usual. */
  public static final int RESAMPLES = 10_000;

  /** Checks the numbers. */
  public Bootstrap {
    if (resamples < 1)
      throw new IllegalArgumentException(resamples + " resamples, expected at least 1");
    Interval.checkLevel(level);
    if (threads < 1) throw new IllegalArgumentException(threads + " threads, expected at least 1");
  }

  /** With {@value #RESAMPLES} resamples and a level of 0.95. */
  public static Bootstrap of(long seed, int threads) {
    return new Bootstrap(RESAMPLES, Interval.LEVEL, seed, threads);
  }

  /** Resamples of the units of one system, good for any number of measures. */
  public Resamples resample(Units units) {
    return new Resamples(sums(units.tuples()), units.width(), level);
  }

  /** Resamples of the units of two systems, good for any number of measures. */
  public PairedResamples resample(PairedUnits units) {
    return new PairedResamples(
        units.first().sums(), units.second().sums(), sums(units.pairs()), level);
  }

  /** The sums of every resample, one after the other. */
  private long[] sums(Tuples units) {
    int width = units.width();
    List<Map.Entry<long[], Long>> kinds = units.mostFrequentFirst();
    long[][] counts = kinds.stream().map(Map.Entry::getKey).toArray(long[][]::new);
    Multinomial multinomial =
        new Multinomial(kinds.stream().mapToLong(Map.Entry::getValue).toArray());
    long[] sums = new long[Math.multiplyExact(resamples, width)];
    try (Workers workers = new Workers(threads)) {
      workers.run(
          resamples,
          i ->
              multinomial.draw(
                  Draws.of(seed, Draws.Purpose.BOOTSTRAP, i),
                  units.size(),
                  (k, times) -> {
                    long[] kind = counts[k];
                    for (int j = 0; j < width; j++) sums[i * width + j] += times * kind[j];
                  }));
    }
    return sums;
  }
}
