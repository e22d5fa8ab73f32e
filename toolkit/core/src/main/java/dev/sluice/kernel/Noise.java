package dev.sluice.kernel;

/**
 * Random numbers as a function of what they are for, not of the order in which they are asked for: any thread may ask for any of them
 * and always gets the same one. Mixing follows SplitMix64 (Steele, Lea and Flood 2014).
 */
public final class Noise {
  /** What a number is for; numbers for different purposes are independent. */
  public enum Purpose {
    /** First values of the weights. */
    INITIAL,
    /** Order of sentences and batches. */
    SHUFFLE,
    /** Singletons shown as unknown. */
    UNKNOWN,
    /** Dropout on the inputs. */
    DROP_INPUT,
    /** Dropout on a layer's output. */
    DROP_LAYER,
    /** Dropout on the recurrence. */
    DROP_RECURRENT,
    /** Whole tokens dropped. */
    DROP_WORD,
    /** How sentences are dealt to the folds of a cross-validation. */
    FOLDS,
    /** Which sentences the smaller training splits of a learning curve have. */
    CURVE,
    /** What a sampled softmax compares with. */
    CANDIDATES,
    /** Symbols of a text that is made up. */
    GENERATE,
    /** Before which tokens the network's own label is fed back. */
    OWN_LABEL
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** A stream of numbers for one purpose and up to three further keys, such as epoch, layer and sentence. */
  public static long stream(long seed, Purpose purpose, long a, long b, long c) {
    long s = mix(seed + GOLDEN);
    s = mix(s ^ (purpose.ordinal() + 1) * GOLDEN);
    s = mix(s + a * GOLDEN);
    s = mix(s + b * GOLDEN);
    return mix(s + c * GOLDEN);
  }

  /** Number {@code index} of a stream, all 64 bits. */
  public static long bits(long stream, long index) {
    return mix(stream + (index + 1) * GOLDEN);
  }

  /** Number {@code index} of a stream, uniform in [0, 1), a multiple of 2⁻²⁴. */
  public static float uniform(long stream, long index) {
    return (bits(stream, index) >>> 40) * 0x1p-24f;
  }

  /** A whole number in [0, bound), for bounds below 2³¹. */
  public static int below(long stream, long index, int bound) {
    return (int) ((bits(stream, index) >>> 32) * bound >>> 32);
  }

  /** The numbers 0 to n-1 in random order (Fisher and Yates). */
  public static int[] permutation(long stream, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(stream, i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
