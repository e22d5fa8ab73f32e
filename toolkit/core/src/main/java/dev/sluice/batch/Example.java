package dev.sluice.batch;

/**
 * A sentence as numbers. The arrays are shared, not copied: nobody writes to them.
 *
 * @param id which sentence of its data set it is; random numbers depend on it
 * @param inputs the ids of each token, [inputs][tokens]
 * @param labels a label id per token, or none
 * @param label the label id of the sentence, or -1
 */
public record Example(long id, int[][] inputs, int[] labels, int label) {

  /** Checks that the arrays fit. */
  public Example {
    if (inputs.length == 0 || inputs[0].length == 0)
      throw new IllegalArgumentException("an example needs a token");
    for (int[] ids : inputs) {
      if (ids.length != inputs[0].length)
        throw new IllegalArgumentException("inputs of different lengths");
    }
    if (labels.length != 0 && labels.length != inputs[0].length) {
      throw new IllegalArgumentException(
          inputs[0].length + " tokens but " + labels.length + " labels");
    }
  }

  /** The number of tokens. */
  public int length() {
    return inputs[0].length;
  }
}
