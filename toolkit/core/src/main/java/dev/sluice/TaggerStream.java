package dev.sluice;

import dev.sluice.model.Model;
import dev.sluice.model.TokenReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Labels the tokens of a sentence while they arrive, such as words that are being spoken or typed: the same labels and probabilities, bit for bit, as {@link Tagger#tag(List)}
 * gives for the whole sentence. Every token takes the same time, however many came before. {@link Tagger#stream} makes one.
 *
 * <p>That can only be had from a model whose label of a token does not depend on tokens behind it. It reads forward, its windows reach no token behind their own, it has no self-attention, labels tokens
 * by softmax without a crf or a beam search, and its labels may follow one another in any order: those that spell no spans, such as parts of speech, spans without {@code output.constraints}, or those of the scheme
 * IO. The best legal sequence is no such thing, for a later token may make another beginning the better one; nor are spans that are held back by their probability, or marks
 * of a gazetteer with phrases of several tokens. Any cell, any number of layers, letters and features of a token are fine, and so is a model of task joint, whose labels of
 * sentences are not given here.
 *
 * <p>Not safe for use by several threads at once; each makes its own. It needs no closing.
 */
public final class TaggerStream {
  private final TokenReader reader;
  private final List<String> labels;

  TaggerStream(Model model) {
    reader = new TokenReader(model);
    labels = model.tokenLabels();
  }

  /**
   * The label of a token.
   *
   * @param label the label
   * @param probability its probability, 0 to 1; NaN when the model's scores are not finite, for which {@link Tagger#tag(List)} gives NaN for every token of the sentence
   */
  public record Labelled(String label, double probability) {}

  /**
   * Labels the next token of the sentence.
   *
   * @throws IllegalArgumentException when the token is null or empty, or the model reads {@link Tagger#features} beside it; the token then counts as not given
   */
  public Labelled next(String token) {
    return next(token, Map.of());
  }

  /**
   * Labels the next token of the sentence with features of it, such as its part of speech.
   *
   * @param features its value by the names of {@link Tagger#features}; others are of no interest
   * @throws IllegalArgumentException when the token is null or empty, or a feature is missing; the token then counts as not given
   */
  public Labelled next(String token, Map<String, String> features) {
    Objects.requireNonNull(features, "features");
    if (token == null || token.isEmpty())
      throw new IllegalArgumentException(
          "the next token is "
              + (token == null ? "null" : "empty")
              + ", expected at least one character");
    int label = reader.read(token, features);
    return new Labelled(labels.get(label), reader.probability());
  }

  /** Ends the sentence: the next token is the first of another one. */
  public void reset() {
    reader.reset();
  }
}
