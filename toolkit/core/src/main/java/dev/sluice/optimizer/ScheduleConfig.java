package dev.sluice.optimizer;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;
import java.util.List;

/** The {@code training.schedule} section: a factor on the optimizer's rate that changes with time. */
public sealed interface ScheduleConfig
    permits ScheduleConfig.Constant,
        ScheduleConfig.Step,
        ScheduleConfig.Stages,
        ScheduleConfig.Decay,
        ScheduleConfig.Cosine,
        ScheduleConfig.Plateau {

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

  /** A rate that falls with the number of epochs, as in NCRF++. */
  @Variant(
      value = "decay",
      about = "After n epochs the rate is divided by 1 + decay·n, as in NCRF++.")
  record Decay(
      @Setting(
              value = "Epochs over which the rate rises from 0 in a straight line.",
              byDefault = "0",
              min = 0,
              max = 1000)
          double warmup,
      @Setting(
              value = "How much each epoch adds to what the rate is divided by.",
              byDefault = "0.05",
              min = 0,
              max = 1000)
          double decay)
      implements ScheduleConfig {}

  /**
   * Stages, each with a rate of its own, then the optimizer's rate.
   *
   * @param stages the stages in their order
   */
  @Variant(
      value = "stages",
      about =
          "The first epochs have rates of their own, those after the last stage the optimizer's. With its rate 0.001, stages: [{epochs: 3,"
              + " factor: 10}, {epochs: 3, factor: 5}] is 0.01 for three epochs, 0.005 for three, and 0.001 from then on.")
  record Stages(@Setting(value = "The stages in their order.", nonEmpty = true) List<Stage> stages)
      implements ScheduleConfig {
    /** Copies the list. */
    public Stages {
      stages = List.copyOf(stages);
    }

    /** None: a first stage with a small factor does that. */
    @Override
    public double warmup() {
      return 0;
    }
  }

  /**
   * Some epochs with one rate.
   *
   * @param epochs how many
   * @param factor their rate as a multiple of the optimizer's
   */
  record Stage(
      @Setting(value = "How many epochs it lasts.", min = 1, max = 100_000) int epochs,
      @Setting(
              value = "What the optimizer's rate is multiplied by.",
              min = 0,
              max = 1000,
              aboveMin = true)
          double factor) {}

  /** A factor whenever the dev score has stopped rising. */
  @Variant(
      value = "plateau",
      about = "The rate is multiplied by a factor whenever the dev score has stopped rising.")
  record Plateau(
      @Setting(
              value = "Epochs over which the rate rises from 0 in a straight line.",
              byDefault = "0",
              min = 0,
              max = 1000)
          double warmup,
      @Setting(
              value =
                  "Epochs without a better dev score, since the best one or the last change, before the rate changes.",
              byDefault = "3",
              min = 1,
              max = 100_000)
          int patience,
      @Setting(
              value = "What the rate is multiplied by.",
              byDefault = "0.5",
              min = 0,
              max = 1,
              aboveMin = true,
              belowMax = true)
          double factor)
      implements ScheduleConfig {}
}
