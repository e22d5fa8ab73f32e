package dev.sluice.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lines that conlleval.pl of 26 January 2004 prints, whoever counted. Percentages are rounded as printf does. */
public final class ClassicTable {
  /** The order of types. */
  static final Comparator<String> BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private ClassicTable() {}

  /**
   * The lines about everything.
   *
   * @param tokens how many tokens there are
   * @param rightTags how many of them have the right tag
   * @param all the phrases of all types
   */
  static String head(long tokens, long rightTags, Counts all) {
    StringBuilder text = new StringBuilder();
    text.append("processed ").append(tokens);
    text.append(" tokens with ").append(all.gold());
    text.append(" phrases; found: ").append(all.predicted());
    text.append(" phrases; correct: ").append(all.truePositives()).append(".\n");
    if (tokens > 0) {
      text.append("accuracy: ").append(two(percent(rightTags, tokens))).append("%; ");
      text.append(measures(all)).append('\n');
    }
    return text.toString();
  }

  /** The line of a type, with its line feed. */
  static String line(String type, Counts counts) {
    int width = type.getBytes(StandardCharsets.UTF_8).length;
    return " ".repeat(Math.max(0, 17 - width))
        + type
        + ": "
        + measures(counts)
        + "  "
        + counts.predicted()
        + '\n';
  }

  /**
   * The whole output.
   *
   * @param tokens how many tokens there are
   * @param rightTags how many of them have the right tag
   * @param types the phrases of each type; types without any are left out
   */
  public static String of(long tokens, long rightTags, Map<String, Counts> types) {
    SortedMap<String, Counts> sorted = new TreeMap<>(BYTES);
    sorted.putAll(types);
    sorted.values().removeIf(counts -> counts.equals(Counts.NONE));
    Counts all = sorted.values().stream().reduce(Counts.NONE, Counts::plus);
    StringBuilder text = new StringBuilder(head(tokens, rightTags, all));
    sorted.forEach((type, counts) -> text.append(line(type, counts)));
    return text.toString();
  }

  private static String measures(Counts counts) {
    double p = percent(counts.truePositives(), counts.predicted());
    double r = percent(counts.truePositives(), counts.gold());
    double f = p + r == 0 ? 0 : 2 * p * r / (p + r);
    return "precision: " + two(p) + "%; recall: " + two(r) + "%; FB1: " + two(f);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /** {@code %6.2f} of C: the exact value of the double, a half to the even digit. */
  private static String two(double value) {
    String digits = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    return " ".repeat(Math.max(0, 6 - digits.length())) + digits;
  }
}
