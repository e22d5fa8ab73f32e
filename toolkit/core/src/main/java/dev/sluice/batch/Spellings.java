package dev.sluice.batch;

import java.util.Arrays;

/**
 * The distinct words of a batch letter by letter, so that each is read once however often it stands there. They are sequences of a {@link Ragged} layout: longest
 * first, words of one length in the order in which the batch's rows first show them.
 *
 * <p>It is filled again and again and serves one thread.
 */
public final class Spellings {
  private final Ragged layout = new Ragged();
  private Spelling[] found = new Spelling[0]; // in the order of first sight
  private int[] place = new int[0]; // of a found word among the sequences
  private Spelling[] words = new Spelling[0]; // longest first
  private int[] lengths = new int[0];
  private int[] firstOfLength = new int[0];
  private int[] table = new int[0]; // open addressing: number of a found word plus one
  private int[] wordOf = new int[0];
  private int[] letters = new int[0];
  private int count;

  /** Takes the words of a batch's rows. */
  void fill(Batch batch) {
    int rows = batch.rows();
    if (found.length < rows) {
      int room = Math.max(rows, 2 * found.length);
      found = new Spelling[room];
      words = new Spelling[room];
      place = new int[room];
      lengths = new int[room];
      wordOf = new int[room];
      table = new int[Integer.highestOneBit(room) * 4];
    }
    Arrays.fill(table, 0);
    count = 0;
    int longest = 0;
    for (int t = 0; t < batch.steps(); t++) {
      for (int i = 0; i < batch.live(t); i++) {
        Spelling word = batch.example(i).spellings()[t];
        wordOf[batch.start(t) + i] = number(word);
        longest = Math.max(longest, word.length());
      }
    }
    sort(longest);
    for (int r = 0; r < rows; r++) wordOf[r] = place[wordOf[r]];
    layout.fill(lengths, count);
    if (letters.length < layout.rows())
      letters = new int[Math.max(layout.rows(), 2 * letters.length)];
    for (int w = 0; w < count; w++) {
      for (int t = 0; t < words[w].length(); t++) letters[layout.row(t, w)] = words[w].letter(t);
    }
  }

  private int number(Spelling word) {
    int mask = table.length - 1, at = word.hashCode() * 0x9E3779B9 >>> 7 & mask;
    for (; table[at] != 0; at = at + 1 & mask) {
      if (found[table[at] - 1].equals(word)) return table[at] - 1;
    }
    found[count] = word;
    table[at] = ++count;
    return count - 1;
  }

  /** Counting sort, longest first, equal lengths in the order found. */
  private void sort(int longest) {
    if (firstOfLength.length < longest + 2) firstOfLength = new int[2 * longest + 2];
    Arrays.fill(firstOfLength, 0, longest + 2, 0);
    for (int w = 0; w < count; w++) firstOfLength[found[w].length()]++;
    for (int length = longest, next = 0; length > 0; length--) {
      int many = firstOfLength[length];
      firstOfLength[length] = next;
      next += many;
    }
    for (int w = 0; w < count; w++) {
      int to = firstOfLength[found[w].length()]++;
      place[w] = to;
      words[to] = found[w];
      lengths[to] = found[w].length();
    }
  }

  /** The layout of the words. */
  public Ragged layout() {
    return layout;
  }

  /** The number of distinct words. */
  public int count() {
    return count;
  }

  /** The letter ids, [layout rows]; not to be written. */
  public int[] letters() {
    return letters;
  }

  /** For each row of the batch the number of its word among the sequences, [batch rows]; not to be written. */
  public int[] wordOf() {
    return wordOf;
  }
}
