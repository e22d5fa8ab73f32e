package dev.sluice.kernel;

/**
 * The exponential function in double, within 2 units in the last place, by plain additions and multiplications, so that every machine gives the same bits;
 * several times as fast as {@link StrictMath#exp}.
 *
 * <p>The argument is reduced to r = x - n·ln 2 with |r| ≤ ln 2 / 2; eʳ is its Taylor polynomial of degree 13, whose remainder is below 5e-18.
 */
public final class Exponential {
  /** Below this eˣ counts as 0: results with fewer digits than others are not given. */
  public static final double MIN = -708;

  /** Above this eˣ counts as infinite. */
  public static final double MAX = 709;

  private static final double LOG2_E = 1.4426950408889634;

  /** Adding it rounds to a whole number, which then stands in the low bits. */
  private static final double ROUND = 0x1.8p52;

  /** ln 2 in two parts, the first short enough that its product with n is exact (fdlibm, e_exp.c). */
  private static final double LN2_HIGH = 6.93147180369123816490e-01;

  private static final double LN2_LOW = 1.90821492927058770002e-10;

  private static final double C2 = 1.0 / 2,
      C3 = 1.0 / 6,
      C4 = 1.0 / 24,
      C5 = 1.0 / 120,
      C6 = 1.0 / 720,
      C7 = 1.0 / 5040,
      C8 = 1.0 / 40320,
      C9 = 1.0 / 362880,
      C10 = 1.0 / 3628800,
      C11 = 1.0 / 39916800,
      C12 = 1.0 / 479001600,
      C13 = 1.0 / 6227020800.0;

  private static final long ONE_BITS = 0x3FF0000000000000L;

  private Exponential() {}

  /** eˣ; 0 below {@link #MIN}, infinite above {@link #MAX}, not a number for what is none. */
  public static double exp(double x) {
    if (x < MIN) return 0;
    if (x > MAX) return Double.POSITIVE_INFINITY;
    double t = x * LOG2_E + ROUND;
    double n = t - ROUND;
    double r = (x - n * LN2_HIGH) - n * LN2_LOW;
    double p = r * C13 + C12;
    p = r * p + C11;
    p = r * p + C10;
    p = r * p + C9;
    p = r * p + C8;
    p = r * p + C7;
    p = r * p + C6;
    p = r * p + C5;
    p = r * p + C4;
    p = r * p + C3;
    p = r * p + C2;
    double small = r + r * r * p; // added to 1 last, which rounds least
    double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(t) << 52) + ONE_BITS);
    return scale * (1 + small);
  }
}
