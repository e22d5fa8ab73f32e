package dev.sluice.cli;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.data.CsvAppender;
import dev.sluice.data.Sentence;
import dev.sluice.model.Model;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns that {@code tag --format csv} appends to a row. */
final class CsvColumns implements CsvAppender.Cells {
  private final Model model;
  private final boolean scores;

  /**
   * Columns.
   *
   * @param scores whether there is one with the confidences of slots
   */
  CsvColumns(Model model, boolean scores) {
    this.model = model;
    this.scores = scores;
  }

  /** The names of the columns. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (model.labelsTokens())
      names.addAll(List.of("predicted_tokens", "predicted_tags", "predicted_slots"));
    if (model.labelsTokens() && scores) names.add("predicted_confidences");
    if (model.labelsSentences())
      names.addAll(
          List.of("predicted_intent", model.labelsTokens() ? "intent_confidence" : "confidence"));
    if (model.outputs().rejects()) names.add("accepted");
    return names;
  }

  @Override
  public List<List<String>> of(Sentence sentence) {
    if (sentence.size() == 0) return List.of(Collections.nCopies(names().size(), ""));
    if (!model.labelsTokens())
      return List.of(label(Classifier.of(model).classify(sentence.words(), sentence.features())));
    Tagged tagged =
        Tagger.of(model)
            .tagAll(
                List.of(sentence.text()),
                List.of(sentence.tokens()),
                List.of(sentence.features()),
                1)
            .get(0);
    List<String> cells = new ArrayList<>(tags(tagged));
    tagged.intent().ifPresent(found -> cells.addAll(label(found)));
    return List.of(cells);
  }

  private List<String> label(Classified found) {
    List<String> cells = new ArrayList<>();
    cells.add(model.intent(found.labels()));
    cells.add(
        found.intents().values().stream()
            .map(p -> String.format(Locale.ROOT, "%.4f", p))
            .collect(Collectors.joining(" ")));
    if (model.outputs().rejects()) cells.add(String.valueOf(found.accepted()));
    return cells;
  }

  private List<String> tags(Tagged tagged) {
    String slots =
        tagged.slots().stream()
            .map(slot -> slot.type() + "=" + slot.text())
            .collect(Collectors.joining("; "));
    List<String> cells = new ArrayList<>();
    cells.add(tagged.tokens().stream().map(Token::text).collect(Collectors.joining(" ")));
    cells.add(String.join(" ", tagged.labels()));
    cells.add(slots);
    if (scores) cells.add(confidences(tagged));
    return cells;
  }

  /** Those of the slots, in their order; of the labels where labels spell no slots. */
  private String confidences(Tagged tagged) {
    if (!model.scheme().hasSpans())
      return tagged.probabilities().stream()
          .map(Words::probability)
          .collect(Collectors.joining(" "));
    return tagged.slots().stream()
        .map(slot -> slot.type() + "=" + Words.probability(slot.confidence()))
        .collect(Collectors.joining("; "));
  }
}
