package dev.sluice.batch;

import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Documents cut into pieces for truncated backpropagation through time. A number of streams read side by side: a batch has the next piece of each.
 * When a stream has come to the end of a
 * document it takes the next one, whose first piece begins afresh.
 *
 * <p>A document that is longer than its share, all symbols over the number of streams, is cut into stretches of about equal length, which are then
 * like documents of their own, save
 * that they have no begin and end: a corpus of one file is read by all streams. Stretches, pieces and their order depend on the data, the number of
 * streams, the length of a
 * piece, seed and epoch alone.
 */
public final class Streams {
  private final int streams;
  private final Example[][] stretches; // the pieces of each
  private final boolean[] begins; // per piece, whether it is the first of its stretch
  private final int[] documentOf; // per piece
  private final int[] streamOf; // per piece, in the epoch at hand
  private final long symbols;

  /**
   * Cuts documents.
   *
   * @param documents what is read of each: its begin and its symbols
   * @param next what comes next after each: its symbols and its end
   * @param streams how many are read side by side
   * @param steps the length of a piece
   */
  public Streams(List<int[]> documents, List<int[]> next, int streams, int steps) {
    this.streams = streams;
    long all = 0;
    for (int[] document : documents) all += document.length;
    symbols = all;
    long share = (all + streams - 1) / streams;
    List<Example[]> cut = new ArrayList<>();
    List<Integer> origin = new ArrayList<>();
    long id = 0;
    for (int n = 0; n < documents.size(); n++) {
      int[] read = documents.get(n);
      int parts = (int) ((read.length + share - 1) / share);
      for (int p = 0; p < parts; p++) {
        int from = (int) ((long) read.length * p / parts);
        int to = (int) ((long) read.length * (p + 1) / parts);
        Example[] pieces = new Example[(to - from + steps - 1) / steps];
        for (int i = 0; i < pieces.length; i++) {
          int at = from + i * steps, end = Math.min(to, at + steps);
          int[] ids = Arrays.copyOfRange(read, at, end);
          int[] labels = Arrays.copyOfRange(next.get(n), at, end);
          pieces[i] = Example.labelled(id++, new int[][] {ids}, labels);
          origin.add(n);
        }
        cut.add(pieces);
      }
    }
    stretches = cut.toArray(Example[][]::new);
    begins = new boolean[(int) id];
    for (Example[] pieces : stretches) begins[(int) pieces[0].id()] = true;
    documentOf = origin.stream().mapToInt(n -> n).toArray();
    streamOf = new int[begins.length];
  }

  /** The number of symbols that are predicted in an epoch. */
  public long symbols() {
    return symbols;
  }

  /** The number of streams. */
  public int streams() {
    return streams;
  }

  /** All pieces, as they stand in the documents. */
  public Example[] pieces() {
    return Arrays.stream(stretches).flatMap(Arrays::stream).toArray(Example[]::new);
  }

  /** The document that a piece stands in. */
  public int document(Example piece) {
    return documentOf[(int) piece.id()];
  }

  /** Whether a piece begins afresh. */
  public boolean begins(Example piece) {
    return begins[(int) piece.id()];
  }

  /** The stream of a piece in the epoch that was planned last. */
  public int stream(Example piece) {
    return streamOf[(int) piece.id()];
  }

  /** The batches of an epoch in order, each with the next pieces of the streams. */
  public Example[][] plan(long seed, int epoch) {
    int[] order =
        Noise.permutation(Noise.stream(seed, Purpose.SHUFFLE, epoch, 2, 0), stretches.length);
    int taken = 0;
    int[] stretch = new int[streams], piece = new int[streams];
    Arrays.fill(stretch, -1);
    List<Example[]> batches = new ArrayList<>();
    while (true) {
      List<Example> batch = new ArrayList<>(streams);
      for (int s = 0; s < streams; s++) {
        if (stretch[s] >= 0 && piece[s] == stretches[stretch[s]].length) stretch[s] = -1;
        if (stretch[s] < 0 && taken < order.length) {
          stretch[s] = order[taken++];
          piece[s] = 0;
        }
        if (stretch[s] < 0) continue;
        Example next = stretches[stretch[s]][piece[s]++];
        streamOf[(int) next.id()] = s;
        batch.add(next);
      }
      if (batch.isEmpty()) return batches.toArray(Example[][]::new);
      batches.add(batch.toArray(Example[]::new));
    }
  }
}
