package dev.sluice.batch;

import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import java.util.function.IntPredicate;

/**
 * Training of the unknown word: in each epoch a share of the words seen only once is shown as unknown, so that its vector learns what rare words have in common (Lample et al.
 * 2016). Which ones is a function of seed, epoch, sentence and position.
 */
public final class UnknownWords {
  private UnknownWords() {}

  /**
   * The examples of an epoch; those without a replaced word are the originals.
   *
   * @param singleton whether a word id was seen once in training
   * @param rate share of singletons to replace
   * @param unknown the id that replaces them
   */
  public static Example[] replace(
      Example[] examples, IntPredicate singleton, double rate, int unknown, long seed, int epoch) {
    Example[] shown = examples.clone();
    if (rate == 0) return shown;
    for (int n = 0; n < shown.length; n++) {
      Example example = shown[n];
      long stream = Noise.stream(seed, Purpose.UNKNOWN, epoch, example.id(), 0);
      int[] words = example.inputs()[0];
      int[] replaced = null;
      for (int t = 0; t < words.length; t++) {
        if (!singleton.test(words[t]) || Noise.uniform(stream, t) >= rate) continue;
        if (replaced == null) replaced = words.clone();
        replaced[t] = unknown;
      }
      if (replaced == null) continue;
      int[][] inputs = new int[example.inputs().length][];
      java.util.Arrays.fill(inputs, replaced);
      shown[n] = new Example(example.id(), inputs, example.labels(), example.label());
    }
    return shown;
  }
}
