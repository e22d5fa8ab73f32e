package dev.sluice.loss;

import dev.sluice.config.Setting;

/**
 * A factor on the loss of a label.
 *
 * @param label the label, such as {@code B-city}, or the type of several, such as {@code city}
 * @param weight the factor
 */
public record ClassWeight(
    @Setting("A label such as B-city, or a type such as city for all of its labels.") String label,
    @Setting(value = "The factor on its loss.", min = 0, max = 1000, aboveMin = true)
        double weight) {}
