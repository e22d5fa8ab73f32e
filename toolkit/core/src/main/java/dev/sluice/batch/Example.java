package dev.sluice.batch;

/**
 * A sentence as numbers. The arrays are shared, not copied: nobody writes to them.
 *
 * @param id which sentence of its data set it is; random numbers depend on it
 * @param inputs the ids of each token, [inputs][tokens]
 * @param spellings each token letter by letter, [tokens]; none when no input reads letters
 * @param labels a label id per token, -1 where unknown, or none
 * @param intents the label ids of the sentence; none when unknown, several when it has several
 * @param target the symbols that are to be written of it, the end last; none when nothing is
 */
public record Example(
    long id, int[][] inputs, Spelling[] spellings, int[] labels, int[] intents, int[] target) {
  private static final int[] NONE = {};
  private static final Spelling[] UNSPELLED = {};

  /** Checks that the arrays fit. */
  public Example {
    if (length(inputs, spellings) == 0)
      throw new IllegalArgumentException("an example needs a token");
    for (int[] ids : inputs) {
      if (ids.length != length(inputs, spellings))
        throw new IllegalArgumentException("inputs of different lengths");
    }
    if (spellings.length != 0 && spellings.length != length(inputs, spellings)
        || labels.length != 0 && labels.length != length(inputs, spellings)) {
      throw new IllegalArgumentException(
          length(inputs, spellings)
              + " tokens but "
              + spellings.length
              + " spellings and "
              + labels.length
              + " labels");
    }
  }

  /** A sentence of which nothing is written. */
  public Example(long id, int[][] inputs, Spelling[] spellings, int[] labels, int[] intents) {
    this(id, inputs, spellings, labels, intents, NONE);
  }

  /** A sentence without labels. */
  public static Example unlabelled(long id, int[]... inputs) {
    return new Example(id, inputs, UNSPELLED, NONE, NONE);
  }

  /** A sentence with a label per token. */
  public static Example labelled(long id, int[][] inputs, int... labels) {
    return new Example(id, inputs, UNSPELLED, labels, NONE);
  }

  private static int length(int[][] inputs, Spelling[] spellings) {
    return inputs.length > 0 ? inputs[0].length : spellings.length;
  }

  /** The number of tokens. */
  public int length() {
    return length(inputs, spellings);
  }

  /** The same sentence with other ids. */
  public Example withInputs(int[][] others) {
    return new Example(id, others, spellings, labels, intents, target);
  }

  /** The same sentence with what is to be written of it. */
  public Example withTarget(int[] symbols) {
    return new Example(id, inputs, spellings, labels, intents, symbols);
  }
}
