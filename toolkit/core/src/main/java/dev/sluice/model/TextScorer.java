package dev.sluice.model;

import java.util.Arrays;

/** How probable documents are, symbol by symbol. */
public final class TextScorer {
  private static final int PIECE = 256;
  private static final int[] PLACE = {0};

  private TextScorer() {}

  /** The log, to base 2, of the probability of each symbol of a document after those before it, the end of the document last. */
  public static double[] log2(SymbolModel model, String text) {
    return log2(model, new SymbolReader(model, 1), model.encode(text), PIECE);
  }

  /**
   * The same of symbols.
   *
   * @param reader forgets what it has read at place 0
   * @param symbols without begin and end
   */
  public static double[] log2(SymbolModel model, SymbolReader reader, int[] symbols) {
    return log2(model, reader, symbols, PIECE);
  }

  /** The same, a number of symbols at a time through the network, which makes no difference to the result. */
  static double[] log2(SymbolModel model, SymbolReader reader, int[] symbols, int piece) {
    int[] read = read(model, symbols), next = next(model, symbols);
    double[] log2 = new double[next.length];
    reader.forget(0);
    for (int at = 0; at < read.length; at += piece) {
      int[] part = Arrays.copyOfRange(read, at, Math.min(read.length, at + piece));
      reader.read(new int[][] {part}, PLACE);
      for (int t = 0; t < part.length; t++) log2[at + t] = reader.log2(0, t, next[at + t]);
    }
    return log2;
  }

  /** What is read of a document: its begin and its symbols. */
  public static int[] read(SymbolModel model, int[] symbols) {
    int[] read = new int[symbols.length + 1];
    read[0] = model.symbols().begin();
    System.arraycopy(symbols, 0, read, 1, symbols.length);
    return read;
  }

  /** What comes next after each of these: its symbols and its end. */
  public static int[] next(SymbolModel model, int[] symbols) {
    int[] next = Arrays.copyOf(symbols, symbols.length + 1);
    next[symbols.length] = model.symbols().end();
    return next;
  }
}
