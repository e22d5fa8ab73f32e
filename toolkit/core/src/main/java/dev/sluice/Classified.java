package dev.sluice;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The label of a sentence. Immutable.
 *
 * @param label the most probable label, also when it is not accepted
 * @param confidence its probability, 0 to 1
 * @param scores the probability of every label, most probable first
 * @param accepted whether it reaches the model's threshold; if not, the answer is that no label fits. Models without thresholds accept every label
 */
public record Classified(
    String label, double confidence, Map<String, Double> scores, boolean accepted) {
  /** Orders the scores and makes them unmodifiable. */
  public Classified {
    List<Map.Entry<String, Double>> entries = new java.util.ArrayList<>(scores.entrySet());
    entries.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()));
    Map<String, Double> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, Double> e : entries) ordered.put(e.getKey(), e.getValue());
    scores = Collections.unmodifiableMap(ordered);
  }

  /** A label that is accepted. */
  public Classified(String label, double confidence, Map<String, Double> scores) {
    this(label, confidence, scores, true);
  }
}
