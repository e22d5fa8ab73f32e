package dev.sluice.batch;

/**
 * The sentences of a batch as a language model reads them: a batch of their own, since a sentence has other symbols than tokens, if only one more for its begin.
 *
 * <p>It is filled again and again and serves one thread.
 */
public final class Passages {
  private final Batch symbols = new Batch();
  private Example[] read = new Example[0];
  private int[] rowOf = new int[0];

  /** Takes the passages number n of a batch's sentences. */
  void fill(Batch batch, int n) {
    int sentences = batch.sentences();
    if (read.length < sentences) read = new Example[sentences];
    for (int i = 0; i < sentences; i++) read[i] = batch.example(i).passages()[n].symbols();
    symbols.fill(read, 0, 1, sentences);
    if (rowOf.length < batch.rows()) rowOf = new int[batch.rows()];
    for (int j = 0; j < sentences; j++) {
      int i = symbols.place(j);
      int[] ends = batch.example(i).passages()[n].ends();
      for (int t = 0; t < ends.length; t++) rowOf[batch.row(t, i)] = symbols.row(ends[t], j);
    }
  }

  /** The symbols. */
  public Batch symbols() {
    return symbols;
  }

  /** For each row of the batch the row of {@link #symbols} where its token ends, [batch rows]; not to be written. */
  public int[] rowOf() {
    return rowOf;
  }
}
