package dev.sluice.pipeline;

import dev.sluice.data.AtomicFile;
import dev.sluice.data.CsvTable;
import dev.sluice.data.Sentence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sentence with what a model said of it that had not seen it in training.
 *
 * @param fold the fold it lies in, from 1
 * @param sentence the sentence as it was read
 * @param gold its labels as the model spells them: one per token, or the one of the sentence
 * @param predicted the predicted labels, as many
 * @param confidences the probability of each predicted label, 0 to 1
 */
public record HeldOut(
    int fold,
    Sentence sentence,
    List<String> gold,
    List<String> predicted,
    List<Double> confidences) {
  private static final List<String> COLUMNS = List.of("gold", "predicted", "confidence");

  /** Copies the lists. */
  public HeldOut {
    gold = List.copyOf(gold);
    predicted = List.copyOf(predicted);
    confidences = List.copyOf(confidences);
  }

  /**
   * Writes a table as CSV, whole or not at all: a row per token, or per sentence when there is a label per sentence. {@code sentence} counts the sentences from 1 and
   * {@code line} is the line where a sentence begins in its file.
   */
  static void write(Path file, List<HeldOut> all, boolean perSentence) {
    List<String> header = new ArrayList<>(List.of("fold", "sentence", "line"));
    header.add(perSentence ? "text" : "token");
    header.addAll(COLUMNS);
    AtomicFile.at(file)
        .write(
            out -> {
              CsvTable table = new CsvTable(out, header);
              for (int n = 0; n < all.size(); n++) {
                HeldOut one = all.get(n);
                for (int i = 0; i < one.predicted.size(); i++)
                  table.row(one.row(n + 1, i, perSentence));
              }
              table.flush();
            });
  }

  private List<String> row(int number, int i, boolean perSentence) {
    return List.of(
        String.valueOf(fold),
        String.valueOf(number),
        String.valueOf(sentence.where().line()),
        perSentence ? sentence.text() : sentence.tokens().get(i).text(),
        gold.get(i),
        predicted.get(i),
        String.format(Locale.ROOT, "%.6f", confidences.get(i)));
  }
}
