package dev.sluice.network;

import dev.sluice.config.Setting;
import java.util.List;

/**
 * The {@code encoder} section: layers between the inputs and the label scores.
 *
 * @param cell what makes the state of a token: one for all layers, or a list with one per layer
 * @param hidden the width of each layer and direction: one number for all layers, or a list with one per layer
 * @param layers how many layers, when neither cell nor hidden is a list
 * @param bidirectional whether a second network reads from the end
 * @param connection what goes past each layer but the first
 * @param layerNorm whether the sums and the memory of a cell are normalised
 * @param dropout what is dropped in training
 * @param attention what the outputs see of other tokens
 */
public record EncoderConfig(
    @Setting(
            value =
                "What makes the state of a token: one cell for every layer, or a list with one per layer.",
            byDefault = "lstm",
            nonEmpty = true)
        List<CellConfig> cell,
    @Setting(
            value =
                "Width of the hidden state per direction: one number for every layer, or a list with one per layer.",
            byDefault = "[100]",
            nonEmpty = true,
            min = 1,
            max = 4096)
        List<Integer> hidden,
    @Setting(
            value =
                "Number of stacked layers. 0: none, the outputs see the vectors of the inputs alone, with dropout of words and inputs.",
            byDefault = "1",
            min = 0,
            max = 16)
        int layers,
    @Setting(
            value = "Whether a second network reads the sentence from its end.",
            byDefault = "true")
        boolean bidirectional,
    @Setting(
            value =
                "What goes past each layer but the first: nothing, its input added to its output (residual), or a mean of both with a learned gate (highway). Where the widths differ, the input goes through a learned matrix.",
            byDefault = "none")
        Connection connection,
    @Setting(
            value =
                "Whether the sums inside the cells, and the memory of lstm on its way out, are brought to mean 0 and variance 1, with a learned gain and bias per unit.",
            byDefault = "false")
        boolean layerNorm,
    @Setting("What is dropped in training; parts of vectors with one mask per sequence.")
        Dropout dropout,
    @Setting(
            value = "What the outputs see of other tokens, beside the state of their own.",
            byDefault = "{type: none}")
        AttentionConfig attention) {

  /** What goes past a layer. */
  public enum Connection {
    /** Nothing. */
    NONE,
    /** The layer's input, added to its output (He et al. 2016). */
    RESIDUAL,
    /** The layer's input, in a gated mean with its output (Srivastava et al. 2015). */
    HIGHWAY
  }

  /**
   * Dropout rates.
   *
   * @param word on whole tokens
   * @param input on the input vectors
   * @param layer on the output of each layer
   * @param recurrent on the state that a cell passes to itself
   */
  public record Dropout(
      @Setting(
              value =
                  "Share of tokens whose whole input, one-hot or not, is dropped, drawn token by token.",
              byDefault = "0.0",
              min = 0,
              max = 1,
              belowMax = true)
          double word,
      @Setting(
              value =
                  "Share of each input vector that is dropped; a one-hot input has no parts to drop.",
              byDefault = "0.0",
              min = 0,
              max = 1,
              belowMax = true)
          double input,
      @Setting(
              value = "Share of each layer's output that is dropped.",
              byDefault = "0.0",
              min = 0,
              max = 1,
              belowMax = true)
          double layer,
      @Setting(
              value = "Share of the state that is dropped on its way to the next step.",
              byDefault = "0.0",
              min = 0,
              max = 1,
              belowMax = true)
          double recurrent) {}

  /** Copies the lists. */
  public EncoderConfig {
    cell = List.copyOf(cell);
    hidden = List.copyOf(hidden);
  }

  /** The width of each layer from the first to the last. */
  public List<Integer> widths() {
    return Stack.each(hidden, layers, cell);
  }

  /** The cell of each layer from the first to the last. */
  public List<CellConfig> cells() {
    return Stack.each(cell, layers, hidden);
  }
}
