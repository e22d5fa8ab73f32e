package dev.sluice.eval.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A multiset of equally long tuples of counts. It is read in an order of its own, so the order of adding is forgotten. */
final class Tuples {
  private final int width;
  private final SortedMap<long[], Long> times = new TreeMap<>(Arrays::compare);
  private final long[] sums;
  private long size;

  Tuples(int width) {
    if (width < 1) throw new IllegalArgumentException(width + " counts, expected at least 1");
    this.width = width;
    sums = new long[width];
  }

  int width() {
    return width;
  }

  /** How many tuples there are. */
  long size() {
    return size;
  }

  /** How many different ones. */
  int distinct() {
    return times.size();
  }

  /** The sum over all tuples: width numbers. */
  long[] sums() {
    return sums.clone();
  }

  /** Adds a tuple n times; keeps the array. */
  void add(long[] tuple, long n) {
    checkWidth(tuple.length);
    for (long count : tuple) {
      if (count < 0)
        throw new IllegalArgumentException("a count of " + count + ", expected at least 0");
    }
    times.merge(tuple, n, Math::addExact);
    for (int i = 0; i < width; i++)
      sums[i] = Math.addExact(sums[i], Math.multiplyExact(n, tuple[i]));
    size += n;
  }

  void merge(Tuples other) {
    checkWidth(other.width);
    other.entries().forEach(entry -> add(entry.getKey(), entry.getValue()));
  }

  private void checkWidth(int found) {
    if (found != width) throw new IllegalArgumentException(found + " counts, expected " + width);
  }

  /** The different tuples and how often each is there, in lexical order. */
  List<Map.Entry<long[], Long>> entries() {
    return List.copyOf(times.entrySet());
  }

  /** The same, the most frequent ones first. */
  List<Map.Entry<long[], Long>> mostFrequentFirst() {
    Comparator<Map.Entry<long[], Long>> order = Map.Entry.comparingByValue();
    return times.entrySet().stream().sorted(order.reversed()).toList(); // a stable sort
  }
}
