package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.data.CsvAppender;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.Sentence;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A CSV file written once more with the predictions beside it. Its confidence is the probability of all labels of a row: of the one tag or label that stands
 * there, or of the whole sequence of tags of a sentence.
 */
final class PredictedCsv {
  private final Model model;
  private final CsvLayout layout;
  private final boolean raw;

  PredictedCsv(Model model, CsvLayout layout, boolean raw) {
    this.model = model;
    this.layout = layout;
    this.raw = raw;
  }

  /** Writes the copy while the answers are taken one by one. */
  void write(Path file, Answers answers, Path copy) {
    CsvAppender appender =
        new CsvAppender(layout, List.of(), model.text()::tokenize, columns(), raw);
    AtomicFile.at(copy)
        .write(out -> appender.copy(file, out, sentence -> cells(sentence, answers)));
  }

  private List<String> columns() {
    List<String> names = new ArrayList<>();
    if (model.labelsTokens())
      names.addAll(List.of(tokenPerRow() ? "predicted_tag" : "predicted_tags", "confidence"));
    if (model.labelsSentences())
      names.addAll(
          List.of("predicted_intent", model.labelsTokens() ? "intent_confidence" : "confidence"));
    if (model.outputs().rejects()) names.add("accepted");
    return names;
  }

  private boolean tokenPerRow() {
    return layout.sentence().isPresent();
  }

  private List<List<String>> cells(Sentence row, Answers answers) {
    if (row.size() == 0) // readers leave it out
    return List.of(Collections.nCopies(columns().size(), ""));
    Answers.Answer answer = answers.next();
    if (answer == null
        || answer.sentence().where().line() != row.where().line()
        || answer.sentence().size() != row.size()) {
      throw SluiceException.io(
          Codes.CHANGED,
          row.where(),
          "the file changed while it was evaluated",
          "wait until it is complete and evaluate it again");
    }
    int rows = tokenPerRow() ? row.size() : 1;
    List<List<String>> cells = new ArrayList<>();
    for (int r = 0; r < rows; r++) cells.add(new ArrayList<>());
    answer.found().tokens().ifPresent(t -> addTags(cells, model.tags(answer.found()), t));
    answer
        .found()
        .sentence()
        .ifPresent(
            s -> {
              String confidence =
                  model.intentProbabilities(s).values().stream()
                      .map(PredictedCsv::number)
                      .collect(Collectors.joining(" "));
              for (List<String> cell : cells) {
                cell.addAll(List.of(model.intent(answer.found()), confidence));
                if (model.outputs().rejects()) cell.add(String.valueOf(s.accepted()));
              }
            });
    return cells;
  }

  private void addTags(List<List<String>> cells, List<String> tags, Prediction.Tokens found) {
    if (!tokenPerRow()) {
      double p = StrictMath.exp(found.logProbability());
      cells.get(0).addAll(List.of(String.join(" ", tags), number(p)));
      return;
    }
    for (int t = 0; t < tags.size(); t++)
      cells.get(t).addAll(List.of(tags.get(t), number(found.probabilities()[t])));
  }

  private static String number(double probability) {
    return String.format(Locale.ROOT, "%.6f", probability);
  }
}
