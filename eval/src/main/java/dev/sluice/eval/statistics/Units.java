package dev.sluice.eval.statistics;

import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What one system did in each unit of the data, a sentence or a document: a few counts per unit. Units with the same counts are kept once with their number, so memory
 * grows with the variety of the data and not with its size. The order of adding does not matter. Adding is for one thread;
 * several fill units of their own and merge them.
 */
public final class Units {
  private final Tuples tuples;

  private Units(int width) {
    tuples = new Tuples(width);
  }

  /** Without units yet; each will have the given number of counts, for a {@link Measure} that expects as many. */
  public static Units of(int width) {
    return new Units(width);
  }

  /** Without units yet; each will have three counts: TP, FP, FN. */
  public static Units ofSpans() {
    return new Units(3);
  }

  /** Without units yet; each will have two counts: right, cases. */
  public static Units ofCases() {
    return new Units(2);
  }

  /** Adds a unit with spans. */
  public void add(Counts counts) {
    add(tuple(counts));
  }

  /** Adds a unit with cases, such as tokens, of which some are right. */
  public void add(Ratio right) {
    add(tuple(right));
  }

  /**
   * Adds a unit.
   *
   * @throws IllegalArgumentException when there are more or fewer counts than in other units, or a negative one
   */
  public void add(long... counts) {
    tuples.add(counts.clone(), 1);
  }

  /**
   * Adds the units of another one.
   *
   * @throws IllegalArgumentException when its units have more or fewer counts
   */
  public void merge(Units other) {
    tuples.merge(other.tuples);
  }

  /** How many units there are. */
  public long size() {
    return tuples.size();
  }

  /** How many counts a unit has. */
  public int width() {
    return tuples.width();
  }

  /** How many different units there are. */
  public int distinct() {
    return tuples.distinct();
  }

  /** The sums of the counts over all units. */
  public long[] sums() {
    return tuples.sums();
  }

  /** The score of all units together, empty where it is undefined. */
  public OptionalDouble score(Measure measure) {
    return measure.score(sums());
  }

  Tuples tuples() {
    return tuples;
  }

  static long[] tuple(Counts counts) {
    return new long[] {counts.truePositives(), counts.falsePositives(), counts.falseNegatives()};
  }

  static long[] tuple(Ratio right) {
    return new long[] {right.part(), right.whole()};
  }

  /**
   * Adds units with the same counts.
   *
   * @param n how many, at least 1
   */
  public void add(long[] counts, long n) {
    tuples.add(counts, n);
  }

  @Override
  public String toString() {
    return size() + " units, sums " + Arrays.toString(sums());
  }
}
