package dev.sluice.model;

import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import java.util.Arrays;
import java.util.Optional;

/**
 * Draws the next symbol from the scores of all.
 * <pre>
 *   p[j] ∝ exp(score[j] / temperature)    over the K most probable symbols, of these the fewest with probability P together
 * </pre>
 * Top-k: Fan, Lewis and Dauphin 2018; top-p, the nucleus: Holtzman et al. 2020. At temperature 0 the most probable symbol is taken. Of equally
 * probable ones the lower id comes first. The
 * unknown symbol is never drawn. It serves one thread.
 */
public final class SymbolSampler {
  private final double temperature;
  private final Optional<Integer> topK;
  private final Optional<Double> topP;
  private final long[] order;
  private final double[] p;

  /**
   * A sampler.
   *
   * @param symbols how many scores there are
   * @throws IllegalArgumentException when temperature, topK or topP is out of range
   */
  public SymbolSampler(
      int symbols, double temperature, Optional<Integer> topK, Optional<Double> topP) {
    if (!(temperature >= 0 && temperature <= 100))
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", expected a number in [0, 100]");
    if (topK.isPresent() && topK.get() < 1)
      throw new IllegalArgumentException("topK is " + topK.get() + ", expected at least 1");
    if (topP.isPresent() && !(topP.get() > 0 && topP.get() <= 1))
      throw new IllegalArgumentException("topP is " + topP.get() + ", expected a number in (0, 1]");
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
    order = new long[symbols];
    p = new double[symbols];
  }

  /** The stream of random numbers of a text. */
  public static long stream(long seed, int text) {
    return Noise.stream(seed, Purpose.GENERATE, text, 0, 0);
  }

  /**
   * Draws a symbol.
   *
   * @param scores of all symbols that can come next; index 0 is the unknown one
   * @param stream the random numbers of the text
   * @param index the place of the symbol in the text
   */
  public int draw(float[] scores, long stream, long index) {
    int n = order.length - 1;
    for (int id = 1; id <= n; id++) order[id - 1] = key(scores[id], id);
    if (temperature == 0) {
      long first = order[0];
      for (int i = 1; i < n; i++) first = Math.min(first, order[i]);
      return id(first);
    }
    boolean cuts = topK.isPresent() || topP.isPresent();
    if (cuts) Arrays.sort(order, 0, n);
    int many = Math.min(n, topK.orElse(n));
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < many; i++) high = Math.max(high, scores[id(order[i])]);
    double sum = 0;
    for (int i = 0; i < many; i++)
      sum += p[i] = StrictMath.exp(((double) scores[id(order[i])] - high) / temperature);
    if (topP.isPresent()) {
      double enough = topP.get() * sum, kept = 0;
      int i = 0;
      while (i < many && kept < enough) kept += p[i++];
      many = i;
      sum = kept;
    }
    double at = (Noise.bits(stream, index) >>> 11) * 0x1p-53 * sum, below = 0;
    for (int i = 0; i < many; i++) {
      below += p[i];
      if (at < below) return id(order[i]);
    }
    return id(order[many - 1]);
  }

  /** Sorts by falling score, then by rising id. */
  private static long key(float score, int id) {
    int bits = Float.floatToIntBits(score);
    int rising = bits ^ (bits >> 31 & 0x7FFFFFFF);
    return (long) ~rising << 32 | id;
  }

  private static int id(long key) {
    return (int) key;
  }
}
