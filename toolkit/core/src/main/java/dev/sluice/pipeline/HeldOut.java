package dev.sluice.pipeline;

import dev.sluice.data.AtomicFile;
import dev.sluice.data.CsvTable;
import dev.sluice.data.Sentence;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A sentence with what a model said of it that had not seen it in training.
 *
 * @param fold the fold it lies in, from 1
 * @param sentence the sentence as it was read
 * @param tokens a label per token as the model spells them; none when the task has none
 * @param intent the label of the sentence, when the task has one
 */
public record HeldOut(int fold, Sentence sentence, List<Answer> tokens, Optional<Answer> intent) {
  private static final List<String> ANSWER = List.of("gold", "predicted", "confidence");
  private static final List<String> INTENT =
      List.of("gold_intent", "predicted_intent", "intent_confidence");

  /**
   * A label.
   *
   * @param gold the right one
   * @param predicted the one that the model gave
   * @param confidences its probability, 0 to 1; of a label that names several intents that of each, in their order
   */
  public record Answer(String gold, String predicted, List<Double> confidences) {
    /** Copies the list. */
    public Answer {
      confidences = List.copyOf(confidences);
    }

    private List<String> cells() {
      String numbers =
          confidences.stream()
              .map(p -> String.format(Locale.ROOT, "%.6f", p))
              .collect(Collectors.joining(" "));
      return List.of(gold, predicted, numbers);
    }
  }

  /** Copies the list. */
  public HeldOut {
    tokens = List.copyOf(tokens);
  }

  static HeldOut of(int fold, Sentence s, Reading gold, Model model, Prediction found) {
    List<Answer> tokens = new ArrayList<>();
    if (found.tokens().isPresent()) {
      List<String> right = gold.scheme().convert(s.tags(), gold.repair(), model.scheme());
      List<String> given = model.tags(found);
      float[] p = found.tokens().get().probabilities();
      for (int t = 0; t < p.length; t++)
        tokens.add(new Answer(right.get(t), given.get(t), List.of((double) p[t])));
    }
    return new HeldOut(fold, s, tokens, found.sentence().map(i -> intent(s, model, found, i)));
  }

  private static Answer intent(Sentence s, Model model, Prediction found, Prediction.Sentence i) {
    return new Answer(
        s.intent().orElseThrow(),
        model.intent(found),
        List.copyOf(model.intentProbabilities(i).values()));
  }

  /**
   * Writes a table as CSV, whole or not at all: a row per token, or per sentence when tokens have no labels. {@code sentence} counts the sentences from 1 and
   * {@code line} is the line where a sentence begins in its file.
   */
  static void write(Path file, List<HeldOut> all) {
    boolean perToken = !all.get(0).tokens.isEmpty();
    List<String> header = new ArrayList<>(List.of("fold", "sentence", "line"));
    header.add(perToken ? "token" : "text");
    header.addAll(ANSWER);
    if (perToken && all.get(0).intent.isPresent()) header.addAll(INTENT);
    AtomicFile.at(file)
        .write(
            out -> {
              CsvTable table = new CsvTable(out, header);
              for (int n = 0; n < all.size(); n++) {
                HeldOut one = all.get(n);
                int rows = perToken ? one.tokens.size() : 1;
                for (int t = 0; t < rows; t++) table.row(one.row(n + 1, t, perToken));
              }
              table.flush();
            });
  }

  private List<String> row(int number, int t, boolean perToken) {
    List<String> row =
        new ArrayList<>(
            List.of(
                String.valueOf(fold),
                String.valueOf(number),
                String.valueOf(sentence.where().line())));
    row.add(perToken ? sentence.tokens().get(t).text() : sentence.text());
    if (perToken) row.addAll(tokens.get(t).cells());
    intent.ifPresent(answer -> row.addAll(answer.cells()));
    return row;
  }
}
