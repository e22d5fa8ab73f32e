/**
 * How sure a score is, and a difference of two: intervals, tests, seeds. Pure computation on counts; every random number follows from a seed, and no result depends
 * on the order of the data or on the number of threads.
 *
 * <p>{@link dev.sluice.eval.statistics.Units} hold the counts of one system, {@link dev.sluice.eval.statistics.PairedUnits} of two on the same sentences or
 * documents; a {@link dev.sluice.eval.statistics.Measure} makes a score of the sum. {@link dev.sluice.eval.statistics.Bootstrap} gives intervals, {@link
 * dev.sluice.eval.statistics.Randomisation} and {@link dev.sluice.eval.statistics.McNemar} test a difference, {@link dev.sluice.eval.statistics.Holm} corrects for
 * several tests, {@link dev.sluice.eval.statistics.SeedScores} and {@link dev.sluice.eval.statistics.SeedComparison} speak of several trainings, {@link
 * dev.sluice.eval.statistics.PowerLaw} of trainings on more and more data.
 */
package dev.sluice.eval.statistics;
