package dev.sluice.network;

import java.util.ArrayList;
import java.util.List;

/**
 * All weights of a network: dense blocks in one array, and tables with a row per word beside it. Gradients and the moments of an optimizer mirror this
 * layout.
 */
public final class Parameters {
  /** A block and the array it stands in; for tables an array of its own, read and updated by row. */
  public record Table(Block block, float[] values) {}

  private final List<Block> blocks;
  private final float[] dense;
  private final List<Table> tables;
  private final List<Table> frozen;
  private final List<Parameters> apart;

  private Parameters(
      List<Block> blocks, List<Block> tables, List<Block> frozen, List<Parameters> apart) {
    this.blocks = List.copyOf(blocks);
    Block last = blocks.get(blocks.size() - 1);
    dense = new float[last.at() + last.size()];
    this.tables = allocate(tables);
    this.apart = apart;
    List<Table> still = new ArrayList<>(allocate(frozen));
    for (Parameters part : apart) still.addAll(part.all());
    this.frozen = List.copyOf(still);
  }

  private static List<Table> allocate(List<Block> blocks) {
    return blocks.stream().map(b -> new Table(b, new float[b.size()])).toList();
  }

  /** The dense blocks in the order of the array. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The array of the dense blocks. */
  public float[] dense() {
    return dense;
  }

  /** The tables that are trained. */
  public List<Table> tables() {
    return tables;
  }

  /** What training leaves alone: tables such as pretrained vectors, and all matrices of whole layers, of which several may stand in one array. */
  public List<Table> frozen() {
    return frozen;
  }

  /** The weights of layers that training leaves alone, by the number that {@link Layout#apart} has for them. */
  Parameters apart(int number) {
    return apart.get(number);
  }

  /** All matrices, each with the array it stands in. */
  public List<Table> all() {
    List<Table> all = new ArrayList<>();
    for (Block b : blocks) all.add(new Table(b, dense));
    all.addAll(tables);
    all.addAll(frozen);
    return all;
  }

  /** Number of weights that are trained, without padding. */
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
    private final List<Block> frozen = new ArrayList<>();
    private final List<Layout> apart = new ArrayList<>();
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

    /** Returns the number of the table among the frozen ones. */
    int frozen(String name, int rows, int width) {
      frozen.add(new Block(name, 0, rows, 1, width));
      return frozen.size() - 1;
    }

    /** Where layers find room that training leaves alone; returns the number of these layers. */
    int apart(Layout layers) {
      apart.add(layers);
      return apart.size() - 1;
    }

    List<Block> all() {
      List<Block> all = new ArrayList<>(blocks);
      all.addAll(tables);
      all.addAll(frozen);
      for (Layout layers : apart) all.addAll(layers.all());
      for (Block b : all) b.size(); // overflows are found before memory is taken
      return all;
    }

    Parameters allocate() {
      return new Parameters(blocks, tables, frozen, apart.stream().map(Layout::allocate).toList());
    }
  }
}
