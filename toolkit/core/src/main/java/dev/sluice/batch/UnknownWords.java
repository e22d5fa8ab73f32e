package dev.sluice.batch;

import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import java.util.List;
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
   * @param singletons for each input, whether an id of it was seen once in training; null for an input whose ids always stay
   * @param rate share of singletons to replace
   * @param unknown the id that replaces them
   */
  public static Example[] replace(
      Example[] examples,
      List<IntPredicate> singletons,
      double rate,
      int unknown,
      long seed,
      int epoch) {
    Example[] shown = examples.clone();
    if (rate == 0) return shown;
    for (int n = 0; n < shown.length; n++) {
      int[][] inputs = null;
      for (int k = 0; k < singletons.size(); k++) {
        int[] replaced = replace(examples[n], k, singletons.get(k), rate, unknown, seed, epoch);
        if (replaced == null) continue;
        if (inputs == null) inputs = examples[n].inputs().clone();
        inputs[k] = replaced;
      }
      if (inputs != null) shown[n] = examples[n].withInputs(inputs);
    }
    return shown;
  }

  private static int[] replace(
      Example example,
      int input,
      IntPredicate singleton,
      double rate,
      int unknown,
      long seed,
      int epoch) {
    if (singleton == null) return null;
    long stream = Noise.stream(seed, Purpose.UNKNOWN, epoch, example.id(), 0);
    int[] ids = example.inputs()[input];
    int[] replaced = null;
    for (int t = 0; t < ids.length; t++) {
      if (!singleton.test(ids[t]) || Noise.uniform(stream, t) >= rate) continue;
      if (replaced == null) replaced = ids.clone();
      replaced[t] = unknown;
    }
    return replaced;
  }
}
