package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The verdict over a pair as a sign, a word and a colour, so that colour alone never tells it.
 *
 * @param sign one character
 * @param word what the sign means
 * @param style the class of style
 */
record VerdictMark(String sign, String word, String style) {
  private static final VerdictMark BETTER = new VerdictMark("▲", "better", "good");
  private static final VerdictMark WORSE = new VerdictMark("▼", "worse", "bad");
  private static final VerdictMark NOISE = new VerdictMark("≈", "below seed noise", "even");
  private static final VerdictMark UNKNOWN = new VerdictMark("?", "unknown", "even");

  /** What is said of the second system of a pair beside the first. */
  static VerdictMark of(JsonNode pair) {
    return of(pair, pair.path("difference").asDouble());
  }

  /** The same from the other side: what is said of the first system beside the second. */
  static VerdictMark turned(JsonNode pair) {
    return of(pair, -pair.path("difference").asDouble());
  }

  private static VerdictMark of(JsonNode pair, double difference) {
    return switch (pair.path("verdict").asText()) {
      case "real" -> difference > 0 ? BETTER : WORSE;
      case "belowSeedNoise" -> NOISE;
      default -> UNKNOWN;
    };
  }

  /** Whether it is a difference that is more than chance. */
  boolean isReal() {
    return this == BETTER || this == WORSE;
  }
}
