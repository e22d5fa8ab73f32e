package dev.sluice.cli;

import dev.sluice.loss.TemperatureFit;
import dev.sluice.metric.CalibrationTable;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import dev.sluice.metric.ThresholdSearch.Basis;
import dev.sluice.metric.ThresholdSearch.Choice;
import dev.sluice.model.Temperatures;
import dev.sluice.pipeline.Calibrated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What training says of its probabilities: the temperatures, how honest probabilities are before and after, and the thresholds that were chosen. */
final class CalibrationReport {
  private CalibrationReport() {}

  /** The report; tables are one entry each. */
  static List<String> lines(Calibrated calibrated) {
    List<String> lines = new ArrayList<>();
    calibrated
        .temperatures()
        .flatMap(Temperatures::tokens)
        .ifPresent(fit -> lines.add(temperature("tokens", fit)));
    calibrated
        .temperatures()
        .flatMap(Temperatures::sentence)
        .ifPresent(fit -> lines.add(temperature("sentences", fit)));
    CalibrationTable table = new CalibrationTable();
    add(table, "dev", calibrated.dev());
    calibrated.test().ifPresent(split -> add(table, "test", split));
    if (!table.isEmpty()) lines.add("\n" + table);
    if (!calibrated.spans().isEmpty())
      lines.add("\n" + thresholds("thresholds of spans", calibrated.spans()));
    if (!calibrated.intents().isEmpty())
      lines.add("\n" + thresholds("thresholds of sentences", calibrated.intents()));
    return lines;
  }

  private static String temperature(String what, TemperatureFit fit) {
    String line = String.format(Locale.ROOT, "%.4f", fit.temperature());
    if (fit.cases() == 0) line += ", since dev has no sentence to fit it on";
    else if (fit.mistakes() == 0) line += ", since dev has no mistake to fit it on";
    else
      line +=
          String.format(
              Locale.ROOT,
              ", fitted on %s of dev: -log p %.4f before, %.4f after",
              Words.count(fit.cases(), "sentence"),
              fit.before(),
              fit.after());
    if (fit.leftOut() > 0)
      line += "; left out " + fit.leftOut() + " with labels that the model cannot give";
    return TextLines.wrap("temperature of " + what + " ", line);
  }

  private static void add(CalibrationTable table, String split, Calibrated.Split calibration) {
    calibration.before().ifPresent(before -> table.add(split + ", before: ", before));
    String prefix = calibration.before().isPresent() ? ", after: " : ": ";
    table.add(split + prefix, calibration.after());
  }

  private static String thresholds(String title, List<Choice> choices) {
    TextTable table =
        new TextTable(title, "threshold", "dev precision", "dev recall", "examples", "chosen on");
    for (Choice c : choices)
      table.row(
          c.label(),
          Words.probability(c.threshold()),
          c.precision().percent(),
          c.recall().percent(),
          Long.toString(c.examples()),
          chosenOn(c.basis()));
    return table.toString();
  }

  private static String chosenOn(Basis basis) {
    return switch (basis) {
      case OWN -> "its own";
      case POOLED -> "all, too few of its own";
      case MISSED -> "its own, not reached";
    };
  }
}
