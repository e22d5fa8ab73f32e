package dev.sluice.eval.analysis;

import dev.sluice.data.Sentence;
import dev.sluice.label.Span;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a system can have learned.
 *
 * @param words whether training saw a word, when that is known
 * @param labels what the training data say, when they are at hand
 */
public record Knowledge(Optional<Predicate<String>> words, Optional<TrainingLabels> labels) {
  /** Nothing is known. */
  public static final Knowledge NONE = new Knowledge(Optional.empty(), Optional.empty());

  /** Takes the words from the training data where they are not known otherwise. */
  public Knowledge {
    Objects.requireNonNull(labels, "labels");
    if (words.isEmpty() && labels.isPresent()) {
      TrainingLabels data = labels.get();
      words = Optional.of(word -> data.count(word) > 0);
    }
  }

  /** Whether a span has a word that training never saw; false when that is not known. */
  boolean unknownWord(Sentence sentence, Span span) {
    if (words.isEmpty()) return false;
    return sentence.tokens().subList(span.start(), span.end()).stream()
        .anyMatch(token -> !words.get().test(token.text()));
  }

  /** Whether training saw the surface form of a span, but never with its type; false when that is not known. */
  boolean otherType(Sentence sentence, Span span) {
    if (labels.isEmpty()) return false;
    TrainingLabels.Form form = labels.get().form(Surfaces.of(sentence, span));
    return form != null && !form.types.containsKey(span.type());
  }
}
