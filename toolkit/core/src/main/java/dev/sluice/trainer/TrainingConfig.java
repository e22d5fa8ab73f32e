package dev.sluice.trainer;

import dev.sluice.config.Setting;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.OptimizerConfig;
import dev.sluice.optimizer.ScheduleConfig;
import java.util.Optional;

/**
 * The {@code training} section.
 *
 * @param optimizer how weights are changed
 * @param schedule how the rate changes with time
 * @param clip limits on the gradient
 * @param epochs the most passes over the training split
 * @param batch sentences per step
 * @param patience epochs without a better dev score before training stops
 * @param seed the seed of everything random; drawn and recorded when left out
 * @param threads how many threads train; the result does not depend on it
 */
public record TrainingConfig(
    @Setting(value = "How weights are changed.", byDefault = "{type: adam}")
        OptimizerConfig optimizer,
    @Setting(value = "How the rate changes with time.", byDefault = "{type: constant}")
        ScheduleConfig schedule,
    @Setting("Limits on the gradient.") ClipConfig clip,
    @Setting(
            value = "The most passes over the training split.",
            byDefault = "50",
            min = 1,
            max = 100_000)
        int epochs,
    @Setting(value = "Sentences per step.", byDefault = "32", min = 1, max = 65_536) int batch,
    @Setting(
            value = "Epochs without a better dev score before training stops.",
            byDefault = "10",
            min = 1,
            max = 100_000)
        int patience,
    @Setting(
            value = "Seed of everything random. Left out, one is drawn and recorded.",
            min = 0,
            max = 9_007_199_254_740_991d)
        Optional<Long> seed,
    @Setting(
            value =
                "Threads that train; left out, one per processor, at most 4. The result does not depend on it.",
            min = 1,
            max = 64,
            local = true)
        Optional<Integer> threads) {}
