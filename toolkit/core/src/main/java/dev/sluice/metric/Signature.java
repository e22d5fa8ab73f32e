package dev.sluice.metric;

/** One line that fixes every choice behind a score, so that two numbers can be known to mean the same. */
final class Signature {
  private static final int VERSION = 1;

  private Signature() {}

  static String spans(Reading gold, Reading predicted) {
    return line(
        "F1=spanmicro",
        both(gold.scheme().name(), predicted.scheme().name()),
        both(gold.repair().key(), predicted.repair().key()),
        "exact");
  }

  static String labels() {
    return line("accuracy=token", "PLAIN", "-", "label");
  }

  static String sentences() {
    return line("accuracy=sentence", "-", "-", "label");
  }

  /** One word when gold data and predictions are read alike, else both with a slash, gold first. */
  private static String both(String gold, String predicted) {
    return gold.equals(predicted) ? gold : gold + "/" + predicted;
  }

  private static String line(String score, String scheme, String repair, String match) {
    return String.join(
        "|",
        score,
        "scheme=" + scheme,
        "repair=" + repair,
        "match=" + match,
        "zero=null",
        "ignored=-",
        "v=" + VERSION);
  }
}
