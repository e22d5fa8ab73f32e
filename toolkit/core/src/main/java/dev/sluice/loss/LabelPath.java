package dev.sluice.loss;

/**
 * A label per token.
 *
 * @param labels ids
 * @param logProbability the natural logarithm of the probability of the whole path
 */
public record LabelPath(int[] labels, double logProbability) {}
