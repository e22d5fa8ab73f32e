package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.data.CsvAppender;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.Sentence;
import dev.sluice.model.Model;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A CSV file written once more with the predictions beside it. Its confidence is the probability of all labels of a row: of the one tag or label that stands
 * there, or the product over a sentence.
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
    CsvAppender appender = new CsvAppender(layout, model.text()::tokenize, columns(), raw);
    AtomicFile.at(copy)
        .write(out -> appender.copy(file, out, sentence -> cells(sentence, answers)));
  }

  private List<String> columns() {
    String first =
        model.perSentence()
            ? "predicted_intent"
            : tokenPerRow() ? "predicted_tag" : "predicted_tags";
    return List.of(first, "confidence");
  }

  private boolean tokenPerRow() {
    return layout.sentence().isPresent();
  }

  private List<List<String>> cells(Sentence row, Answers answers) {
    if (row.size() == 0) return List.of(List.of("", "")); // readers leave it out
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
    float[] p = answer.probabilities();
    if (!tokenPerRow())
      return List.of(List.of(String.join(" ", answer.labels()), number(product(p))));
    if (model.perSentence())
      return Collections.nCopies(row.size(), List.of(answer.labels().get(0), number(p[0])));
    return IntStream.range(0, row.size())
        .mapToObj(t -> List.of(answer.labels().get(t), number(p[t])))
        .toList();
  }

  private static double product(float[] probabilities) {
    double product = 1;
    for (float p : probabilities) product *= p;
    return product;
  }

  private static String number(double probability) {
    return String.format(Locale.ROOT, "%.6f", probability);
  }
}
