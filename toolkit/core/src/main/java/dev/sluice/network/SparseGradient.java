package dev.sluice.network;

import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a table, by row: only rows that a batch touches have one, and only they cost anything. Rows stand in the order in which the batch first
 * touches them; a row that is touched again is added to in that order, so the sum never depends on threads.
 */
public final class SparseGradient {
  private final Network.RowGradients adder = this::add;
  private final Network network;
  private final int table;
  private final int ld;
  private final long[] slotOf; // per row of the table: the last batch that touched it, its slot
  private int turn;
  private int count;
  private int[] rows = new int[64];
  private float[] values;

  /** Room for the gradient of one of a network's tables. */
  public SparseGradient(Network network, int table) {
    this.network = network;
    this.table = table;
    Block block = network.parameters().tables().get(table).block();
    ld = block.ld();
    slotOf = new long[block.rows()];
    values = new float[rows.length * ld];
  }

  /** Adds up what the backward passes of a batch's workspaces left, in their order. */
  public void collect(List<Workspace> workspaces, int used) {
    turn++;
    count = 0;
    for (int w = 0; w < used; w++) network.rowGradients(workspaces.get(w), table, adder);
  }

  private void add(
      int[] ids, int many, boolean[] unread, float[] from, int at, int distance, int width) {
    for (int r = 0; r < many; r++) {
      if (unread != null && unread[r]) continue;
      int to = slot(ids[r]) * ld, source = at + r * distance;
      for (int j = 0; j < width; j++) values[to + j] += from[source + j];
    }
  }

  private int slot(int row) {
    long known = slotOf[row];
    if (known >>> Integer.SIZE == turn) return (int) known;
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
      values = Arrays.copyOf(values, 2 * count * ld);
    }
    slotOf[row] = (long) turn << Integer.SIZE | count;
    rows[count] = row;
    Arrays.fill(values, count * ld, (count + 1) * ld, 0f);
    return count++;
  }

  /** How many rows have a gradient. */
  public int count() {
    return count;
  }

  /** The row of the table that slot {@code i} belongs to. */
  public int row(int i) {
    return rows[i];
  }

  /** The gradients, [count, padded width]. */
  public float[] values() {
    return values;
  }

  /** The padded width of a row. */
  public int ld() {
    return ld;
  }
}
