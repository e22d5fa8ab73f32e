package dev.sluice.trainer;

/**
 * What an epoch came to.
 *
 * @param epoch its number, from 1
 * @param loss mean loss per token (per sentence when there is one label per sentence)
 * @param dev the dev score, 0 to 1
 * @param best whether none before it is better
 * @param rate the rate at its end
 * @param norm mean norm of the gradient before it was limited
 * @param clipped share of steps whose gradient was limited
 * @param tokensPerSecond training speed, dev scoring not counted
 * @param seconds the time of the whole epoch
 * @param steps how often the weights were changed since training began
 */
public record EpochReport(
    int epoch,
    double loss,
    double dev,
    boolean best,
    double rate,
    double norm,
    double clipped,
    double tokensPerSecond,
    double seconds,
    long steps) {}
