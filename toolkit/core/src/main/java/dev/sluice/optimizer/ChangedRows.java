package dev.sluice.optimizer;

import dev.sluice.network.Network;
import dev.sluice.network.Parameters;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which rows of a network's tables have changed since a moment that its owner chooses, so that the end of an epoch costs what the epoch read, however many
 * rows the tables have.
 */
public final class ChangedRows {
  private final BitSet[] rows; // per table
  private final Parameters parameters;

  /** No rows of a network's tables. */
  ChangedRows(Network network) {
    parameters = network.parameters();
    rows = new BitSet[parameters.tables().size()];
    Arrays.setAll(rows, table -> new BitSet(parameters.tables().get(table).block().rows()));
  }

  void add(int table, int row) {
    rows[table].set(row);
  }

  /** Adds every row of every table. */
  public void addEvery() {
    for (int table = 0; table < rows.length; table++)
      rows[table].set(0, parameters.tables().get(table).block().rows());
  }

  /** Takes all rows out. */
  public void clear() {
    for (BitSet set : rows) set.clear();
  }

  /**
   * Copies these rows of a table.
   *
   * @param from as long as the table's values
   * @param to likewise
   */
  public void copy(int table, float[] from, float[] to) {
    int ld = parameters.tables().get(table).block().ld();
    BitSet set = rows[table];
    for (int row = set.nextSetBit(0); row >= 0; ) {
      int end = set.nextClearBit(row);
      System.arraycopy(from, row * ld, to, row * ld, (end - row) * ld);
      row = set.nextSetBit(end);
    }
  }
}
