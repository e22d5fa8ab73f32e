package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them: halves are rounded up, on exact counts where there are any. */
final class Figures {
  /** What stands where a score is not defined. */
  static final String UNDEFINED = "n/a";

  private Figures() {}

  /** A score in [0, 1] as percent with two decimals. */
  static String percent(double score) {
    return fixed(100, score, 2);
  }

  /** The same, {@code n/a} when it is not defined. */
  static String percent(OptionalDouble score) {
    return score.isPresent() ? percent(score.getAsDouble()) : UNDEFINED;
  }

  /** A difference of scores in points with its sign: {@code +1.25}, {@code −0.30}, {@code 0.00}. */
  static String points(double difference) {
    String text = fixed(100, difference, 2);
    if (text.matches("-?0\\.00")) return "0.00";
    return difference < 0 ? "−" + text.substring(1) : "+" + text;
  }

  /** A number with so many decimals, a half rounded away from 0. */
  static String fixed(double number, int decimals) {
    return fixed(1, number, decimals);
  }

  private static String fixed(int times, double number, int decimals) {
    if (!Double.isFinite(number)) return UNDEFINED;
    return BigDecimal.valueOf(number)
        .multiply(BigDecimal.valueOf(times))
        .setScale(decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** A number of the document with so many decimals, {@code n/a} when it is not defined. */
  static String fixed(JsonNode node, int decimals) {
    return node.isNumber() ? fixed(node.doubleValue(), decimals) : UNDEFINED;
  }

  /** A probability of the document: {@code 0.042}, {@code < 0.001}. */
  static String p(JsonNode node) {
    if (!node.isNumber()) return UNDEFINED;
    return node.doubleValue() < 0.001 ? "< 0.001" : fixed(node.doubleValue(), 3);
  }

  /** 12,345. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** "1 sentence", "2,000 sentences". */
  static String count(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** A part of a whole as percent with one decimal. */
  static String share(long part, long whole) {
    return whole == 0 ? UNDEFINED : new Ratio(part, whole).percent(1) + " %";
  }

  /** A score of the document, empty when it is not there or not defined; an object stands for its {@code value}. */
  static OptionalDouble score(JsonNode node) {
    JsonNode value = node.isObject() ? node.path("value") : node;
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  /** The counts of a row of the document. */
  static Counts counts(JsonNode node) {
    return new Counts(
        Math.max(0, node.path("truePositives").asLong()),
        Math.max(0, node.path("falsePositives").asLong()),
        Math.max(0, node.path("falseNegatives").asLong()));
  }

  /** An accuracy of the document as the two numbers it is made of. */
  static Ratio ratio(JsonNode node) {
    long of = Math.max(0, node.path("of").asLong());
    return new Ratio(Math.min(of, Math.max(0, node.path("right").asLong())), of);
  }

  /** 1:05 or 2:03:04. */
  static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
