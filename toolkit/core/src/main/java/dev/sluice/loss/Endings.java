package dev.sluice.loss;

import java.util.Arrays;

/** Which labels can get to the end of a sentence in exactly so many moves; grows with the longest sentence. */
final class Endings {
  private final Moves moves;
  private final int L;

  /** A row per number of moves. */
  private boolean[] table;

  private int rows = 1;

  Endings(Moves moves) {
    this.moves = moves;
    L = moves.labels();
    table = new boolean[L];
    for (int i = 0; i < L; i++) table[i] = moves.mayEnd(i);
  }

  boolean reaches(int count, int label) {
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
