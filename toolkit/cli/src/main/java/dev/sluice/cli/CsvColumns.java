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

  CsvColumns(Model model) {
    this.model = model;
  }

  /** The names of the columns. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (model.labelsTokens())
      names.addAll(List.of("predicted_tokens", "predicted_tags", "predicted_slots"));
    if (model.labelsSentences())
      names.addAll(
          List.of("predicted_intent", model.labelsTokens() ? "intent_confidence" : "confidence"));
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
    return List.of(
        model.intent(found.labels()), String.format(Locale.ROOT, "%.4f", found.confidence()));
  }

  private static List<String> tags(Tagged tagged) {
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
