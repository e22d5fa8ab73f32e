package dev.sluice.eval.metrics;

import java.util.List;

/**
 * The scores of the data divided by what a column says of each sentence, such as its source.
 *
 * @param by the column
 * @param parts a part for each of its values, named by it, in their order; together they are all that was read
 */
public record Grouped(String by, List<Part> parts) {
  /** Copies the list. */
  public Grouped {
    parts = List.copyOf(parts);
  }
}
