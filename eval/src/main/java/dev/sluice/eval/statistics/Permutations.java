package dev.sluice.eval.statistics;

/**
 * The outcome of a permutation test: how many exchanges of what the two sides did make a difference at least as large as the observed one, on either side of 0.
 * Differences within 10⁻¹² of the observed one count as equally large, for rounding must not part equal ones.
 *
 * @param delta the observed difference, first less second
 * @param extreme how many exchanges have a difference at least as large, or none because a score is undefined
 * @param undefined how many have none
 * @param exchanges how many were tried: all there are, or as many as were drawn
 * @param exact whether those are all there are
 */
public record Permutations(
    double delta, long extreme, long undefined, long exchanges, boolean exact) {
  static final double TIE = 1e-12;

  /**
   * The two-sided p: extreme / exchanges over all exchanges, (extreme + 1) / (exchanges + 1) over drawn ones, as the observed one belongs to them too. Source: Noreen,
   * Computer Intensive Methods for Testing Hypotheses, 1989.
   */
  public double p() {
    return exact ? (double) extreme / exchanges : (extreme + 1.0) / (exchanges + 1.0);
  }

  /** Counts differences; for exchanges that are alike once, with their number. */
  static final class Counter {
    private final double delta;
    private final double least;
    private long extreme;
    private long undefined;
    private long exchanges;

    /** @param scale how large the scores are; the tolerance of ties is a share of it */
    Counter(double delta, double scale) {
      this.delta = delta;
      least = Math.abs(delta) - TIE * scale;
    }

    /** An exchange with this difference, NaN when it has none, that is there {@code times} times. */
    void add(double difference, long times) {
      exchanges += times;
      if (Double.isNaN(difference)) undefined += times;
      if (!(Math.abs(difference) < least)) extreme += times;
    }

    Permutations exact() {
      return new Permutations(delta, extreme, undefined, exchanges, true);
    }

    Permutations drawn() {
      return new Permutations(delta, extreme, undefined, exchanges, false);
    }
  }
}
