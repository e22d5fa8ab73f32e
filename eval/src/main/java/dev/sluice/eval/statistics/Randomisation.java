package dev.sluice.eval.statistics;

import dev.sluice.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Paired approximate randomisation: if two systems are equally good, exchanging their answers in any units makes no difference but by chance. Each unit is exchanged or
 * not, both with probability 1/2; with up to {@value #EXACT} units in which the systems differ all 2ᵏ exchanges are counted instead of drawn. Units with the same two
 * tuples, whichever system did which, are exchanged together: of n of them a binomial number, so that exchanging the systems changes no result but the sign of delta.
 *
 * <p>Source: Noreen, Computer Intensive Methods for Testing Hypotheses, 1989; for F1, Yeh 2000, More accurate tests for the statistical significance of result
 * differences.
 *
 * @param rounds how many exchanges to draw, at least 1
 * @param seed of all random numbers
 * @param threads how many to use; the result is the same for any number
 */
public record Randomisation(int rounds, long seed, int threads) {
  /** How many exchanges are usual. */
  public static final int ROUNDS = 10_000;

  /** Up to so many differing units all exchanges are counted. */
  public static final int EXACT = 16;

  /** Checks the numbers. */
  public Randomisation {
    if (rounds < 1) throw new IllegalArgumentException(rounds + " rounds, expected at least 1");
    if (threads < 1) throw new IllegalArgumentException(threads + " threads, expected at least 1");
  }

  /** With {@value #ROUNDS} exchanges. */
  public static Randomisation of(long seed, int threads) {
    return new Randomisation(ROUNDS, seed, threads);
  }

  /** Tests the difference of two scores; empty when one of the observed scores is undefined. */
  public Optional<Permutations> test(PairedUnits units, Measure measure) {
    OptionalDouble first = units.first().score(measure);
    OptionalDouble second = units.second().score(measure);
    if (first.isEmpty() || second.isEmpty()) return Optional.empty();
    Permutations.Counter counter =
        new Permutations.Counter(first.getAsDouble() - second.getAsDouble(), 1);
    Exchange exchange = new Exchange(units, measure);
    if (units.differing() <= EXACT) {
      exchange.countAll(counter);
      return Optional.of(counter.exact());
    }
    double[] deltas = new double[rounds];
    try (Workers workers = new Workers(threads)) {
      workers.run(
          rounds, i -> deltas[i] = exchange.draw(Draws.of(seed, Draws.Purpose.RANDOMISATION, i)));
    }
    for (double delta : deltas) counter.add(delta, 1);
    return Optional.of(counter.drawn());
  }

  /** Units with two different tuples, the lexically smaller one first, and how many of them there are. */
  private record Group(long[] smaller, long[] larger, long units) {}

  /** What may be exchanged. All sums start with the smaller tuples on the first side; of each group some are then turned round. */
  private static final class Exchange {
    private final Measure measure;
    private final List<Group> groups = new ArrayList<>();
    private final long[] first;
    private final long[] second;

    Exchange(PairedUnits units, Measure measure) {
      this.measure = measure;
      first = new long[units.width()];
      second = new long[units.width()];
      SortedMap<long[], Long> unordered = new TreeMap<>(Arrays::compare);
      for (Map.Entry<long[], Long> entry : units.pairs().entries()) {
        long[] pair = entry.getKey();
        boolean ordered = Arrays.compare(units.first(pair), units.second(pair)) <= 0;
        long[] key = ordered ? pair : units.swapped(pair);
        unordered.merge(key, entry.getValue(), Long::sum);
      }
      unordered.forEach((pair, n) -> add(units.first(pair), units.second(pair), n));
    }

    private void add(long[] smaller, long[] larger, long n) {
      for (int i = 0; i < smaller.length; i++) {
        first[i] += n * smaller[i];
        second[i] += n * larger[i];
      }
      if (!Arrays.equals(smaller, larger)) groups.add(new Group(smaller, larger, n));
    }

    /** Turns n units of a group round, or back when n is negative. */
    private static void turn(Group group, long n, long[] first, long[] second) {
      for (int i = 0; i < first.length; i++) {
        long gain = n * (group.larger[i] - group.smaller[i]);
        first[i] += gain;
        second[i] -= gain;
      }
    }

    double draw(Draws draws) {
      long[] one = first.clone();
      long[] other = second.clone();
      for (Group group : groups) turn(group, draws.heads(group.units), one, other);
      return delta(one, other);
    }

    void countAll(Permutations.Counter counter) {
      countAll(0, 1, first.clone(), second.clone(), counter);
    }

    private void countAll(
        int g, long times, long[] one, long[] other, Permutations.Counter counter) {
      if (g == groups.size()) {
        counter.add(delta(one, other), times);
        return;
      }
      Group group = groups.get(g);
      long ways = 1; // to choose x of the group's n units
      for (long x = 0; x <= group.units; x++) {
        countAll(g + 1, times * ways, one, other, counter);
        turn(group, 1, one, other);
        ways = ways * (group.units - x) / (x + 1);
      }
      turn(group, -(group.units + 1), one, other);
    }

    private double delta(long[] one, long[] other) {
      return measure.score(one).orElse(Double.NaN) - measure.score(other).orElse(Double.NaN);
    }
  }
}
