package dev.sluice.eval.statistics;

import java.util.Arrays;

/**
 * Draws n units with replacement from K kinds of units, as the number of each kind: a multinomial number, by conditional binomials. Once only rare kinds are left, with
 * fewer than {@value #RARE} units each, the rest is drawn unit by unit, which is the same distribution and faster.
 * <pre>
 *   w[k] units of kind k,   W[k] = w[k] + … + w[K-1]
 *
 *   x[k] ~ Binomial(n - x[0] - … - x[k-1], w[k] / W[k])
 * </pre>
 * Source: Devroye, Non-Uniform Random Variate Generation, 1986, chapter XI. Drawing as many units as there are takes O(K), whatever their number.
 */
final class Multinomial {
  /** Where a binomial number takes about as long as so many single units. */
  private static final int RARE = 4;

  private final Binomial[] frequent;
  private final int[] rare; // the kind of each unit of a rare kind

  /** Takes what was drawn. */
  interface Sink {
    /** Kind k was drawn {@code times} times, at least once. A kind may come several times. */
    void take(int k, long times);
  }

  /** Kinds of units, each with at least one, the most frequent first. */
  Multinomial(long[] weights) {
    int kinds = weights.length;
    int first = kinds; // of the rare ones
    while (first > 0 && weights[first - 1] < RARE) first--;
    long rest = Arrays.stream(weights, first, kinds).sum();
    rare = new int[Math.toIntExact(rest)];
    int unit = 0;
    for (int k = first; k < kinds; k++) {
      Arrays.fill(rare, unit, unit + (int) weights[k], k);
      unit += (int) weights[k];
    }
    frequent = new Binomial[first];
    for (int k = kinds - 1; k >= 0; k--) {
      if (weights[k] < (k + 1 < kinds ? weights[k + 1] : 1))
        throw new IllegalArgumentException(
            weights[k] + " units of kind " + k + ", expected the most frequent kinds first");
      if (k >= first) continue;
      rest = Math.addExact(rest, weights[k]);
      frequent[k] = new Binomial((double) weights[k] / rest);
    }
  }

  /** Draws n units; without kinds none is drawn. */
  void draw(Draws draws, long n, Sink sink) {
    long rest = n;
    for (int k = 0; k < frequent.length && rest > 0; k++) {
      long times = frequent[k].draw(draws, rest);
      if (times > 0) sink.take(k, times);
      rest -= times;
    }
    if (rare.length == 0) return;
    for (; rest > 0; rest--) sink.take(rare[draws.below(rare.length)], 1);
  }
}
