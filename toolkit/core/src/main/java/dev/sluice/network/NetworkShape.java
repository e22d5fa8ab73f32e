package dev.sluice.network;

import java.util.List;

/**
 * Everything that decides the sizes of a network's weights.
 *
 * @param inputs the inputs, in order
 * @param cell the recurrent cell
 * @param activation the activation of the rnn cell
 * @param widths the hidden width per direction, layer by layer
 * @param bidirectional whether each layer reads both ways
 * @param pooling how a sentence becomes one vector; null for a label per token
 * @param labels L, the number of labels
 */
public record NetworkShape(
    List<Input> inputs,
    EncoderConfig.Cell cell,
    EncoderConfig.Activation activation,
    List<Integer> widths,
    boolean bidirectional,
    Pooling pooling,
    int labels) {

  /** How the states of a sentence become one vector. */
  public enum Pooling {
    /** The state after the last token, and for the other direction after the first. */
    LAST,
    /** The mean over all tokens. */
    MEAN
  }

  /**
   * An input.
   *
   * @param name its name among the weights
   * @param vocabulary V, the number of ids
   * @param dimension D, the length of the vector; 0 for a one-hot input
   */
  public record Input(String name, int vocabulary, int dimension) {
    /** Whether the id is fed as a one-hot vector. */
    public boolean oneHot() {
      return dimension == 0;
    }
  }

  /** Copies the lists and checks the sizes. */
  public NetworkShape {
    inputs = List.copyOf(inputs);
    widths = List.copyOf(widths);
    if (inputs.isEmpty() || widths.isEmpty() || labels < 1) {
      throw new IllegalArgumentException("a network needs an input, a layer and a label");
    }
  }

  /** The number of directions. */
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  /** The width of the concatenated learned vectors. */
  public int inputWidth() {
    int width = 0; // asked for in every pass: a loop allocates nothing
    for (int i = 0; i < inputs.size(); i++) width += inputs.get(i).dimension();
    return width;
  }

  /** The width of a layer's output: both directions side by side. */
  public int outputWidth(int layer) {
    return directions() * widths.get(layer);
  }
}
