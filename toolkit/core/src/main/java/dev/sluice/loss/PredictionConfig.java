package dev.sluice.loss;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/**
 * The {@code prediction} section: what predicts the next symbol, for the task language-model.
 *
 * @param tied whether the vectors of symbols are those of the input
 * @param softmax over what training takes the softmax
 */
public record PredictionConfig(
    @Setting(
            value =
                "Whether the vectors of the symbols that may come next are those of the input; where their length is not the width of the last layer, a learned projection stands between.",
            byDefault = "false")
        boolean tied,
    @Setting(
            value =
                "What training compares the right symbol with; dev and test are always scored with all symbols.",
            byDefault = "{type: full}")
        SoftmaxConfig softmax) {

  /** What training compares the right symbol with. */
  public sealed interface SoftmaxConfig permits SoftmaxConfig.Full, SoftmaxConfig.Sampled {
    /** All symbols. */
    @Variant(value = "full", about = "With all symbols.")
    record Full() implements SoftmaxConfig {}

    /**
     * Some symbols, drawn anew for every batch.
     *
     * @param samples how many are drawn
     * @param proposal how they are drawn
     */
    @Variant(
        value = "sampled",
        about =
            "With some symbols drawn for the batch, their scores corrected by how likely they were to be drawn (Jean et al. 2015); faster for large vocabularies.")
    record Sampled(
        @Setting(
                value = "Symbols drawn, with replacement.",
                byDefault = "1000",
                min = 1,
                max = 1_000_000)
            int samples,
        @Setting(
                value =
                    "How they are drawn: log-uniform by rank, or unigram by how often they stand in train.",
                byDefault = "log-uniform")
            Proposal proposal)
        implements SoftmaxConfig {}
  }

  /** How symbols are drawn. */
  public enum Proposal {
    /** The symbol of rank k with a probability proportional to log((k+2)/(k+1)). */
    LOG_UNIFORM,
    /** In proportion to their count in train plus one. */
    UNIGRAM
  }
}
