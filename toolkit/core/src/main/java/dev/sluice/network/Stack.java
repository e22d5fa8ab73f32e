package dev.sluice.network;

import java.util.Collections;
import java.util.List;

/** How a section says how many layers there are, by a number or by a list of cells or widths. */
final class Stack {
  private Stack() {}

  /** One for each layer: as they are listed, or the only one for all of them; none where there is no layer. */
  static <T> List<T> each(List<T> listed, int layers, List<?> other) {
    if (layers == 0) return List.of();
    int depth = Math.max(layers, Math.max(listed.size(), other.size()));
    return listed.size() == 1 ? Collections.nCopies(depth, listed.get(0)) : listed;
  }
}
