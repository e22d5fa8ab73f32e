package dev.sluice.peers;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A batch as a user of libtorch lays it out: time-major, B sentences, longest first, all filled up to the T tokens of the longest. Token t of sentence i stands at place t·B + i. What
 * fills up has the id 0 and never counts.
 */
final class PaddedBatch {
  final int sentences;
  final int steps;
  final int tokens;

  /** The length of each sentence, [B]. */
  final long[] lengths;

  /** Word ids, [T,B]. */
  final long[] words;

  /** For each place that of the token which stands there when every sentence is turned round, [T,B]; its own for what fills up. */
  final long[] turned;

  /** The gold emissions: for each token its place times L plus its label, [tokens]; none without labels. */
  final long[] gold;

  /** The gold moves: for each token but the first its label and the one before, as a place in [L,L]. */
  final long[] moves;

  /** The first and last labels, [B]. */
  final long[] first;

  final long[] last;

  /** Words letter by letter, filled up to the M letters of the longest, [N,M]. */
  final long[] letters;

  /** For each place the word among those that are read by letter, [T,B]. */
  final long[] spelled;

  private final int read;

  /**
   * Lays out a batch.
   *
   * @param batch longest first
   * @param labels L, the number of labels
   * @param reading whose letters are read
   * @param filling the letter that fills up
   */
  PaddedBatch(Example[] batch, int labels, LibtorchVariant.Letters reading, long filling) {
    int B = batch.length;
    sentences = B;
    steps = batch[0].length();
    lengths = Arrays.stream(batch).mapToLong(Example::length).toArray();
    tokens = (int) Arrays.stream(lengths).sum();
    words = new long[steps * B];
    turned = new long[steps * B];
    spelled = new long[steps * B];
    for (int place = 0; place < turned.length; place++) turned[place] = place;
    Map<Object, Integer> numbers = new LinkedHashMap<>();
    Spelling[] spellings = new Spelling[tokens];
    for (int i = 0; i < B; i++) {
      int length = batch[i].length();
      for (int t = 0; t < length; t++) {
        int place = t * B + i;
        words[place] = batch[i].inputs()[0][t];
        turned[place] = (length - 1 - t) * B + i;
        Spelling word = batch[i].spellings()[t];
        Object key = reading == LibtorchVariant.Letters.DISTINCT_WORDS ? word : (Object) place;
        Integer number = numbers.putIfAbsent(key, numbers.size());
        if (number == null) spellings[number = numbers.size() - 1] = word;
        spelled[place] = number;
      }
    }
    read = numbers.size();
    letters = letters(spellings, read, filling);
    boolean labelled = batch[0].labels().length > 0;
    gold = new long[labelled ? tokens : 0];
    moves = new long[labelled ? tokens - B : 0];
    first = new long[labelled ? B : 0];
    last = new long[labelled ? B : 0];
    if (labelled) readLabels(batch, labels);
  }

  private static long[] letters(Spelling[] spellings, int read, long filling) {
    int longest = 0;
    for (int n = 0; n < read; n++) longest = Math.max(longest, spellings[n].length());
    long[] letters = new long[read * longest];
    Arrays.fill(letters, filling);
    for (int n = 0; n < read; n++)
      for (int m = 0; m < spellings[n].length(); m++)
        letters[n * longest + m] = spellings[n].letter(m);
    return letters;
  }

  private void readLabels(Example[] batch, int L) {
    int token = 0, move = 0;
    for (int i = 0; i < sentences; i++) {
      int[] labels = batch[i].labels();
      for (int t = 0; t < labels.length; t++) {
        gold[token++] = (long) (t * sentences + i) * L + labels[t];
        if (t > 0) moves[move++] = (long) labels[t - 1] * L + labels[t];
      }
      first[i] = labels[0];
      last[i] = labels[labels.length - 1];
    }
  }

  /** N, how many words are read by letter. */
  int read() {
    return read;
  }

  /** The length of the shortest sentence. */
  int shortest() {
    return (int) lengths[sentences - 1];
  }

  /** Whether all sentences are of one length. */
  boolean even() {
    return shortest() == steps;
  }
}
