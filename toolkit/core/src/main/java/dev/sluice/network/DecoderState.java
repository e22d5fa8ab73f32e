package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Ragged;
import dev.sluice.kernel.Kernels;
import java.util.Arrays;

/**
 * The numbers of one batch in a decoder. Sequences that are written stand longest first, in an order of their own; each has its source, a sentence of the batch. Rows stand sequence after
 * sequence, row {@code first(i) + t} is symbol t of sequence i; the recurrence alone has them step by step.
 * <pre>
 *   scores [rows,V] of the symbol that is written    symbols [rows] the right ones
 *   endH, endC [B,·] states that sequences go on with: of the bridge at first, then after each step
 * </pre>
 */
public final class DecoderState {
  private final NetworkShape.Decoder shape;
  final Emissions scores;
  final CellState[] cells; // [layer]
  final GlobalAttention.State attention; // null without attention

  final Ragged layout = new Ragged();
  private int[] lengths = new int[0];
  private int[] first = new int[0];
  private int[] source = new int[0];
  private int[] nextSource = new int[0];
  private int[] firstOfSource = new int[0];
  private int[] lengthOfSource = new int[0];

  int[] read = new int[0]; // per row, step by step: the symbol before
  private int[] symbols = new int[0];

  float[] x = new float[0]; // [rows,E] step by step
  final float[][] out; // [layer][rows,P] step by step
  float[] h = new float[0]; // [rows,P] of the last layer, sequence after sequence
  float[] seen = new float[0]; // [rows,P] what the scores are made of, where some of it is dropped
  float[] ends = new float[0]; // [B,W] what the sources end with
  final float[][] endH;
  final float[][] endC;

  final float[][] dx; // [layer][rows,·] the gradient of what the layer reads
  float[] dOut = new float[0]; // [rows,P]
  float[] dh = new float[0]; // [rows,P]
  float[] dEnds = new float[0];
  float[] dStart = new float[0];

  float[] inputMask = new float[0]; // a row per source, as all masks
  final float[][] layerMask;
  float[] outMask = new float[0];
  boolean masked;

  DecoderState(NetworkShape.Decoder shape, CellState[] cells, GlobalAttention.State attention) {
    this.shape = shape;
    this.cells = cells;
    this.attention = attention;
    scores = new Emissions(shape.symbols());
    int layers = cells.length;
    out = new float[layers][0];
    dx = new float[layers][0];
    endH = new float[layers][0];
    endC = new float[layers][0];
    layerMask = new float[layers][0];
  }

  /** The scores of all symbols, a row for each symbol that is written. */
  public Emissions scores() {
    return scores;
  }

  /** The symbols that are to be written, [rows], where the sentences of the batch have them; not to be written to. */
  public int[] symbols() {
    return symbols;
  }

  /** The number of sequences. */
  public int sequences() {
    return layout.sequences();
  }

  /** The number of rows: symbols of all sequences. */
  public int rows() {
    return layout.rows();
  }

  /** The sentence of the batch that sequence i is written of. */
  public int source(int i) {
    return source[i];
  }

  /** The number of symbols of sequence i. */
  public int length(int i) {
    return layout.length(i);
  }

  /** The row of the first symbol of sequence i. */
  public int first(int i) {
    return first[i];
  }

  /** Where the rows of a sequence's source begin when they stand sentence after sentence. */
  int firstOfSource(int i) {
    return firstOfSource[source[i]];
  }

  int sourceLength(int i) {
    return lengthOfSource[source[i]];
  }

  /** Notes where the sentences of the batch stand; each can be gone on with. */
  void open(Batch batch) {
    int B = batch.sentences();
    if (firstOfSource.length < B) {
      firstOfSource = new int[B];
      lengthOfSource = new int[B];
    }
    roomForSequences(B);
    for (int i = 0, row = 0; i < B; i++) {
      firstOfSource[i] = row;
      lengthOfSource[i] = batch.length(i);
      row += batch.length(i);
      source[i] = i;
    }
  }

  private void roomForSequences(int count) {
    if (source.length >= count) return;
    source = Arrays.copyOf(source, count);
    nextSource = new int[count]; // both of one length: they are swapped
    lengths = new int[count];
    first = new int[count];
  }

  /** Whether the sentences of a batch have something to be written. */
  static boolean isTaught(Batch batch) {
    return batch.example(0).target().length > 0;
  }

  /** Takes what is to be written of all sentences, and what is read before each symbol of it. */
  void teach(Batch batch) {
    int B = batch.sentences();
    for (int i = 0; i < B; i++) { // insertion keeps equal lengths in order and allocates nothing
      int length = batch.example(i).target().length, j = i;
      for (; j > 0 && lengths[j - 1] < length; j--) {
        lengths[j] = lengths[j - 1];
        source[j] = source[j - 1];
      }
      lengths[j] = length;
      source[j] = i;
    }
    layout.fill(lengths, B);
    roomForRows();
    for (int i = 0, row = 0; i < B; i++) {
      int[] target = batch.example(source[i]).target();
      first[i] = row;
      for (int t = 0; t < target.length; t++, row++) {
        symbols[row] = target[t];
        read[layout.row(t, i)] = t == 0 ? shape.symbols() : target[t - 1];
      }
    }
  }

  /** Takes one symbol for each of some sequences. */
  void go(int[] from, int[] before, int count) {
    roomForSequences(count);
    for (int i = 0; i < count; i++) nextSource[i] = source[from[i]];
    int[] swap = source;
    source = nextSource;
    nextSource = swap;
    Arrays.fill(lengths, 0, count, 1);
    layout.fill(lengths, count);
    roomForRows();
    for (int i = 0; i < count; i++) {
      first[i] = i;
      read[i] = before[i];
    }
  }

  private void roomForRows() {
    if (read.length >= layout.rows()) return;
    read = new int[layout.rows()];
    symbols = new int[layout.rows()];
  }

  /** How many rows a batch has here. */
  static long rows(Batch batch) {
    long rows = 0;
    for (int i = 0; i < batch.sentences(); i++) rows += batch.example(i).target().length;
    return rows;
  }

  /** The length of the longest array that so many rows take. */
  long longest(long rows) {
    long perRow = Math.max(scores.ld(), Kernels.padded(shape.dimension()));
    for (CellState s : cells) perRow = Math.max(perRow, s.G * s.H);
    return rows * perRow;
  }
}
