package dev.sluice.eval.picture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * An axis from its lowest to its highest value, and where it has marks.
 *
 * @param low where it begins
 * @param high where it ends, above {@code low}
 * @param logarithmic whether equal distances are equal factors
 * @param marks values within, ascending
 * @param labels what stands at each
 */
record Ticks(
    double low, double high, boolean logarithmic, List<Double> marks, List<String> labels) {
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** Where a value stands, 0 at the low end and 1 at the high one; not a number where the axis has no place for it. */
  double place(double value) {
    if (!logarithmic) return (value - low) / (high - low);
    return value > 0
        ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
        : Double.NaN;
  }

  /**
   * Marks at multiples of 1, 2 or 5 times a power of ten.
   *
   * @param whole whether only whole numbers mean anything
   * @param widened whether the axis ends at marks; else at its values
   */
  static Ticks linear(double low, double high, int most, boolean whole, boolean widened) {
    double from = low, to = high;
    if (to <= from) {
      from = low - (widened ? 0.5 : 0);
      to = from + 1;
    }
    double step = step((to - from) / most);
    if (whole) step = Math.max(1, step);
    long first = (long) (widened ? Math.floor(from / step + 1e-9) : Math.ceil(from / step - 1e-9));
    long last = (long) (widened ? Math.ceil(to / step - 1e-9) : Math.floor(to / step + 1e-9));
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    List<Double> marks = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      marks.add(i * step);
      labels.add(String.format(Locale.ROOT, "%,." + decimals + "f", i * step + 0.0));
    }
    return widened
        ? new Ticks(first * step, last * step, false, marks, labels)
        : new Ticks(from, to, false, marks, labels);
  }

  /** The smallest of 1, 2, 5 times a power of ten that is not below. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5})
      if (factor * power >= least * (1 - 1e-9)) return factor * power;
    return 10 * power;
  }

  /** Marks at powers of ten, of few of them also at twice and five times; the axis ends at powers of ten. Both values are positive. */
  static Ticks decades(double low, double high, int most) {
    int from = (int) Math.floor(Math.log10(low) + 1e-9);
    int to = Math.max(from + 1, (int) Math.ceil(Math.log10(high) - 1e-9));
    int stride = (int) step(Math.max(1, (to - from) / (double) most));
    List<Double> marks = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int e = to; e >= from; e -= stride) {
      add(marks, labels, 1, e);
      if (to - from > 2 || e == from) continue;
      add(marks, labels, 5, e - 1);
      add(marks, labels, 2, e - 1);
    }
    Collections.reverse(marks);
    Collections.reverse(labels);
    return new Ticks(Math.pow(10, from), Math.pow(10, to), true, marks, labels);
  }

  private static void add(List<Double> marks, List<String> labels, int factor, int exponent) {
    marks.add(factor * Math.pow(10, exponent));
    labels.add(power(factor, exponent));
  }

  /** 10⁻⁵, 2·10⁻⁵; from a thousandth to thousands in digits. */
  private static String power(int factor, int exponent) {
    if (exponent >= -3 && exponent <= 3)
      return String.format(
          Locale.ROOT, "%,." + Math.max(0, -exponent) + "f", factor * Math.pow(10, exponent));
    StringBuilder text = new StringBuilder(factor == 1 ? "" : factor + "·");
    text.append(exponent < 0 ? "10⁻" : "10");
    for (char digit : String.valueOf(Math.abs(exponent)).toCharArray())
      text.append(RAISED.charAt(digit - '0'));
    return text.toString();
  }
}
