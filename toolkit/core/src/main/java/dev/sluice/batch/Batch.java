package dev.sluice.batch;

import java.util.Arrays;
import java.util.List;

/**
 * Several sentences at a time in a {@link Ragged} layout: sentences are its sequences, tokens its rows. No row is padding, so a sentence's result cannot depend on its
 * neighbours.
 *
 * <p>A batch is filled again and again; its arrays grow and are reused. It serves one thread.
 */
public final class Batch {
  private final Ragged layout = new Ragged();
  private final Spellings spellings = new Spellings();
  private Passages[] passages = new Passages[0];
  private int sentences;
  private Example[] examples = new Example[0];
  private int[] places = new int[0];
  private int[] lengths = new int[0];
  private int[][] ids = new int[0][];
  private int[] labels = new int[0];

  /** A batch of some sentences. */
  public static Batch of(List<Example> examples) {
    Batch batch = new Batch();
    batch.fill(examples.toArray(Example[]::new), 0, 1, examples.size());
    return batch;
  }

  /**
   * Takes every {@code stride}-th example from {@code from} on, below {@code end}.
   *
   * @param all the examples, all with the same number of inputs and of passages, and all with spellings or none
   * @param from index of the first
   * @param stride distance between two
   * @param end where to stop, exclusive
   */
  public void fill(Example[] all, int from, int stride, int end) {
    sentences = (end - from + stride - 1) / stride;
    if (sentences < 1) throw new IllegalArgumentException("an empty batch");
    if (examples.length < sentences) {
      examples = new Example[sentences];
      places = new int[sentences];
      lengths = new int[sentences];
    }
    for (int i = 0; i < sentences; i++) {
      examples[i] = all[from + i * stride];
      places[i] = i;
    }
    sortLongestFirst();
    for (int i = 0; i < sentences; i++) lengths[i] = examples[i].length();
    layout.fill(lengths, sentences);
    gather();
    if (examples[0].spellings().length != 0) spellings.fill(this);
    int read = examples[0].passages().length;
    if (passages.length < read) {
      passages = new Passages[read];
      Arrays.setAll(passages, n -> new Passages());
    }
    for (int n = 0; n < read; n++) passages[n].fill(this, n);
  }

  private void sortLongestFirst() { // insertion keeps equal lengths in order and allocates nothing
    for (int i = 1; i < sentences; i++) {
      Example example = examples[i];
      int place = places[i], j = i;
      for (; j > 0 && examples[j - 1].length() < example.length(); j--) {
        examples[j] = examples[j - 1];
        places[j] = places[j - 1];
      }
      examples[j] = example;
      places[j] = place;
    }
  }

  private void gather() {
    int inputs = examples[0].inputs().length, rows = layout.rows();
    if (ids.length != inputs || labels.length < rows) {
      ids = new int[inputs][rows];
      labels = new int[rows];
    }
    Arrays.fill(labels, 0, rows, -1);
    for (int t = 0; t < layout.steps(); t++) {
      for (int i = 0; i < layout.live(t); i++) {
        int row = layout.row(t, i);
        for (int k = 0; k < inputs; k++) ids[k][row] = examples[i].inputs()[k][t];
        if (examples[i].labels().length != 0) labels[row] = examples[i].labels()[t];
      }
    }
  }

  /** Where each token stands. */
  public Ragged layout() {
    return layout;
  }

  /** The distinct words letter by letter; of no meaning when the examples have no spellings. */
  public Spellings spellings() {
    return spellings;
  }

  /** The sentences as language model n among the inputs reads them. */
  public Passages passages(int n) {
    return passages[n];
  }

  /** B, the number of sentences. */
  public int sentences() {
    return sentences;
  }

  /** T, the number of steps: the length of the longest sentence. */
  public int steps() {
    return layout.steps();
  }

  /** The number of rows: tokens of all sentences. */
  public int rows() {
    return layout.rows();
  }

  /** The first row of a step. */
  public int start(int t) {
    return layout.start(t);
  }

  /** How many sentences reach a step. */
  public int live(int t) {
    return layout.live(t);
  }

  /** The number of tokens of sentence i. */
  public int length(int i) {
    return examples[i].length();
  }

  /** The row of token t of sentence i. */
  public int row(int t, int i) {
    return layout.row(t, i);
  }

  /** The example that stands as sentence i. */
  public Example example(int i) {
    return examples[i];
  }

  /** Where sentence i stood among the examples that were given. */
  public int place(int i) {
    return places[i];
  }

  /** The ids of one input, [rows]; not to be written. */
  public int[] ids(int input) {
    return ids[input];
  }

  /** The label ids of the tokens, [rows], -1 where unknown; not to be written. */
  public int[] labels() {
    return labels;
  }
}
