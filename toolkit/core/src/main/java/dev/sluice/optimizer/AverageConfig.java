package dev.sluice.optimizer;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/** The {@code training.average} section: which weights are scored on dev and kept as the best, those of the last step or a mean over time. */
public sealed interface AverageConfig {

  /** The weights of the last step. */
  @Variant(value = "none", about = "The weights are scored and kept as the last step left them.")
  record None() implements AverageConfig {}

  /**
   * A moving average over steps, see {@link MovingAverage}.
   *
   * @param decay the share of the average that a step keeps, once it has warmed up
   */
  @Variant(
      value = "ema",
      about =
          "A moving average of the weights over steps is scored and kept, while the weights themselves are trained on. Takes the memory of"
              + " one more copy of the weights.")
  record Ema(
      @Setting(
              value =
                  "The share of the average that a step keeps; step t keeps (1+t)/(10+t) while that is less.",
              byDefault = "0.999",
              min = 0,
              max = 1,
              aboveMin = true,
              belowMax = true)
          double decay)
      implements AverageConfig {}

  /**
   * The mean over the ends of epochs, see {@link CheckpointAverage}.
   *
   * @param epochs over how many epochs
   */
  @Variant(
      value = "checkpoints",
      about =
          "The mean of the weights at the ends of the last epochs is scored and kept, while the weights themselves are trained on. Takes the"
              + " memory of one more copy of the weights per epoch.")
  record Checkpoints(
      @Setting(
              value = "Over how many epochs the mean is taken, or over all while they are fewer.",
              byDefault = "3",
              min = 2,
              max = 20)
          int epochs)
      implements AverageConfig {}
}
