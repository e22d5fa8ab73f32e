package dev.sluice.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A score as the two counts it is made of, so that it can be rounded exactly. Without cases it is undefined, which is not the same as 0.
 *
 * @param part how many of the cases
 * @param whole how many cases
 */
public record Ratio(long part, long whole) {
  static final String UNDEFINED = "n/a";

  /** Checks that the part is within the whole. */
  public Ratio {
    if (part < 0 || part > whole) throw new IllegalArgumentException(part + " of " + whole);
  }

  /** The score in [0, 1], empty when there are no cases. */
  public OptionalDouble value() {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }

  /** The score in [0, 1], or another number when there are no cases. */
  public double orElse(double other) {
    return value().orElse(other);
  }

  /** The same, or one without cases as 0 or 1 where that is asked for. */
  Ratio orWhenUndefined(OptionalInt other) {
    return whole > 0 || other.isEmpty() ? this : new Ratio(other.getAsInt(), 1);
  }

  /** The score in percent with two decimals, such as {@code 57.13}, or {@code n/a}. */
  public String percent() {
    return percent(2);
  }

  /** The score in percent, a half rounded up on the counts themselves: 457 of 800 are 57.13 although printf says 57.12. */
  public String percent(int decimals) {
    if (whole == 0) return UNDEFINED;
    return BigDecimal.valueOf(part)
        .multiply(BigDecimal.valueOf(100))
        .divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** A mean of scores in percent with two decimals, or {@code n/a}. */
  static String percent(OptionalDouble mean) {
    if (mean.isEmpty()) return UNDEFINED;
    return BigDecimal.valueOf(mean.getAsDouble())
        .multiply(BigDecimal.valueOf(100))
        .setScale(2, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
