package dev.sluice.loss;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/** The {@code output} section: what turns the encoder's states into labels. */
public sealed interface OutputConfig {

  /**
   * A probability per label by softmax, trained with cross entropy.
   *
   * @param pooling how a sentence becomes one vector when the task has a label per sentence
   */
  @Variant(
      value = "softmax",
      about = "A probability per label, trained with cross entropy summed over the sequence.")
  record Softmax(
      @Setting(
              value =
                  "For a label per sentence: the last states of both directions, or the mean over the tokens.",
              byDefault = "last")
          Pooling pooling)
      implements OutputConfig {}

  /** How a sentence becomes one vector. */
  enum Pooling {
    /** The state after the last token, and for the other direction after the first. */
    LAST,
    /** The mean over all tokens. */
    MEAN
  }
}
