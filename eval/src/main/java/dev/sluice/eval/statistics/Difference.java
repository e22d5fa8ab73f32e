package dev.sluice.eval.statistics;

import java.util.Optional;

/**
 * The scores of two systems on the same data, and what resampling says of their difference.
 *
 * @param first the score of the first system
 * @param second the score of the second system
 * @param interval of the difference, first less second; empty when one of the scores is undefined in every resample
 * @param bootstrapP the p of the paired bootstrap: the share of resamples whose difference goes beyond twice the observed one, on its side of 0. Differences within
 *     10⁻¹² of that do not go beyond it, resamples without a difference do; 1 when the observed difference is 0, as then no system is better. With fewer than {@link
 *     PairedUnits#FEW_DIFFERING} units in which the systems differ it is too small. Source: Berg-Kirkpatrick, Burkett and Klein 2012, An empirical investigation of
 *     statistical significance in NLP, figure 1
 */
public record Difference(
    double first, double second, Optional<Interval> interval, double bootstrapP) {
  /** The score of the first system less that of the second. */
  public double delta() {
    return first - second;
  }
}
