package dev.sluice.cli;

import dev.sluice.metric.ScoringRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

  /** Whether any of them is given. */
  boolean given() {
    return zeroDivision.isPresent() || !ignored.isEmpty();
  }
}
