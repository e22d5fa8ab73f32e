package dev.sluice.eval.analysis;

import dev.sluice.data.Intents;
import dev.sluice.data.Sentence;
import dev.sluice.label.Span;
import dev.sluice.metric.TagPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A sentence with its gold labels and what a system said of it: the form in which every analysis sees it.
 *
 * @param sentence the sentence as it was read
 * @param tags what is said token by token; nothing where labels of sentences alone are compared
 * @param label what is said of the sentence as a whole; nothing when it has no gold label
 * @param group the value of the column by which scores are grouped, where they are
 */
public record Judged(
    Sentence sentence, Optional<Tags> tags, Optional<Label> label, Optional<String> group) {

  /** A sentence that belongs to no group. */
  public Judged(Sentence sentence, Optional<Tags> tags, Optional<Label> label) {
    this(sentence, tags, label, Optional.empty());
  }

  /** The same in a group. */
  public Judged in(Optional<String> newGroup) {
    return new Judged(sentence, tags, label, newGroup);
  }

  /**
   * Labels of tokens.
   *
   * @param pair gold and predicted tags and their spans
   * @param confidences the probability of each predicted tag, [T]; empty when the system gave none
   * @param found the predicted spans, in order; none for plain labels
   * @param unreachable gold spans that no tags can spell, since their borders lie within a token; each is a miss
   */
  public record Tags(
      TagPair pair,
      List<Double> confidences,
      List<Found> found,
      List<Sentence.Unreachable> unreachable) {
    /** Copies the lists. */
    public Tags {
      confidences = List.copyOf(confidences);
      found = List.copyOf(found);
      unreachable = List.copyOf(unreachable);
    }

    /** Whether nothing is wrong. */
    boolean right() {
      return unreachable.isEmpty() && pair.right();
    }

    /** The gold spans, in order; none for plain labels. */
    public List<Span> gold() {
      return pair.expected().spans();
    }

    /** The predicted spans without their confidences. */
    public List<Span> predicted() {
      return pair.found().spans();
    }
  }

  /**
   * A predicted span.
   *
   * @param span the span
   * @param confidence its probability, when the system gave one
   */
  public record Found(Span span, OptionalDouble confidence) {}

  /**
   * A label of the sentence.
   *
   * @param gold the gold label, which may name several intents
   * @param predicted the predicted one, also when it was rejected
   * @param accepted whether it was given
   * @param right whether it was given and names the same intents
   * @param confidence the least probability of an intent that it names, when the system gave any
   */
  public record Label(
      String gold, String predicted, boolean accepted, boolean right, OptionalDouble confidence) {

    /**
     * Compares two labels.
     *
     * @param separator what stands between intents, when a label may name several
     */
    public static Label of(
        String gold,
        String predicted,
        boolean accepted,
        OptionalDouble confidence,
        Optional<String> separator) {
      Set<String> expected = Intents.split(gold, separator);
      boolean right = accepted && expected.equals(Intents.split(predicted, separator));
      return new Label(gold, predicted, accepted, right, confidence);
    }
  }

  /**
   * A sentence whose tags are compared.
   *
   * @param confidences the probabilities of the predicted tags, [T]; empty when there are none
   * @param spans those of predicted spans; empty when there are none
   * @param unreachable gold spans that no tags can spell
   * @param label its own label, when there is one
   */
  public static Judged tagged(
      Sentence sentence,
      TagPair pair,
      List<Double> confidences,
      Map<Span, Double> spans,
      List<Sentence.Unreachable> unreachable,
      Optional<Label> label) {
    List<Found> found = new ArrayList<>();
    for (Span span : pair.found().spans()) {
      Double p = spans.get(span);
      found.add(new Found(span, p == null ? OptionalDouble.empty() : OptionalDouble.of(p)));
    }
    return new Judged(
        sentence, Optional.of(new Tags(pair, confidences, found, unreachable)), label);
  }

  /** Whether nothing that was compared is wrong. */
  public boolean right() {
    return tags.map(Tags::right).orElse(true) && label.map(Label::right).orElse(true);
  }

  /** The least confidence of what was said of the sentence, when there is any. */
  public OptionalDouble confidence() {
    double least = Double.POSITIVE_INFINITY;
    if (tags.isPresent()) {
      for (Found f : tags.get().found) least = Math.min(least, f.confidence.orElse(least));
      boolean plain = tags.get().found.isEmpty() && tags.get().gold().isEmpty();
      if (plain && !tags.get().confidences.isEmpty())
        least = Math.min(least, Collections.min(tags.get().confidences));
    }
    if (label.isPresent()) least = Math.min(least, label.get().confidence.orElse(least));
    return Double.isInfinite(least) ? OptionalDouble.empty() : OptionalDouble.of(least);
  }
}
