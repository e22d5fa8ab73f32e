package dev.sluice.batch;

/**
 * The layout of sequences of different lengths, time-major and without padding: sequences stand longest first, row (t, i) is element t of sequence i, and step t has only the
 * sequences that reach it. Step t is the rows {@code start(t)} to {@code start(t) + live(t)}, where sequence i is row {@code start(t) + i}.
 *
 * <p>It is filled again and again; its arrays grow and are reused. It serves one thread.
 */
public final class Ragged {
  private int sequences;
  private int steps;
  private int rows;
  private int[] lengths = new int[0];
  private int[] start = new int[0];
  private int[] live = new int[0];

  /**
   * Takes new lengths.
   *
   * @param sorted the lengths, at least 1 each, longest first; copied
   * @param count how many of them
   * @throws IllegalArgumentException when there is none, or they are not sorted
   * @throws ArithmeticException when there are more rows than an int can count
   */
  public void fill(int[] sorted, int count) {
    if (count < 1) throw new IllegalArgumentException("no sequence");
    if (lengths.length < count) lengths = new int[Math.max(count, 2 * lengths.length)];
    System.arraycopy(sorted, 0, lengths, 0, count);
    sequences = count;
    steps = lengths[0];
    rows = 0;
    for (int i = 0; i < count; i++) {
      if (lengths[i] < 1 || i > 0 && lengths[i] > lengths[i - 1])
        throw new IllegalArgumentException("lengths must be at least 1 and stand longest first");
      rows = Math.addExact(rows, lengths[i]);
    }
    if (start.length < steps) {
      start = new int[Math.max(steps, 2 * start.length)];
      live = new int[start.length];
    }
    for (int t = 0, alive = count, row = 0; t < steps; t++) {
      while (lengths[alive - 1] <= t) alive--;
      start[t] = row;
      live[t] = alive;
      row += alive;
    }
  }

  /** The number of sequences. */
  public int sequences() {
    return sequences;
  }

  /** T, the number of steps: the length of the longest sequence. */
  public int steps() {
    return steps;
  }

  /** The number of rows: elements of all sequences. */
  public int rows() {
    return rows;
  }

  /** The first row of a step. */
  public int start(int t) {
    return start[t];
  }

  /** How many sequences reach a step. */
  public int live(int t) {
    return live[t];
  }

  /** The length of sequence i. */
  public int length(int i) {
    return lengths[i];
  }

  /** The row of element t of sequence i. */
  public int row(int t, int i) {
    return start[t] + i;
  }
}
