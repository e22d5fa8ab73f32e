package dev.sluice.model;

import dev.sluice.data.Intents;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The probability of each intent that a sentence is given: that of its label where the label names one intent. Where a label names several, such as {@code
 * flight#fare}, each of them is as probable as all labels together that name it.
 */
final class IntentProbabilities {
  private IntentProbabilities() {}

  /** Those of the intents that the labels of a sentence name, in the order of the labels. */
  static Map<String, Double> of(Outputs.Sentence output, Prediction.Sentence found) {
    Map<String, Double> intents = new LinkedHashMap<>();
    List<String> names = output.labels().labels();
    for (int label : found.labels()) {
      String name = names.get(label);
      Set<String> named = output.several() ? Set.of(name) : Intents.split(name, output.separator());
      if (named.size() < 2) intents.put(name, (double) found.probabilities()[label]);
      else for (String intent : named) intents.put(intent, together(intent, output, found));
    }
    return Collections.unmodifiableMap(intents);
  }

  private static double together(
      String intent, Outputs.Sentence output, Prediction.Sentence found) {
    double sum = 0;
    for (int j = 0; j < found.probabilities().length; j++)
      if (Intents.split(output.labels().label(j), output.separator()).contains(intent))
        sum += found.probabilities()[j];
    return Math.min(1, sum);
  }
}
