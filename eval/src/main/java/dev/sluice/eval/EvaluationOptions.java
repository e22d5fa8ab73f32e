package dev.sluice.eval;

import dev.sluice.eval.metrics.Baseline;
import dev.sluice.metric.ScoringRules;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is asked for of an evaluation beside its data.
 *
 * @param rules what is shown in place of undefined scores, which types are ignored, and how borders are compared
 * @param out where files go; nothing is written without it
 * @param raw whether predicted cells of CSV are written as they are, those that a spreadsheet takes for formulas too
 * @param train the data that the system was trained on, in the same layout, to tell what it can have learned
 * @param by a column for each value of which there are scores too
 * @param baseline earlier scores to compare with
 * @param threads how many threads to use; the result is the same for any number
 */
public record EvaluationOptions(
    ScoringRules rules,
    Optional<Path> out,
    boolean raw,
    Optional<Path> train,
    Optional<String> by,
    Optional<Baseline> baseline,
    int threads) {
  /** Scores by the usual rules, nothing written, one thread. */
  public static final EvaluationOptions DEFAULT =
      new EvaluationOptions(
          ScoringRules.DEFAULT,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1);

  /** Checks the number of threads. */
  public EvaluationOptions {
    if (threads < 1) throw new IllegalArgumentException(threads + " threads, expected at least 1");
  }

  /** The same by other rules. */
  public EvaluationOptions withRules(ScoringRules newRules) {
    return new EvaluationOptions(newRules, out, raw, train, by, baseline, threads);
  }

  /** The same with a folder to write to, or none. */
  public EvaluationOptions withOut(Optional<Path> folder) {
    return new EvaluationOptions(rules, folder, raw, train, by, baseline, threads);
  }

  /** The same with predicted cells as they are, or not. */
  public EvaluationOptions withRaw(boolean asTheyAre) {
    return new EvaluationOptions(rules, out, asTheyAre, train, by, baseline, threads);
  }

  /** The same with training data, or none. */
  public EvaluationOptions withTrain(Optional<Path> data) {
    return new EvaluationOptions(rules, out, raw, data, by, baseline, threads);
  }

  /** The same with a column to score by, or none. */
  public EvaluationOptions withBy(Optional<String> column) {
    return new EvaluationOptions(rules, out, raw, train, column, baseline, threads);
  }

  /** The same with earlier scores, or none. */
  public EvaluationOptions withBaseline(Optional<Baseline> scores) {
    return new EvaluationOptions(rules, out, raw, train, by, scores, threads);
  }

  /** The same with another number of threads. */
  public EvaluationOptions withThreads(int number) {
    return new EvaluationOptions(rules, out, raw, train, by, baseline, number);
  }
}
