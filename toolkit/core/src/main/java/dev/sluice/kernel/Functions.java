package dev.sluice.kernel;

/**
 * Exponential, logistic sigmoid and hyperbolic tangent in float: the definition that the SIMD kernels repeat operation by operation.
 *
 * <p>The argument is reduced to r = x - n·ln 2 with |r| ≤ ln 2 / 2, where eˣ - 1 = 2ⁿ·q(r) + (2ⁿ - 1) and q is the Taylor polynomial of
 * eʳ - 1 to degree 7, whose remainder is below 6e-9. Written with eˣ - 1, tanh keeps its relative accuracy near zero.
 */
public final class Functions {
  /** Below this eˣ counts as e⁻⁸⁷, the smallest with a normal result. */
  public static final float EXP_MIN = -87f;

  /** Above this eˣ counts as e⁸⁸, the largest with a finite result. */
  public static final float EXP_MAX = 88f;

  /** Beyond this the sigmoid counts as e⁻⁸⁷, the smallest with a normal result, or 1. */
  public static final float SIGMOID_MAX = 87f;

  /** All bits of a float but its sign. */
  public static final int MAGNITUDE = 0x7FFFFFFF;

  /** tanh is 1 to the last bit from half of this on. */
  public static final float TANH_MAX = 30f;

  /** 1 / ln 2. */
  public static final float LOG2_E = 1.44269504f;

  /** Adding it rounds to a whole number, which then stands in the low bits. */
  public static final float ROUND = 12582912f; // 1.5 · 2^23

  /** ln 2 in two parts, the first short enough that its product with n is exact. */
  public static final float LN2_HIGH = 0.693359375f;

  /** The rest of ln 2. */
  public static final float LN2_LOW = -2.12194440e-4f;

  /** 1/2! to 1/7!. */
  public static final float C2 = 1f / 2,
      C3 = 1f / 6,
      C4 = 1f / 24,
      C5 = 1f / 120,
      C6 = 1f / 720,
      C7 = 1f / 5040;

  /** The bits of 1f, the exponent of 2⁰. */
  public static final int ONE_BITS = 0x3F800000;

  private Functions() {}

  /** eˣ, with x limited to [-87, 88]. */
  public static float exp(float x) {
    x = Math.max(EXP_MIN, Math.min(EXP_MAX, x));
    float t = Fma.fma(x, LOG2_E, ROUND);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << 23) + ONE_BITS);
    return Fma.fma(scale, q(x, t - ROUND), scale);
  }

  /** 1 / (1 + e⁻ˣ); not a number when x is not finite, so that trouble shows. */
  public static float sigmoid(float x) {
    float y = limit(-x, SIGMOID_MAX);
    float t = Fma.fma(y, LOG2_E, ROUND);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << 23) + ONE_BITS);
    float e = Fma.fma(scale, q(y, t - ROUND), scale);
    return 1f / (e + (trouble(x) + 1f));
  }

  /** (e²ˣ - 1) / (e²ˣ + 1); not a number when x is not finite. */
  public static float tanh(float x) {
    float y = limit(x + x, TANH_MAX);
    float t = Fma.fma(y, LOG2_E, ROUND);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << 23) + ONE_BITS);
    float e = Fma.fma(scale, q(y, t - ROUND), scale - 1f);
    return e / (e + (trouble(x) + 2f));
  }

  /** 0 for a number, not a number for all else. */
  static float trouble(float x) {
    float same = x;
    return x - same;
  }

  /** x with its magnitude limited, in integer arithmetic on its bits, which is much faster in vectors than a minimum of floats. */
  private static float limit(float x, float most) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = Math.min(bits & MAGNITUDE, Float.floatToRawIntBits(most));
    return Float.intBitsToFloat(magnitude | (bits & ~MAGNITUDE));
  }

  /** eʳ - 1 for r = x - n·ln 2. */
  private static float q(float x, float n) {
    float r = Fma.fma(n, -LN2_HIGH, x);
    r = Fma.fma(n, -LN2_LOW, r);
    float p = Fma.fma(r, C7, C6);
    p = Fma.fma(r, p, C5);
    p = Fma.fma(r, p, C4);
    p = Fma.fma(r, p, C3);
    p = Fma.fma(r, p, C2);
    p = Fma.fma(r, p, 1f);
    return r * p;
  }
}
