package dev.sluice.metric;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** One line that fixes every choice behind a score, so that two numbers can be known to mean the same. */
final class Signature {
  private static final int VERSION = 1;

  private Signature() {}

  static String spans(
      Reading gold, Reading predicted, ScoringRules rules, Optional<String> intentSeparator) {
    return line(
            rules,
            "F1=spanmicro",
            both(gold.scheme().name(), predicted.scheme().name()),
            both(gold.repair().key(), predicted.repair().key()),
            rules.match().name().toLowerCase(Locale.ROOT))
        + several(intentSeparator);
  }

  static String labels(ScoringRules rules) {
    return line(rules, "accuracy=token", "PLAIN", "-", "label");
  }

  static String sentences(ScoringRules rules, Optional<String> intentSeparator) {
    return line(rules, "accuracy=sentence", "-", "-", "label") + several(intentSeparator);
  }

  /** Said only where a label may name several intents. */
  private static String several(Optional<String> separator) {
    return separator.map(s -> "|intents=split(" + s + ")").orElse("");
  }

  /** One word when gold data and predictions are read alike, else both with a slash, gold first. */
  private static String both(String gold, String predicted) {
    return gold.equals(predicted) ? gold : gold + "/" + predicted;
  }

  private static String line(
      ScoringRules rules, String score, String scheme, String repair, String match) {
    return String.join(
        "|",
        score,
        "scheme=" + scheme,
        "repair=" + repair,
        "match=" + match,
        "zero=" + zero(rules.zeroDivision()),
        "ignored=" + (rules.ignored().isEmpty() ? "-" : String.join(",", rules.ignored())),
        "v=" + VERSION);
  }

  private static String zero(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "null";
  }
}
