package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An interval of a score.
 *
 * @param low the lower end, in [0, 1]
 * @param high the upper end
 */
record Range(double low, double high) {
  /** An interval of the document, nothing when it is not there or not defined. */
  static Optional<Range> of(JsonNode node) {
    if (!node.path("low").isNumber() || !node.path("high").isNumber()) return Optional.empty();
    return Optional.of(new Range(node.get("low").doubleValue(), node.get("high").doubleValue()));
  }

  /** Both ends in percent: {@code 79.10–83.02}. */
  String percent() {
    return Figures.percent(low) + "–" + Figures.percent(high);
  }
}
