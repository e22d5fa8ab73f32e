package dev.sluice.embedding;

import java.nio.charset.StandardCharsets;

/**
 * Plain decimal numbers: {@code -0.25}, {@code 3}, {@code .5}, {@code 1e-05}; nothing else that Java would take, such as {@code 1.0d},
 * {@code 0x1p3} or {@code NaN}.
 */
final class Decimal {
  private static final long MANY = 100_000_000_000_000_000L; // another digit still fits a long
  private static final double[] TEN = new double[23]; // all of them exact

  static {
    TEN[0] = 1;
    for (int i = 1; i < TEN.length; i++) TEN[i] = TEN[i - 1] * 10;
  }

  private Decimal() {}

  /**
   * The float nearest to the number, as {@link Float#parseFloat} gives it.
   *
   * <p>Most numbers are one division of exact doubles, rounded twice; the second rounding can only be wrong when the double lies exactly
   * between two floats, and those are left to Java. Source: Clinger, How to read floating point numbers accurately, 1990.
   *
   * @return an infinity when it is larger than any float; NaN when the bytes are no plain decimal number
   */
  static float parse(byte[] bytes, int from, int to) {
    int i = from, scale = 0, exponent = 0;
    long digits = 0;
    boolean negative = false, exact = true;
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) negative = bytes[i++] == '-';
    int begin = i, point = 0;
    for (; i < to; i++) {
      int c = bytes[i];
      if (c == '.' && point == 0) {
        point = 1;
        continue;
      }
      if (c < '0' || c > '9') break;
      if (digits >= MANY) exact = false;
      else digits = digits * 10 + (c - '0');
      scale += point;
    }
    if (i - begin == point) return Float.NaN; // no digit
    if (i < to && (bytes[i] | 0x20) == 'e') {
      boolean small = ++i < to && bytes[i] == '-';
      if (i < to && (bytes[i] == '-' || bytes[i] == '+')) i++;
      if (i == to) return Float.NaN;
      for (; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
        exponent = Math.min(100_000, exponent * 10 + (bytes[i] - '0'));
      }
      if (small) exponent = -exponent;
    }
    if (i < to) return Float.NaN;
    if (exact) {
      if (digits == 0) return negative ? -0f : 0f;
      int power = exponent - scale;
      if (digits <= 1L << 53 && Math.abs(power) < TEN.length) {
        double value = power < 0 ? digits / TEN[-power] : digits * TEN[power];
        boolean between = (Double.doubleToRawLongBits(value) & 0x1FFF_FFFFL) == 0x1000_0000L;
        if (!between && value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE) {
          return (float) (negative ? -value : value);
        }
      }
    }
    return Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** Whether the bytes are meant as a number, be it a plain one or not: {@code 1,5}, {@code NaN} and {@code 0x1p3} are too. */
  static boolean isMeant(byte[] bytes, int from, int to) {
    int i = from;
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) i++;
    int digit = i < to && (bytes[i] == '.' || bytes[i] == ',') ? i + 1 : i;
    if (digit < to && bytes[digit] >= '0' && bytes[digit] <= '9') return true;
    if (to - i > "infinity".length()) return false;
    String word = new String(bytes, i, to - i, StandardCharsets.ISO_8859_1);
    return word.equalsIgnoreCase("nan")
        || word.equalsIgnoreCase("inf")
        || word.equalsIgnoreCase("infinity");
  }

  /** The number of digits after the point; as many as can be when there is an exponent, which only computed numbers have. */
  static int fraction(byte[] bytes, int from, int to) {
    int point = to;
    for (int i = from; i < to; i++) {
      if (bytes[i] == 'e' || bytes[i] == 'E') return Integer.MAX_VALUE;
      if (bytes[i] == '.') point = i + 1;
    }
    return to - point;
  }
}
