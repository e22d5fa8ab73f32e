package dev.sluice.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Calibrations as plain text in aligned columns: a row each, all in percent but the Brier score. */
public final class CalibrationTable {
  private final TextTable table =
      new TextTable(
          "calibration, " + Calibration.BINS + " bins",
          "cases",
          "accuracy",
          "confidence",
          "ECE",
          "equal mass",
          "MCE",
          "Brier");
  private boolean empty = true;

  /** Adds a row for each kind of statement that has cases, its name behind a prefix. */
  public CalibrationTable add(String prefix, Calibrations calibrations) {
    calibrations.byName().forEach((name, c) -> add(prefix + name, c));
    return this;
  }

  /** Adds a row. */
  public void add(String name, Calibration c) {
    empty = false;
    table.row(
        name,
        Long.toString(c.cases()),
        c.accuracy().percent(),
        Ratio.percent(c.meanConfidence()),
        Ratio.percent(c.ece()),
        Ratio.percent(c.equalMassEce()),
        Ratio.percent(c.mce()),
        four(c.brier()));
  }

  private static String four(OptionalDouble value) {
    if (value.isEmpty()) return Ratio.UNDEFINED;
    return BigDecimal.valueOf(value.getAsDouble())
        .setScale(4, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return empty;
  }

  /** The lines, each ending with a line feed. */
  @Override
  public String toString() {
    return table.toString();
  }
}
