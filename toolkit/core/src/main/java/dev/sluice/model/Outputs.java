package dev.sluice.model;

import dev.sluice.label.TagScheme;
import dev.sluice.vocabulary.LabelVocabulary;
import java.util.Optional;

/**
 * What a model's label ids mean.
 *
 * @param tokens the labels of tokens, if it gives any
 * @param sentence the labels of sentences, if it gives any
 */
public record Outputs(Optional<Tokens> tokens, Optional<Sentence> sentence) {
  /**
   * A label per token.
   *
   * @param labels the labels
   * @param scheme how they spell spans; PLAIN when they do not
   * @param constrained whether sequences that the scheme does not allow are never given
   */
  public record Tokens(LabelVocabulary labels, TagScheme scheme, boolean constrained) {}

  /**
   * Labels of a sentence.
   *
   * @param labels the labels
   * @param several whether more than one may be given
   * @param separator what stands between the intents that one label of the data names, when it may name several
   */
  public record Sentence(LabelVocabulary labels, boolean several, Optional<String> separator) {}

  /** Checks that there is one. */
  public Outputs {
    if (tokens.isEmpty() && sentence.isEmpty()) throw new IllegalArgumentException("no labels");
  }

  /** A label per token. */
  public static Outputs of(LabelVocabulary labels, TagScheme scheme) {
    return new Outputs(
        Optional.of(new Tokens(labels, scheme, scheme.hasSpans())), Optional.empty());
  }

  /** A label per sentence. */
  public static Outputs of(LabelVocabulary labels) {
    return new Outputs(
        Optional.empty(), Optional.of(new Sentence(labels, false, Optional.empty())));
  }
}
