package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many cases have which confidence, and how many of them are right. Up to {@value #MOST} cases are kept one by one; when there are more, all confidences are rounded to within a
 * thousandth of their distance from 0 or 1, whichever is nearer, so that memory has a bound. Neither the order nor the division of the data matters. Confidences are whole numbers from 0 to
 * {@value #UNIT}.
 */
final class CasesByConfidence {
  /** The confidence of what is certain. */
  static final int UNIT = 1_000_000_000;

  /** Cases that are kept one by one. */
  static final int MOST = 1 << 18;

  /** Distances below this are cells of their own; further away so many cells share each power of two. */
  private static final int CELLS = 512;

  /** How many cells there are between an end and the middle. */
  private static final int SIZE = cell(UNIT / 2) + 1;

  private int[] kept =
      new int[0]; // the confidence of what is right, its complement of what is wrong
  private int keptCases;
  private long[] cells; // [end, cell, wrong or right]; null while there are few cases

  /**
   * Cases of one confidence.
   *
   * @param confidence their confidence
   * @param cases how many there are
   * @param right how many of them are right
   */
  record Group(long confidence, long cases, long right) {}

  void add(int confidence, boolean right) {
    if (cells != null) {
      count(confidence, right);
      return;
    }
    if (keptCases == MOST) {
      round();
      count(confidence, right);
      return;
    }
    if (keptCases == kept.length)
      kept = Arrays.copyOf(kept, Math.min(MOST, Math.max(64, 2 * keptCases)));
    kept[keptCases++] = right ? confidence : ~confidence;
  }

  void merge(CasesByConfidence other) {
    for (int i = 0; i < other.keptCases; i++) {
      int one = other.kept[i];
      add(one < 0 ? ~one : one, one >= 0);
    }
    if (other.cells == null) return;
    if (cells == null) round();
    for (int i = 0; i < cells.length; i++) cells[i] += other.cells[i];
  }

  private void round() {
    cells = new long[2 * 2 * SIZE];
    for (int i = 0; i < keptCases; i++) count(kept[i] < 0 ? ~kept[i] : kept[i], kept[i] >= 0);
    kept = new int[0];
    keptCases = 0;
  }

  /** The confidences that occur, from the lowest to the highest. */
  List<Group> ascending() {
    return cells == null ? groups() : roundedGroups();
  }

  private List<Group> groups() {
    long[] sorted = new long[keptCases];
    for (int i = 0; i < keptCases; i++) sorted[i] = kept[i] >= 0 ? 2L * kept[i] + 1 : 2L * ~kept[i];
    Arrays.sort(sorted);
    List<Group> groups = new ArrayList<>();
    for (int from = 0, to; from < keptCases; from = to) {
      long right = 0;
      for (to = from; to < keptCases && sorted[to] / 2 == sorted[from] / 2; to++)
        right += sorted[to] % 2;
      groups.add(new Group(sorted[from] / 2, to - from, right));
    }
    return groups;
  }

  private List<Group> roundedGroups() {
    List<Group> groups = new ArrayList<>();
    for (int cell = 0; cell < SIZE; cell++) addGroup(groups, distance(cell), 2 * cell);
    for (int cell = SIZE - 1; cell >= 0; cell--)
      addGroup(groups, UNIT - distance(cell), 2 * (SIZE + cell));
    return groups;
  }

  private void addGroup(List<Group> groups, long confidence, int at) {
    long wrong = cells[at], right = cells[at + 1];
    if (wrong + right > 0) groups.add(new Group(confidence, wrong + right, right));
  }

  private void count(int confidence, boolean right) {
    boolean high = confidence > UNIT / 2;
    int cell = cell(high ? UNIT - confidence : confidence);
    cells[2 * ((high ? SIZE : 0) + cell) + (right ? 1 : 0)]++;
  }

  /** The cell of a distance from the nearer end: the distance itself below 512, then its nine highest bits behind the first one. */
  private static int cell(int distance) {
    int shift = shift(distance);
    return shift * CELLS + (distance >> shift);
  }

  private static int shift(int distance) {
    return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(distance / CELLS) - 1);
  }

  /** The middle of a cell. */
  private static long distance(int cell) {
    int shift = Math.max(0, cell / CELLS - 1);
    long first = (long) (cell - shift * CELLS) << shift;
    return Math.min(UNIT / 2, first + (1L << shift) / 2);
  }
}
