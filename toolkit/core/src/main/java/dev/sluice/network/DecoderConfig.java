package dev.sluice.network;

import dev.sluice.config.Setting;
import dev.sluice.network.NetworkShape.Looking;
import java.util.List;

/**
 * The {@code decoder} section: what writes the target of a pair, symbol by symbol.
 *
 * @param cell the recurrent cell: one for all layers, or a list with one per layer
 * @param hidden the width of each layer: one number for all layers, or a list with one per layer
 * @param layers how many layers, when neither cell nor hidden is a list
 * @param dimension the length of the vector of the symbol before
 * @param attention how it looks at the states of the encoder
 * @param dropout what is dropped in training
 * @param smoothing share of the target that is spread over all symbols
 * @param beam how many sequences are gone on with at a time
 * @param lengthPenalty how much longer sequences are preferred
 */
public record DecoderConfig(
    @Setting(
            value = "The recurrent cell: one for every layer, or a list with one per layer.",
            byDefault = "lstm",
            nonEmpty = true)
        List<CellConfig> cell,
    @Setting(
            value =
                "Width of the hidden state: one number for every layer, or a list with one per layer.",
            byDefault = "[128]",
            nonEmpty = true,
            min = 1,
            max = 4096)
        List<Integer> hidden,
    @Setting(value = "Number of stacked layers.", byDefault = "1", min = 1, max = 16) int layers,
    @Setting(
            value = "Length of the vector of the symbol that was written before.",
            byDefault = "64",
            min = 1,
            max = 4096)
        int dimension,
    @Setting(
            value =
                "How it looks at the states of the encoder: not at all (none), or by attention whose scores are products of both states (dot, for equal widths), products"
                    + " with a learned matrix between (general), or come from a layer of their own (additive).",
            byDefault = "general")
        Looking attention,
    @Setting(
            value =
                "Share of each vector of a symbol, of each layer's output and of what attention makes of it that is dropped in training, with one mask per sequence.",
            byDefault = "0.0",
            min = 0,
            max = 1,
            belowMax = true)
        double dropout,
    @Setting(
            value = "Label smoothing: the share of the target that is spread over all symbols.",
            byDefault = "0.0",
            min = 0,
            max = 1,
            belowMax = true)
        double smoothing,
    @Setting(
            value =
                "How many sequences are gone on with at a time when a target is written; 1 always takes the most probable symbol.",
            byDefault = "4",
            min = 1,
            max = 1000)
        int beam,
    @Setting(
            value =
                "How much longer sequences are preferred: the log of the probability of one with n symbols, the end among them, is divided by ((5 + n) / 6) to the power of this. 0 ranks by"
                    + " probability alone.",
            byDefault = "0.0",
            min = 0,
            max = 2)
        double lengthPenalty) {

  /** What stands in no config. */
  public static final DecoderConfig DEFAULT =
      new DecoderConfig(
          List.of(new CellConfig.Lstm()), List.of(128), 1, 64, Looking.GENERAL, 0, 0, 4, 0);

  /** Copies the lists. */
  public DecoderConfig {
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
