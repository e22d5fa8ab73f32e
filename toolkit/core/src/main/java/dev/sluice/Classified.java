package dev.sluice;

import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The label of a sentence, or its labels. Immutable.
 *
 * @param labels the labels it has, the most probable first: one, or several from a model that may give several; when none is accepted, those it would have
 * @param confidence the probability of the first of them, 0 to 1
 * @param scores the probability of every label, most probable first; they sum to 1 unless several may be given
 * @param intents the intents that the labels name, each with a probability of its own, in the order of the labels: the labels themselves, but a label that names
 *     several, such as {@code flight#fare}, is taken apart, and each of them is as probable as all labels together that name it
 * @param accepted whether the labels reach the model's thresholds; if not, the answer is that no label fits. Models without thresholds accept every label
 */
public record Classified(
    List<String> labels,
    double confidence,
    Map<String, Double> scores,
    Map<String, Double> intents,
    boolean accepted) {
  /** Copies the labels, orders the scores and makes them unmodifiable. */
  public Classified {
    labels = List.copyOf(labels);
    if (labels.isEmpty()) throw new IllegalArgumentException("no label");
    List<Map.Entry<String, Double>> entries = new java.util.ArrayList<>(scores.entrySet());
    entries.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()));
    Map<String, Double> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, Double> e : entries) ordered.put(e.getKey(), e.getValue());
    scores = Collections.unmodifiableMap(ordered);
    intents = Collections.unmodifiableMap(new LinkedHashMap<>(intents));
  }

  /** What a model said of a sentence. */
  static Classified of(Model model, Prediction.Sentence found) {
    List<String> names = model.sentenceLabels();
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int j = 0; j < names.size(); j++)
      scores.put(names.get(j), (double) found.probabilities()[j]);
    List<String> labels = Arrays.stream(found.labels()).mapToObj(names::get).toList();
    return new Classified(
        labels,
        scores.get(labels.get(0)),
        scores,
        model.intentProbabilities(found),
        found.accepted());
  }

  /** The first label: the most probable one, also when it is not accepted. */
  public String label() {
    return labels.get(0);
  }
}
