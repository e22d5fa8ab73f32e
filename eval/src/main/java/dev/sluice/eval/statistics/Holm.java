package dev.sluice.eval.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The correction of Holm for several tests: rejecting what is below α after it keeps the probability of any false rejection below α, whatever the tests depend on.
 * <pre>
 *   m values in order p(1) ≤ … ≤ p(m):   adjusted(i) = max over j ≤ i of min(1, (m-j+1)·p(j))
 * </pre>
 * Source: Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6.
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p values, in the order of those given.
   *
   * @throws IllegalArgumentException when one is not in [0, 1]
   */
  public static double[] adjusted(double... p) {
    for (double one : p) {
      if (!(one >= 0 && one <= 1))
        throw new IllegalArgumentException("p " + one + ", expected a number in [0, 1]");
    }
    double[] adjusted = new double[p.length];
    int left = p.length;
    double largest = 0;
    for (int i : order(p)) {
      largest = Math.max(largest, Math.min(1, left-- * p[i]));
      adjusted[i] = largest;
    }
    return adjusted;
  }

  private static int[] order(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(i -> i)
        .toArray();
  }
}
