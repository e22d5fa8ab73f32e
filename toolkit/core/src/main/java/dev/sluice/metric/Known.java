package dev.sluice.metric;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * What was seen in training.
 *
 * @param word whether a word was
 * @param tag whether a tag was, as the model spells it
 * @param intent whether a label of a sentence was
 */
public record Known(Predicate<String> word, Predicate<String> tag, Predicate<String> intent) {
  /** Checks that nothing is missing. */
  public Known {
    Objects.requireNonNull(word, "word");
    Objects.requireNonNull(tag, "tag");
    Objects.requireNonNull(intent, "intent");
  }
}
