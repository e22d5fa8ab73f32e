package dev.sluice.eval.statistics;

import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** What two systems did in each unit of the same data, as {@link Units} with both systems' counts of a unit kept together. */
public final class PairedUnits {
  /** With fewer units in which the systems differ, a bootstrap finds differences that a permutation test does not confirm. */
  public static final int FEW_DIFFERING = 30;

  private final int width;
  private final Tuples pairs; // the counts of the first system, then of the second

  private PairedUnits(int width) {
    this.width = width;
    pairs = new Tuples(2 * width);
  }

  /** Without units yet; each will have the given number of counts per system, for a {@link Measure} that expects as many. */
  public static PairedUnits of(int width) {
    return new PairedUnits(width);
  }

  /** Without units yet; each will have three counts per system: TP, FP, FN. */
  public static PairedUnits ofSpans() {
    return new PairedUnits(3);
  }

  /** Without units yet; each will have two counts per system: right, cases. */
  public static PairedUnits ofCases() {
    return new PairedUnits(2);
  }

  /** Adds a unit with spans. */
  public void add(Counts first, Counts second) {
    add(Units.tuple(first), Units.tuple(second));
  }

  /** Adds a unit with cases, such as tokens, of which some are right. */
  public void add(Ratio first, Ratio second) {
    add(Units.tuple(first), Units.tuple(second));
  }

  /**
   * Adds units in which neither system counts anything.
   *
   * @param n how many, at least 1
   */
  public void addEmpty(long n) {
    pairs.add(new long[2 * width], n);
  }

  /**
   * Adds a unit.
   *
   * @throws IllegalArgumentException when there are more or fewer counts than in other units, or a negative one
   */
  public void add(long[] first, long[] second) {
    if (first.length != width || second.length != width)
      throw new IllegalArgumentException(
          first.length + " and " + second.length + " counts, expected " + width + " each");
    pairs.add(pair(first, second), 1);
  }

  /**
   * Adds the units of another one.
   *
   * @throws IllegalArgumentException when its units have more or fewer counts
   */
  public void merge(PairedUnits other) {
    pairs.merge(other.pairs);
  }

  /** How many units there are. */
  public long size() {
    return pairs.size();
  }

  /** How many counts a unit has per system. */
  public int width() {
    return width;
  }

  /** How many different pairs of counts there are. */
  public int distinct() {
    return pairs.distinct();
  }

  /** In how many units the systems' counts differ. */
  public long differing() {
    long n = 0;
    for (Map.Entry<long[], Long> pair : pairs.entries()) {
      if (!Arrays.equals(first(pair.getKey()), second(pair.getKey()))) n += pair.getValue();
    }
    return n;
  }

  /** The units of the first system alone. */
  public Units first() {
    return side(this::first);
  }

  /** The units of the second system alone. */
  public Units second() {
    return side(this::second);
  }

  private Units side(Function<long[], long[]> half) {
    Units units = Units.of(width);
    for (Map.Entry<long[], Long> pair : pairs.entries())
      units.add(half.apply(pair.getKey()), pair.getValue());
    return units;
  }

  /** The same with the systems exchanged. */
  public PairedUnits swapped() {
    PairedUnits swapped = new PairedUnits(width);
    for (Map.Entry<long[], Long> pair : pairs.entries()) {
      swapped.pairs.add(swapped(pair.getKey()), pair.getValue());
    }
    return swapped;
  }

  long[] swapped(long[] pair) {
    return pair(second(pair), first(pair));
  }

  Tuples pairs() {
    return pairs;
  }

  long[] first(long[] pair) {
    return Arrays.copyOf(pair, width);
  }

  long[] second(long[] pair) {
    return Arrays.copyOfRange(pair, width, 2 * width);
  }

  private static long[] pair(long[] first, long[] second) {
    long[] pair = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, pair, first.length, second.length);
    return pair;
  }

  @Override
  public String toString() {
    return size() + " paired units, sums " + Arrays.toString(pairs.sums());
  }
}
