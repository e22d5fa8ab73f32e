package dev.sluice.loss;

import dev.sluice.config.Setting;

/**
 * The threshold of a label.
 *
 * @param label the type of a span, such as {@code city}, or the label of a sentence
 * @param threshold the least probability with which it is given
 */
public record LabelThreshold(
    @Setting("The type of a span such as city, or the label of a sentence.") String label,
    @Setting(value = "The least probability with which it is given.", min = 0, max = 1)
        double threshold) {}
