package dev.sluice.metric;

/** Counts how many cases are right. */
final class Tally {
  private long right;
  private long total;

  void add(boolean isRight) {
    if (isRight) right++;
    total++;
  }

  void merge(Tally other) {
    right += other.right;
    total += other.total;
  }

  Ratio ratio() {
    return new Ratio(right, total);
  }
}
