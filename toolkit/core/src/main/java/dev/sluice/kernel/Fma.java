package dev.sluice.kernel;

/**
 * The fused multiply-add a·b + c, rounded once. Java's own is a single instruction where the processor has one and an emulation by
 * BigDecimal, thousands of times slower, where it has none; there an exact double-based form takes its place, with the same bits.
 */
public final class Fma {
  /** Whether the processor has the instruction, found by trying once. */
  public static final boolean HARDWARE = probe();

  private Fma() {}

  /** a·b + c, rounded once. */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : exact(a, b, c);
  }

  /**
   * The same through double: the product of two floats is exact there; the sum is rounded to odd before it is rounded to float, so that
   * rounding twice equals rounding once (Boldo and Melquiond 2008).
   */
  static float exact(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    if (Double.isNaN(sum) || Double.isInfinite(sum)) return (float) sum;
    double back = sum - product;
    double error = (product - (sum - back)) + (c - back); // TwoSum: what the addition lost
    if (error != 0) {
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & 1) == 0)
        sum = Double.longBitsToDouble(error > 0 == sum > 0 ? bits + 1 : bits - 1);
    }
    return (float) sum;
  }

  private static boolean probe() {
    float x = 1.0000001f;
    long fastest = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) x = Math.fma(x, 0.9999999f, 1e-9f);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return x > 0
        && fastest
            < 50 * 400; // interpreted calls of the instruction take tens of nanoseconds, BigDecimal
    // over a microsecond
  }
}
