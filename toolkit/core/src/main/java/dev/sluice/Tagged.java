package dev.sluice;

import dev.sluice.text.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A tagged sentence: as many labels as tokens, the slots they spell, and from a model that gives both, the intent. Immutable.
 *
 * @param text the original text; for pre-split input the tokens joined by single blanks
 * @param tokens the tokens with offsets into the text
 * @param labels a label per token
 * @param probabilities the probability of each label, 0 to 1
 * @param slots the spans that the labels spell, in order; none for plain labels such as parts of speech
 * @param scores the probability of every label for each token, in the order of the tagger's labels; empty unless asked for
 * @param intent the label of the sentence, or its labels, when the model labels sentences too and there is a token
 * @param rejected spans that are less probable than the model's threshold for their type, and therefore neither among the slots nor in the labels; none for a model without
 *     thresholds
 * @param probability the probability of the labels of the tokens as a whole, 0 to 1
 * @param entropy how undecided the model is between all label sequences that it may give: the entropy of their distribution in nats, 0 when one is certain, log n when n
 *     are equally probable; empty unless asked for and there is a token
 */
public record Tagged(
    String text,
    List<Token> tokens,
    List<String> labels,
    List<Double> probabilities,
    List<Slot> slots,
    List<Map<String, Double>> scores,
    Optional<Classified> intent,
    List<Slot> rejected,
    double probability,
    OptionalDouble entropy) {

  /** Copies the lists and checks that there is a label per token. */
  public Tagged {
    Objects.requireNonNull(text, "text");
    tokens = List.copyOf(tokens);
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
    slots = List.copyOf(slots);
    scores = List.copyOf(scores);
    rejected = List.copyOf(rejected);
    Objects.requireNonNull(intent, "intent");
    Objects.requireNonNull(entropy, "entropy");
    if (labels.size() != tokens.size() || probabilities.size() != tokens.size()) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens but " + labels.size() + " labels");
    }
  }

  /**
   * A tagged sentence without a label of its own, rejected spans and entropy.
   *
   * @param probability the probability of the labels as a whole, 0 to 1
   */
  public Tagged(
      String text,
      List<Token> tokens,
      List<String> labels,
      List<Double> probabilities,
      List<Slot> slots,
      List<Map<String, Double>> scores,
      double probability) {
    this(
        text,
        tokens,
        labels,
        probabilities,
        slots,
        scores,
        Optional.empty(),
        List.of(),
        probability,
        OptionalDouble.empty());
  }

  /** The slots by type; of several of one type the most probable one. */
  public Map<String, Slot> slotsByType() {
    Map<String, Slot> best = new LinkedHashMap<>();
    for (Slot slot : slots) {
      best.merge(slot.type(), slot, (a, b) -> b.confidence() > a.confidence() ? b : a);
    }
    return java.util.Collections.unmodifiableMap(best);
  }

  /** The sentence in one line: tokens, with slots as {@code [words](type)}, or {@code word/LABEL} for plain labels. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    boolean plain = slots.isEmpty() && labels.stream().anyMatch(l -> !l.equals("O"));
    int next = 0;
    for (Slot slot : slots) {
      for (; next < slot.firstToken(); next++) line.append(tokens.get(next).text()).append(' ');
      line.append('[').append(slot.text()).append("](").append(slot.type()).append(") ");
      next = slot.endToken();
    }
    for (; next < tokens.size(); next++) {
      line.append(tokens.get(next).text());
      if (plain) line.append('/').append(labels.get(next));
      line.append(' ');
    }
    return line.toString().stripTrailing();
  }
}
