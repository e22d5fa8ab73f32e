package dev.sluice.eval.statistics;

import java.util.Optional;
import java.util.OptionalDouble;

/** Resamples of the units of two systems: the summed counts of both in each. */
public final class PairedResamples {
  private final long[] first;
  private final long[] second;
  private final long[] sums;
  private final double level;

  /** The observed sums of both systems, and the sums of all resamples one after the other, those of the first system before those of the second. */
  PairedResamples(long[] first, long[] second, long[] sums, double level) {
    this.first = first;
    this.second = second;
    this.sums = sums;
    this.level = level;
  }

  /** The difference of two scores; empty when one of the observed scores is undefined. */
  public Optional<Difference> difference(Measure measure) {
    OptionalDouble one = measure.score(first);
    OptionalDouble other = measure.score(second);
    if (one.isEmpty() || other.isEmpty()) return Optional.empty();
    double[] deltas = deltas(measure);
    double delta = one.getAsDouble() - other.getAsDouble();
    return Optional.of(
        new Difference(
            one.getAsDouble(),
            other.getAsDouble(),
            Interval.percentile(deltas, level),
            pairedP(deltas, delta)));
  }

  /** The score of the first system less that of the second, for each resample; NaN where one is undefined. */
  public double[] deltas(Measure measure) {
    int width = first.length;
    double[] deltas = Resamples.scores(measure, sums, 2 * width, 0, width);
    double[] other = Resamples.scores(measure, sums, 2 * width, width, 2 * width);
    for (int i = 0; i < deltas.length; i++) deltas[i] -= other[i];
    return deltas;
  }

  private static double pairedP(double[] deltas, double delta) {
    if (Math.abs(delta) <= Permutations.TIE) return 1;
    double sign = Math.signum(delta);
    int beyond = 0;
    for (double resampled : deltas) {
      if (!(sign * resampled <= 2 * sign * delta + Permutations.TIE)) beyond++; // NaN counts
    }
    return (double) beyond / deltas.length;
  }
}
