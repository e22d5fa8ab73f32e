package dev.sluice.batch;

import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Which sentences stand together in an epoch's batches: shuffled, then sorted by length within runs of {@value #RUN} batches, so that the sentences of a batch are
 * about equally long, then the batches shuffled. A function of lengths, batch size, seed and epoch alone.
 */
public final class EpochPlan {
  private static final int RUN = 50;

  private EpochPlan() {}

  /**
   * The batches of an epoch.
   *
   * @param examples all examples
   * @param size sentences per batch; the last batch of all may have fewer
   * @return the batches in order, each with its examples
   */
  public static Example[][] of(Example[] examples, int size, long seed, int epoch) {
    int n = examples.length;
    int[] order = Noise.permutation(Noise.stream(seed, Purpose.SHUFFLE, epoch, 0, 0), n);
    Example[] shuffled = new Example[n];
    for (int i = 0; i < n; i++) shuffled[i] = examples[order[i]];
    for (int from = 0; from < n; from += RUN * size) {
      Arrays.sort(
          shuffled,
          from,
          Math.min(n, from + RUN * size),
          Comparator.comparingInt(e -> -e.length()));
    }
    int batches = (n + size - 1) / size;
    int[] turn = Noise.permutation(Noise.stream(seed, Purpose.SHUFFLE, epoch, 1, 0), batches);
    Example[][] plan = new Example[batches][];
    for (int b = 0; b < batches; b++) {
      int from = turn[b] * size;
      plan[b] = Arrays.copyOfRange(shuffled, from, Math.min(n, from + size));
    }
    return plan;
  }
}
