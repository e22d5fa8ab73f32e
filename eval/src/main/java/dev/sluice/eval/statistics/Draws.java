package dev.sluice.eval.statistics;

import dev.sluice.kernel.Noise;

/** The random numbers of one resample: they follow from a seed, a purpose and the resample's number alone, so any thread may draw any resample, in any order. */
final class Draws {
  /** What the numbers are for; those for different purposes are independent. */
  enum Purpose {
    BOOTSTRAP,
    RANDOMISATION,
    SEEDS
  }

  private final long stream;
  private long drawn;

  private Draws(long stream) {
    this.stream = stream;
  }

  /** The numbers of resample {@code index}. */
  static Draws of(long seed, Purpose purpose, long index) {
    return new Draws(Noise.bits(Noise.bits(seed, purpose.ordinal()), index));
  }

  /** The next 64 random bits. */
  long bits() {
    return Noise.bits(stream, drawn++);
  }

  /** The next number uniform in [0, 1), a multiple of 2⁻⁵³. */
  double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** How many of n fair coins show heads, counted bit by bit. */
  long heads(long n) {
    long heads = 0;
    for (long left = n; left > 0; left -= Long.SIZE) {
      long coins = left >= Long.SIZE ? bits() : bits() >>> (Long.SIZE - left);
      heads += Long.bitCount(coins);
    }
    return heads;
  }

  /**
   * A whole number uniform in [0, bound), bound at least 1: ⌊x·bound / 2³²⌋ of 32 random bits x, drawn again where that would favour some numbers. Source: Lemire 2019,
   * Fast random integer generation in an interval.
   */
  int below(int bound) {
    while (true) {
      long product = (bits() >>> 32) * bound;
      long low = product & 0xFFFF_FFFFL;
      if (low >= bound || low >= (1L << 32) % bound) return (int) (product >>> 32);
    }
  }
}
