package dev.sluice.vocabulary;

import dev.sluice.config.Setting;

/**
 * The {@code vocabulary} section: which words get a vector of their own.
 *
 * @param minCount how often a word must stand in train
 * @param unknownRate how often a word seen once is shown as unknown in training
 */
public record VocabularyConfig(
    @Setting(
            value = "How often a word must occur in the training split to get a vector of its own.",
            byDefault = "1",
            min = 1,
            max = 1_000_000)
        int minCount,
    @Setting(
            value =
                "The share of words seen once that are shown as unknown in each epoch, so that the unknown word is learned.",
            byDefault = "0.5",
            min = 0,
            max = 1)
        double unknownRate) {}
