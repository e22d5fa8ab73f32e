package dev.sluice.pipeline;

import dev.sluice.data.AtomicFile;
import dev.sluice.data.CsvTable;
import dev.sluice.data.Sentence;
import dev.sluice.metric.ConfidentJoint;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Labels of the data that may be wrong: models that had not seen them in training hold another label for more probable, and are confident of it. Hard or
 * ambiguous cases are among them, so each needs a look; nothing is changed.
 *
 * @param tokens the joint of the labels of tokens, spelled in the scheme of the models, when the task has any
 * @param sentences the joint of the labels of sentences, when the task has any and a sentence has one label
 * @param all the labels that may be wrong, those first of which the models are least confident
 */
public record Suspects(
    Optional<ConfidentJoint> tokens, Optional<ConfidentJoint> sentences, List<Suspect> all) {
  private static final List<String> HEADER =
      List.of(
          "file",
          "line",
          "sentence",
          "token_number",
          "text",
          "given",
          "suggested",
          "given_probability",
          "suggested_probability",
          "sentence_score");

  /**
   * A label that may be wrong.
   *
   * @param number which sentence it is, from 1
   * @param sentence the sentence
   * @param token the place of the token in it, from 0; none for the label of the sentence itself
   * @param found the given label and the suggested one, with their probabilities
   * @param sentenceScore the lowest probability that a given label of a token has in the sentence; for the label of a sentence its own
   */
  public record Suspect(
      int number,
      Sentence sentence,
      OptionalInt token,
      ConfidentJoint.Suspect found,
      double sentenceScore) {

    /** The surface form of the token, or the text of the sentence. */
    public String text() {
      return token.isPresent() ? sentence.tokens().get(token.getAsInt()).text() : sentence.text();
    }

    private List<String> row() {
      return List.of(
          sentence.where().source(),
          String.valueOf(sentence.where().line()),
          String.valueOf(number),
          token.isPresent() ? String.valueOf(token.getAsInt() + 1) : "",
          text(),
          found.given(),
          found.suggested(),
          number(found.confidence()),
          number(found.probability()),
          number(sentenceScore));
    }

    private static String number(double p) {
      return String.format(Locale.ROOT, "%.6f", p);
    }
  }

  /**
   * The same surface form with the same two labels.
   *
   * @param text the form
   * @param given the label that it has
   * @param suggested the label that is suggested
   * @param count how often
   */
  public record Form(String text, String given, String suggested, long count) {}

  /** Copies the list. */
  public Suspects {
    all = List.copyOf(all);
  }

  /** The suspects by surface form and labels, the most frequent ones first, those of equal count in the order of their first suspects. */
  public List<Form> forms() {
    Map<Form, Long> counts = new HashMap<>();
    List<Form> first =
        all.stream()
            .map(s -> new Form(s.text(), s.found.given(), s.found.suggested(), 0))
            .filter(form -> counts.merge(form, 1L, Long::sum) == 1)
            .toList();
    return first.stream()
        .map(f -> new Form(f.text, f.given, f.suggested, counts.get(f)))
        .sorted(Comparator.comparingLong(f -> -f.count)) // keeps the order of equals
        .toList();
  }

  /**
   * Writes a table as CSV, whole or not at all: a row per suspect, {@code line} being the line where its sentence begins in {@code file}. {@code sentence} and
   * {@code token_number} count from 1, and the label of a sentence has no number of a token.
   */
  void write(Path file) {
    AtomicFile.at(file)
        .write(
            out -> {
              CsvTable table = new CsvTable(out, HEADER);
              for (Suspect suspect : all) table.row(suspect.row());
              table.flush();
            });
  }
}
