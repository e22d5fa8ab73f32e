package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.util.List;
import opennlp.tools.util.Sequence;

/** Label sequences as OpenNLP writes them. */
final class Sequences {
  private Sequences() {}

  /** A sequence whose score is the sum of the logarithms of its probabilities. */
  static Sequence of(List<String> outcomes, Tagger.Ranked ranked) {
    Sequence sequence = new Sequence();
    for (int t = 0; t < outcomes.size(); t++) {
      double p = Math.max(ranked.probabilities().get(t), Float.MIN_VALUE); // log 0 is no score
      sequence.add(outcomes.get(t), p);
    }
    return sequence;
  }

  static int requirePositive(int sequences) {
    if (sequences < 1) {
      throw new IllegalArgumentException(
          "sequences is " + sequences + ", expected a whole number of at least 1");
    }
    return sequences;
  }
}
