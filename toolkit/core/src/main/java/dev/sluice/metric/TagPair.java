package dev.sluice.metric;

import dev.sluice.label.Decoded;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The gold and the predicted tags of a sentence, made comparable: as spans, and token by token in one spelling, which is that of the predictions.
 *
 * @param plain whether the tags are labels without spans
 * @param expected the gold spans; none for plain labels
 * @param found the predicted spans; none for plain labels
 * @param gold the gold tags as the predictions would spell them, [T]
 * @param predicted the predicted tags, [T]
 */
public record TagPair(
    boolean plain, Decoded expected, Decoded found, List<String> gold, List<String> predicted) {
  private static final Decoded NOTHING = new Decoded(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public TagPair {
    gold = List.copyOf(gold);
    predicted = List.copyOf(predicted);
  }

  /**
   * Reads the tags of a sentence; as plain labels when neither side has spans.
   *
   * @param goldReading how the gold tags spell spans
   * @param predictedReading how the predicted tags do
   * @throws IllegalArgumentException when there are not as many predicted tags as gold ones
   * @throws dev.sluice.label.LabelException when a tag cannot be read
   */
  public static TagPair of(
      Reading goldReading, List<String> gold, Reading predictedReading, List<String> predicted) {
    if (gold.size() != predicted.size())
      throw new IllegalArgumentException(
          gold.size() + " gold tags but " + predicted.size() + " predicted ones");
    TagScheme scheme = predictedReading.scheme();
    if (!scheme.hasSpans()) return new TagPair(true, NOTHING, NOTHING, gold, predicted);
    Decoded expected = goldReading.decode(gold);
    Decoded found = predictedReading.decode(predicted);
    if (scheme == TagScheme.IO)
      return new TagPair(false, expected, found, asIo(expected, gold), asIo(found, predicted));
    boolean alike = scheme == goldReading.scheme();
    return new TagPair(
        false,
        expected,
        found,
        alike ? gold : scheme.encode(expected.spans(), gold.size()),
        predicted);
  }

  /** Under IO a type may stand with or without its prefix, and neighbours of one type are one span. */
  private static List<String> asIo(Decoded decoded, List<String> tags) {
    List<String> spelled = new ArrayList<>(Collections.nCopies(tags.size(), "O"));
    for (Span span : decoded.spans())
      for (int t = span.start(); t < span.end(); t++) spelled.set(t, "I-" + span.type());
    return spelled;
  }

  /** Whether all spans, or all plain labels, are right. */
  public boolean right() {
    return plain ? gold.equals(predicted) : expected.spans().equals(found.spans());
  }
}
