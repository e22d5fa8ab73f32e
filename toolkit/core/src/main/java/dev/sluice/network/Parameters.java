package dev.sluice.network;

import java.util.ArrayList;
import java.util.List;

/**
 * All weights of a network: dense blocks in one array, and tables with a row per word beside it. Gradients and the moments of an optimizer mirror this
 * layout.
 */
public final class Parameters {
  /** A table: a block in an array of its own, read and updated by row. */
  public record Table(Block block, float[] values) {}

  private final List<Block> blocks;
  private final float[] dense;
  private final List<Table> tables;

  private Parameters(List<Block> blocks, List<Block> tables) {
    this.blocks = List.copyOf(blocks);
    Block last = blocks.get(blocks.size() - 1);
    dense = new float[last.at() + last.size()];
    this.tables = tables.stream().map(b -> new Table(b, new float[b.size()])).toList();
  }

  /** The dense blocks in the order of the array. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The array of the dense blocks. */
  public float[] dense() {
    return dense;
  }

  /** The tables. */
  public List<Table> tables() {
    return tables;
  }

  /** Number of weights, without padding. */
  public long count() {
    long n = 0;
    for (Block b : blocks) n += b.weights();
    for (Table t : tables) n += t.block().weights();
    return n;
  }

  /** Collects the blocks of a network before their memory is taken. */
  static final class Layout {
    private final List<Block> blocks = new ArrayList<>();
    private final List<Block> tables = new ArrayList<>();
    private int size;

    Block dense(String name, int rows, int groups, int width) {
      Block b = new Block(name, size, rows, groups, width);
      size = Math.addExact(size, b.size());
      blocks.add(b);
      return b;
    }

    /** Returns the number of the table. */
    int table(String name, int rows, int groups, int width) {
      tables.add(new Block(name, 0, rows, groups, width));
      return tables.size() - 1;
    }

    Parameters allocate() {
      return new Parameters(blocks, tables);
    }
  }
}
