package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A confusion matrix of the document; cells that are not there are 0. */
final class Confusions {
  /** What stands for no span: missed as a prediction, unnecessary as gold. */
  static final String OUTSIDE = "O";

  /** A cell. */
  record Cell(String gold, String predicted, long count) {
    boolean isRight() {
      return gold.equals(predicted);
    }
  }

  private final List<Cell> cells;
  private final Map<String, Map<String, Long>> counts = new HashMap<>();
  private final Map<String, Long> totals = new HashMap<>();
  private final Map<String, Long> predictions = new HashMap<>();

  private Confusions(List<Cell> cells) {
    this.cells = cells;
    for (Cell cell : cells) {
      counts
          .computeIfAbsent(cell.gold(), g -> new HashMap<>())
          .merge(cell.predicted(), cell.count(), Long::sum);
      totals.merge(cell.gold(), cell.count(), Long::sum);
      predictions.merge(cell.predicted(), cell.count(), Long::sum);
    }
  }

  static Confusions read(JsonNode nodes) {
    List<Cell> cells = new ArrayList<>();
    for (JsonNode n : nodes) {
      long count = n.path("count").asLong();
      if (count > 0)
        cells.add(new Cell(n.path("gold").asText(), n.path("predicted").asText(), count));
    }
    return new Confusions(cells);
  }

  /** How often a label was taken for another. */
  long count(String gold, String predicted) {
    return counts.getOrDefault(gold, Map.of()).getOrDefault(predicted, 0L);
  }

  /** How often a label is gold. */
  long total(String gold) {
    return totals.getOrDefault(gold, 0L);
  }

  /**
   * What a count is a share of: all gold cases of the label. Of spans there is no gold O, so what was predicted there is a share of all predictions of the type.
   */
  long whole(String gold, String predicted) {
    boolean unnecessary = gold.equals(OUTSIDE) && count(OUTSIDE, OUTSIDE) == 0;
    return unnecessary ? predictions.getOrDefault(predicted, 0L) : total(gold);
  }

  /** The labels that are confused most, by name, with O last. */
  List<String> labels(int most) {
    Map<String, Long> mistakes = new HashMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (Cell cell : cells) {
      names.add(cell.gold());
      names.add(cell.predicted());
      if (cell.isRight()) continue;
      mistakes.merge(cell.gold(), cell.count(), Long::sum);
      mistakes.merge(cell.predicted(), cell.count(), Long::sum);
    }
    Comparator<String> byMistakes = Comparator.comparing(name -> -mistakes.getOrDefault(name, 0L));
    List<String> labels =
        new ArrayList<>(names.stream().sorted(byMistakes).limit(most).sorted().toList());
    if (labels.remove(OUTSIDE)) labels.add(OUTSIDE);
    return labels;
  }

  /** The cells off the diagonal, most frequent first. */
  List<Cell> mistakes() {
    return cells.stream()
        .filter(cell -> !cell.isRight())
        .sorted(
            Comparator.comparingLong(Cell::count)
                .reversed()
                .thenComparing(Cell::gold)
                .thenComparing(Cell::predicted))
        .toList();
  }
}
