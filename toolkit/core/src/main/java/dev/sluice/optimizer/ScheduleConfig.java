package dev.sluice.optimizer;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/** The {@code training.schedule} section: a factor on the optimizer's rate that changes with time. */
public sealed interface ScheduleConfig {

  /** How many epochs the rate takes to rise from 0. */
  double warmup();

  /** The same rate throughout. */
  @Variant(value = "constant", about = "The rate stays as it is.")
  record Constant(
      @Setting(
              value = "Epochs over which the rate rises from 0 in a straight line.",
              byDefault = "0",
              min = 0,
              max = 1000)
          double warmup)
      implements ScheduleConfig {}

  /** A factor every so many epochs. */
  @Variant(value = "step", about = "The rate is multiplied by a factor every so many epochs.")
  record Step(
      @Setting(
              value = "Epochs over which the rate rises from 0 in a straight line.",
              byDefault = "0",
              min = 0,
              max = 1000)
          double warmup,
      @Setting(value = "Epochs between two changes.", byDefault = "1", min = 1, max = 10_000)
          int every,
      @Setting(
              value = "What the rate is multiplied by.",
              byDefault = "0.9",
              min = 0,
              max = 1,
              aboveMin = true)
          double factor)
      implements ScheduleConfig {}

  /** Half a cosine wave from the full rate to a share of it at the last epoch. */
  @Variant(
      value = "cosine",
      about = "The rate falls along half a cosine wave until the last epoch.")
  record Cosine(
      @Setting(
              value = "Epochs over which the rate rises from 0 in a straight line.",
              byDefault = "0",
              min = 0,
              max = 1000)
          double warmup,
      @Setting(
              value = "The share of the rate that is left at the end.",
              byDefault = "0.0",
              min = 0,
              max = 1)
          double floor)
      implements ScheduleConfig {}
}
