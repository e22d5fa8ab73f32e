package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each gold label was predicted as which. */
public final class Confusion {
  private final SortedMap<String, SortedMap<String, Long>> rows = new TreeMap<>();

  /**
   * A pair of labels.
   *
   * @param gold the gold label
   * @param predicted what was predicted in its place
   * @param count how often
   */
  public record Cell(String gold, String predicted, long count) {}

  /** Counts one case. */
  public void add(String gold, String predicted) {
    add(gold, predicted, 1);
  }

  private void add(String gold, String predicted, long count) {
    rows.computeIfAbsent(gold, key -> new TreeMap<>()).merge(predicted, count, Long::sum);
  }

  /** Adds what another one counted. */
  public void merge(Confusion other) {
    other.cells().forEach(cell -> add(cell.gold, cell.predicted, cell.count));
  }

  /** How often a gold label was predicted as another one. */
  public long count(String gold, String predicted) {
    Map<String, Long> row = rows.get(gold);
    return row == null ? 0 : row.getOrDefault(predicted, 0L);
  }

  /** Every label that is gold or predicted. */
  public SortedSet<String> labels() {
    SortedSet<String> labels = new TreeSet<>(rows.keySet());
    rows.values().forEach(row -> labels.addAll(row.keySet()));
    return Collections.unmodifiableSortedSet(labels);
  }

  /** The cells that are not 0, by gold and predicted label. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    rows.forEach((gold, row) -> row.forEach((label, n) -> cells.add(new Cell(gold, label, n))));
    return cells;
  }
}
