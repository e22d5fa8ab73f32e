package dev.sluice.eval.report;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A row of training.csv: one epoch. The columns are those that the file names; what is not a number is not there.
 *
 * @param epoch its number, from 1
 * @param best whether it was the best one when it ended
 * @param numbers the numbers by the name of their column
 */
record Epoch(int epoch, boolean best, Map<String, Double> numbers) {
  /** The number of a column. */
  OptionalDouble get(String column) {
    Double number = numbers.get(column);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }
}
