package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Sums;
import dev.sluice.network.CarriedStates;
import dev.sluice.network.Dropping;
import dev.sluice.network.Workspace;

/**
 * Reads texts symbol by symbol with a language model, several side by side, each at a place of its own, and says how probable each symbol is as the
 * next. What a text was left in is kept at
 * its place, so that a text in pieces has the same probabilities as in one. It serves one thread.
 */
public final class SymbolReader {
  private static final double LN2 = StrictMath.log(2);

  private final SymbolModel model;
  private final Workspace ws;
  private final CarriedStates states;
  private final float[] e;
  private final double[] stripes = new double[16];
  private int[] sentenceOf = new int[0]; // per piece that was given, its place in the batch

  /** A reader whose texts all begin. */
  public SymbolReader(SymbolModel model, int places) {
    this.model = model;
    ws = model.network().workspace(false);
    states = new CarriedStates(model.network(), places);
    e = new float[model.symbols().predicted()];
  }

  /** Makes the text of a place begin afresh: the next symbol that is read there should be {@code begin}. */
  public void forget(int place) {
    states.forget(place);
  }

  /**
   * Reads a piece of some texts.
   *
   * @param pieces the symbols of each, at least one
   * @param placeOf the place of each, none twice
   */
  public void read(int[][] pieces, int[] placeOf) {
    Example[] examples = new Example[pieces.length];
    for (int i = 0; i < pieces.length; i++) examples[i] = Example.unlabelled(i, pieces[i]);
    ws.batch().fill(examples, 0, 1, examples.length);
    if (sentenceOf.length < pieces.length) sentenceOf = new int[pieces.length];
    for (int s = 0; s < pieces.length; s++) sentenceOf[ws.batch().place(s)] = s;
    states.give(ws, e -> placeOf[(int) e.id()]);
    model.network().forward(ws, Dropping.NONE);
    states.take(ws, e -> placeOf[(int) e.id()]);
  }

  /**
   * The log of the probability, to base 2, that a symbol comes after another.
   *
   * @param piece the piece among those that were read last
   * @param at the place of the symbol before it in that piece
   */
  public double log2(int piece, int at, int symbol) {
    int from = from(piece, at);
    double logZ = Sums.logSumExp(ws.next().scores(), from, e.length, e, stripes);
    return (ws.next().scores()[from + symbol] - logZ) / LN2;
  }

  /** The same for all symbols, written to {@code to}. */
  public void log2(int piece, int at, double[] to) {
    int from = from(piece, at);
    double logZ = Sums.logSumExp(ws.next().scores(), from, e.length, e, stripes);
    for (int id = 0; id < e.length; id++) to[id] = (ws.next().scores()[from + id] - logZ) / LN2;
  }

  /** The scores of all symbols after one; copied to {@code to}. */
  public void scores(int piece, int at, float[] to) {
    System.arraycopy(ws.next().scores(), from(piece, at), to, 0, e.length);
  }

  private int from(int piece, int at) {
    return ws.batch().row(at, sentenceOf[piece]) * ws.next().ld();
  }
}
