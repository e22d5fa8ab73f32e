package dev.sluice.optimizer;

import dev.sluice.config.Setting;
import java.util.Optional;

/**
 * The {@code training.clip} section: limits on the gradient.
 *
 * @param norm the largest global norm; a longer gradient is scaled down
 * @param value the largest absolute value of one element
 */
public record ClipConfig(
    @Setting(
            value =
                "Largest norm of the whole gradient; a longer one is scaled down to it. Left out, there is no limit.",
            min = 0,
            max = 1e9,
            aboveMin = true)
        Optional<Double> norm,
    @Setting(
            value =
                "Largest absolute value of each element, applied before the norm. Left out, there is no limit.",
            min = 0,
            max = 1e9,
            aboveMin = true)
        Optional<Double> value) {}
