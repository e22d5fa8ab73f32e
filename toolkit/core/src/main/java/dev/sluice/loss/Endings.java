package dev.sluice.loss;

import java.util.Arrays;

/** Which labels can get to the end of a sentence in exactly so many moves; grows with the longest sentence. */
public final class Endings {
  private final Moves moves;
  private final int L;

  /** A row per number of moves. */
  private boolean[] table;

  private int rows = 1;

  /** For the sentences of some moves. */
  public Endings(Moves moves) {
    this.moves = moves;
    L = moves.labels();
    table = new boolean[L];
    for (int i = 0; i < L; i++) table[i] = moves.mayEnd(i);
  }

  /**
   * Whether a label may stand behind another and still come to the end of a sentence.
   *
   * @param previous the label before; below 0 at the begin of a sentence
   * @param left how many tokens stand behind
   */
  boolean allow(int previous, int label, int left) {
    boolean follows = previous < 0 ? moves.mayBegin(label) : moves.mayFollow(previous, label);
    return follows && reaches(left, label);
  }

  /** Whether a label can get to the end of a sentence in exactly {@code count} moves. */
  public boolean reaches(int count, int label) {
    while (rows <= count) grow();
    return table[count * L + label];
  }

  private void grow() {
    if (table.length < (rows + 1) * L) table = Arrays.copyOf(table, 2 * (rows + 1) * L);
    for (int i = 0; i < L; i++) {
      boolean reaches = false;
      for (int j = 0; j < L && !reaches; j++)
        reaches = moves.mayFollow(i, j) && table[(rows - 1) * L + j];
      table[rows * L + i] = reaches;
    }
    rows++;
  }
}
