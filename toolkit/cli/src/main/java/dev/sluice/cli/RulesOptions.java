package dev.sluice.cli;

import dev.sluice.eval.Evaluation;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import dev.sluice.metric.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What is chosen about scores beside how tags are read; all of it stands in their signature. */
final class RulesOptions {
  @Option(
      names = "--zero-division",
      paramLabel = "0|1",
      description =
          "What undefined precision, recall and F1 are shown as, for comparison with other tools; left out, they are n/a, and null in JSON.")
  private Optional<Integer> zeroDivision;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "TYPE",
      description =
          "Types of spans, separated by commas, that are left out of gold data and predictions.")
  private List<String> ignored = List.of();

  /**
   * The rules.
   *
   * @throws dev.sluice.config.SluiceException CLI-003 when a value is none that an option can have
   */
  ScoringRules rules() {
    if (zeroDivision.filter(value -> value != 0 && value != 1).isPresent())
      throw Failures.usage(
          "CLI-003",
          "--zero-division is " + zeroDivision.get() + ", expected 0 or 1",
          "leave it out to have undefined scores shown as n/a");
    if (ignored.stream().anyMatch(String::isBlank))
      throw Failures.usage("CLI-003", "--ignore names an empty type", "e.g. --ignore MISC,DATE");
    OptionalInt zero = zeroDivision.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    return ScoringRules.of(zero, ignored.stream().map(String::strip).toList());
  }

  /** Warns of types that are to be ignored but are nowhere in the data. */
  void warn(Evaluation evaluation, Transcript transcript) throws IOException {
    Scores scored = evaluation.pooled().scores();
    SortedSet<String> there = new TreeSet<>(scored.byType().rows().keySet());
    there.addAll(scored.ignoredTypes());
    List<String> missing =
        scored.rules().ignored().stream().filter(t -> !there.contains(t)).toList();
    if (missing.isEmpty()) return;
    transcript.warn(
        TextLines.wrap(
            "warning: ",
            "--ignore names "
                + String.join(", ", missing)
                + ", of which there is no span in the data; the types there are: "
                + (there.isEmpty() ? "none" : String.join(", ", there))));
  }

  /** Whether any of them is given. */
  boolean given() {
    return zeroDivision.isPresent() || !ignored.isEmpty();
  }
}
