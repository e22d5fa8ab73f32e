package dev.sluice.eval.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Two sets of scores over seeds, such as those of two configs. A permutation test asks how often chance alone parts the means as far: with the same seeds on both sides
 * by exchanging the scores of a seed, otherwise by dealing all scores out anew. Few seeds cannot give a small p: n paired ones at least 2/2ⁿ, which is 0.0625 for five;
 * two unpaired sets of five at least 2/252.
 *
 * <p>Source: Fisher, The Design of Experiments, 1935, section 21; Pitman 1937 for the unpaired test.
 *
 * @param paired whether both sides have the same seeds
 * @param permutations the outcome of the test; its delta is the first mean less the second
 * @param pooledDeviation √((squares of the first + squares of the second) / (n₁ + n₂ - 2)), squares Σ (xᵢ - mean)² about the own mean
 */
public record SeedComparison(boolean paired, Permutations permutations, double pooledDeviation) {
  /** Up to so many exchanges are counted, more are drawn: {@value Randomisation#ROUNDS} of them. */
  public static final int EXACT = 1 << 20;

  /**
   * Compares.
   *
   * @param seed of the exchanges, should there be too many to count
   * @throws IllegalArgumentException when a side has fewer than two scores
   */
  public static SeedComparison of(SeedScores first, SeedScores second, long seed) {
    if (first.count() < 2 || second.count() < 2)
      throw new IllegalArgumentException(
          first.count() + " and " + second.count() + " scores, expected at least 2 each");
    boolean paired = first.bySeed().keySet().equals(second.bySeed().keySet());
    double[] one = first.scores();
    double[] other = second.scores();
    double scale =
        DoubleStream.concat(Arrays.stream(one), Arrays.stream(other))
            .map(Math::abs)
            .max()
            .getAsDouble();
    Permutations.Counter counter =
        new Permutations.Counter(first.mean() - second.mean(), Math.max(1, scale));
    Permutations permutations =
        paired ? flips(one, other, seed, counter) : splits(one, other, seed, counter);
    double squares = first.squares() + second.squares();
    double pooled = Math.sqrt(squares / (first.count() + second.count() - 2));
    return new SeedComparison(paired, permutations, pooled);
  }

  /** The first mean less the second. */
  public double delta() {
    return permutations.delta();
  }

  /** Whether the difference is below seed noise: the means differ by less than the pooled deviation, by which single trainings of one config scatter. */
  public boolean belowSeedNoise() {
    return Math.abs(delta()) < pooledDeviation;
  }

  private static Permutations flips(
      double[] one, double[] other, long seed, Permutations.Counter counter) {
    int n = one.length;
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) differences[i] = one[i] - other[i];
    if (n < Integer.SIZE - 1 && 1 << n <= EXACT) {
      for (int signs = 0; signs < 1 << n; signs++) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
        counter.add(sum / n, 1);
      }
      return counter.exact();
    }
    for (int r = 0; r < Randomisation.ROUNDS; r++) {
      Draws draws = Draws.of(seed, Draws.Purpose.SEEDS, r);
      double sum = 0;
      for (double difference : differences) sum += draws.heads(1) == 0 ? difference : -difference;
      counter.add(sum / n, 1);
    }
    return counter.drawn();
  }

  private static Permutations splits(
      double[] one, double[] other, long seed, Permutations.Counter counter) {
    double[] all = DoubleStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    int n = one.length;
    double sum = 0;
    for (double score : all) sum += score;
    if (ways(all.length, n) <= EXACT) {
      everySplit(all, 0, n, 0, sum, n, counter);
      return counter.exact();
    }
    for (int r = 0; r < Randomisation.ROUNDS; r++) {
      Draws draws = Draws.of(seed, Draws.Purpose.SEEDS, r);
      double[] dealt = all.clone();
      double chosen = 0;
      for (int i = 0; i < n; i++) { // the first n cards of a shuffled pack
        int j = i + draws.below(dealt.length - i);
        chosen += dealt[j];
        dealt[j] = dealt[i];
      }
      counter.add(between(chosen, sum, n, all.length), 1);
    }
    return counter.drawn();
  }

  /** Chooses {@code left} more of the scores from index {@code i} on, in every way. */
  private static void everySplit(
      double[] all,
      int i,
      int left,
      double chosen,
      double sum,
      int n,
      Permutations.Counter counter) {
    if (left == 0) {
      counter.add(between(chosen, sum, n, all.length), 1);
      return;
    }
    if (all.length - i > left) everySplit(all, i + 1, left, chosen, sum, n, counter);
    everySplit(all, i + 1, left - 1, chosen + all[i], sum, n, counter);
  }

  /** The mean of n scores less that of the others. */
  private static double between(double chosen, double sum, int n, int all) {
    return chosen / n - (sum - chosen) / (all - n);
  }

  /** n over k, as a double, since only small ones matter exactly. */
  private static double ways(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
    return ways;
  }
}
