package dev.sluice.cli;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.data.CsvAppender;
import dev.sluice.data.Sentence;
import dev.sluice.model.Model;
import dev.sluice.text.Token;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns that {@code tag --format csv} appends to a row. */
final class CsvColumns implements CsvAppender.Cells {
  private final Model model;

  CsvColumns(Model model) {
    this.model = model;
  }

  /** The names of the columns. */
  List<String> names() {
    return !model.labelsTokens()
        ? List.of("predicted_intent", "confidence")
        : List.of("predicted_tokens", "predicted_tags", "predicted_slots");
  }

  @Override
  public List<List<String>> of(Sentence sentence) {
    if (sentence.size() == 0)
      return List.of(!model.labelsTokens() ? List.of("", "") : List.of("", "", ""));
    return List.of(!model.labelsTokens() ? label(sentence) : tags(sentence));
  }

  private List<String> label(Sentence sentence) {
    Classified found = Classifier.of(model).classify(sentence.words());
    return List.of(found.label(), String.format(Locale.ROOT, "%.4f", found.confidence()));
  }

  private List<String> tags(Sentence sentence) {
    Tagged tagged =
        Tagger.of(model).tagAll(List.of(sentence.text()), List.of(sentence.tokens()), 1).get(0);
    String slots =
        tagged.slots().stream()
            .map(slot -> slot.type() + "=" + slot.text())
            .collect(Collectors.joining("; "));
    return List.of(
        tagged.tokens().stream().map(Token::text).collect(Collectors.joining(" ")),
        String.join(" ", tagged.labels()),
        slots);
  }
}
