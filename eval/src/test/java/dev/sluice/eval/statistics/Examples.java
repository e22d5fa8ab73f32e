package dev.sluice.eval.statistics;

import dev.sluice.metric.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Units for tests: the worked examples, and random ones that a failure can draw again with {@code -Dtest.seed=N}. */
final class Examples {
  private static final long SEED = Long.getLong("test.seed", 20261121L);

  /** The worked example: F1 .857142857 and .631578947. */
  static final Counts[] A = {
    new Counts(3, 0, 0),
    new Counts(2, 1, 0),
    new Counts(1, 0, 1),
    new Counts(2, 0, 0),
    new Counts(1, 1, 0)
  };

  static final Counts[] B = {
    new Counts(2, 1, 1),
    new Counts(1, 1, 1),
    new Counts(1, 0, 1),
    new Counts(1, 0, 1),
    new Counts(1, 1, 0)
  };

  static {
    System.out.println("seeds: replay with -Dtest.seed=" + SEED);
  }

  private Examples() {}

  /** What both systems did in a unit. */
  record Pair(Counts first, Counts second) {}

  static SplittableRandom random(long n) {
    return new SplittableRandom(SEED * 1_000_003 + n);
  }

  static Units units(Counts... counts) {
    Units units = Units.ofSpans();
    for (Counts unit : counts) units.add(unit);
    return units;
  }

  static PairedUnits paired(Counts[] first, Counts[] second) {
    PairedUnits units = PairedUnits.ofSpans();
    for (int i = 0; i < first.length; i++) units.add(first[i], second[i]);
    return units;
  }

  static PairedUnits paired(List<Pair> pairs) {
    PairedUnits units = PairedUnits.ofSpans();
    for (Pair pair : pairs) units.add(pair.first, pair.second);
    return units;
  }

  /** n sentences of 0 to 6 gold spans, each found by a system with its probability; a system also finds some that are none. */
  static List<Pair> sentences(SplittableRandom random, int n, double first, double second) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int gold = random.nextInt(7);
      pairs.add(new Pair(counts(random, gold, first), counts(random, gold, second)));
    }
    return pairs;
  }

  private static Counts counts(SplittableRandom random, int gold, double share) {
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < gold; i++) {
      if (random.nextDouble() < share) found++;
      else if (random.nextBoolean()) wrong++;
    }
    if (random.nextInt(10) == 0) wrong++;
    return new Counts(found, wrong, gold - found);
  }

  static <T> List<T> shuffled(List<T> list, SplittableRandom random) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }
}
