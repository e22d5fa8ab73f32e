package dev.sluice.model;

import dev.sluice.label.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a model says of one sentence.
 *
 * @param tokens the labels of its tokens, if the model gives any
 * @param sentence its own labels, if the model gives any
 */
public record Prediction(Optional<Tokens> tokens, Optional<Sentence> sentence) {

  /** How much is worked out. */
  public enum Detail {
    /** The labels alone. */
    LABELS,
    /** Also the probability of each label, span, and of the sequence. */
    CONFIDENCES,
    /** Also the probability of every label of each token, and the entropy of the label sequences. */
    ALL
  }

  /**
   * Labels of tokens. All probabilities are those of one distribution over label sequences.
   *
   * @param labels the label ids of the most probable sequence, O where a span is held back, [T]
   * @param probabilities the probability that a token has its label, [T]; empty unless asked for
   * @param all the probability of every label for each token, [T, L]; empty unless asked for
   * @param spans the spans that the labels spell, with the probability that the sentence has that very span; empty unless asked for
   * @param rejected spans of the most probable sequence that are held back, being less probable than the model's threshold for their type; empty unless asked for
   * @param logProbability natural logarithm of the probability of the labels as a whole; NaN unless asked for
   * @param entropy the entropy of the distribution over label sequences, in nats; empty unless asked for
   */
  public record Tokens(
      int[] labels,
      float[] probabilities,
      float[] all,
      List<ScoredSpan> spans,
      List<ScoredSpan> rejected,
      double logProbability,
      OptionalDouble entropy) {}

  /** A span and its probability. */
  public record ScoredSpan(Span span, double probability) {}

  /**
   * One of the most probable label sequences.
   *
   * @param labels the label ids, [T]
   * @param conditionals the probability of each label, the label before it given, [T]; their product is the probability of the sequence
   * @param logProbability natural logarithm of the probability of the sequence
   */
  public record Ranked(int[] labels, double[] conditionals, double logProbability) {}

  /**
   * Labels of the sentence.
   *
   * @param labels the ids of those that are given, the most probable first, exactly one unless the model may give several; when none is accepted, those that would have
   *     been given
   * @param probabilities the probability of every label, [L]
   * @param accepted whether they reach the model's thresholds; if not, the answer is that there is none
   */
  public record Sentence(int[] labels, float[] probabilities, boolean accepted) {}
}
