package dev.sluice.pipeline;

import dev.sluice.kernel.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Deals groups of sentences to folds so that every fold gets its share of every label.
 *
 * <p>First iterative stratification for multi-label data: the label of which the fewest sentences are left is dealt next, each of its groups to the fold that lacks
 * most of the label, then to the one that lacks most sentences, then by chance. Source: Sechidis, Tsoumakas and Vlahavas 2011, On the Stratification of Multi-Label
 * Data, algorithm 1, with equal shares; groups instead of single examples, and large groups first, are our addition.
 *
 * <p>Where sentences have many labels this leaves some folds several sentences off, so groups are then moved or exchanged between a fold that has more than its
 * share of a label, rounded up, and one that has less, as long as this makes the sum of all squared differences from the shares smaller.
 */
final class Stratification {
  /** When so many groups and labels were looked at in search of exchanges, which takes seconds, the folds stay as they are. */
  private static final long MOST_WORK = 100_000_000;

  private static final int NONE = -1;

  /**
   * Sentences that must stay together.
   *
   * @param size how many there are
   * @param labels how many of them have a label, by label
   */
  record Group(int size, SortedMap<String, Integer> labels) {}

  private final int folds;
  private final long ties;
  private final int[][] labelsOf; // of a group: its labels as numbers by name; last, the size
  private final int[][] countsOf; // of a group: how many of its sentences have each of them
  private final int size; // the number that stands for the size among the labels
  private final long[] left; // of a label: sentences that have it and are not dealt yet
  private final long[][] lacks; // of a label and a fold: what is missing, times the folds
  private final int[] foldOf;
  private final int[] net; // of a label: how many a move takes from one fold to the other
  private long work; // groups and labels looked at in search of exchanges

  private Stratification(List<Group> groups, int folds, long seed) {
    this.folds = folds;
    ties = Noise.stream(seed, Noise.Purpose.FOLDS, folds, 1, 0);
    TreeSet<String> names = new TreeSet<>();
    for (Group group : groups) names.addAll(group.labels.keySet());
    List<String> sorted = List.copyOf(names);
    size = sorted.size();
    labelsOf = new int[groups.size()][];
    countsOf = new int[groups.size()][];
    left = new long[size + 1];
    for (int g = 0; g < labelsOf.length; g++) {
      Group group = groups.get(g);
      int n = group.labels.size(), i = 0;
      labelsOf[g] = new int[n + 1];
      countsOf[g] = new int[n + 1];
      for (var entry : group.labels.entrySet()) {
        labelsOf[g][i] = java.util.Collections.binarySearch(sorted, entry.getKey());
        countsOf[g][i++] = entry.getValue();
      }
      labelsOf[g][n] = size;
      countsOf[g][n] = group.size;
      for (i = 0; i <= n; i++) left[labelsOf[g][i]] += countsOf[g][i];
    }
    lacks = new long[size + 1][folds];
    for (int label = 0; label <= size; label++) Arrays.fill(lacks[label], left[label]);
    foldOf = new int[groups.size()];
    Arrays.fill(foldOf, NONE);
    net = new int[size + 1];
  }

  /**
   * The fold of each group, from 0.
   *
   * @param folds how many folds there are, at least 1
   * @param seed decides between folds that are equally good
   */
  static int[] deal(List<Group> groups, int folds, long seed) {
    Stratification s = new Stratification(groups, folds, seed);
    List<Integer> order = new ArrayList<>();
    int[] chance =
        Noise.permutation(Noise.stream(seed, Noise.Purpose.FOLDS, folds, 0, 0), groups.size());
    for (int g : chance) order.add(g);
    order.sort(Comparator.comparingInt(g -> -groups.get(g).size));
    for (int label = s.rarest(); label != NONE; label = s.rarest()) s.deal(order, label);
    s.deal(order, s.size);
    s.settle(order.stream().mapToInt(g -> g).toArray());
    return s.foldOf;
  }

  /** The label of which the fewest sentences are left, but some. */
  private int rarest() {
    int rarest = NONE;
    for (int label = 0; label < size; label++) {
      if (left[label] > 0 && (rarest == NONE || left[label] < left[rarest])) rarest = label;
    }
    return rarest;
  }

  private void deal(List<Integer> order, int label) {
    for (int g : order) {
      if (foldOf[g] != NONE || !has(g, label)) continue;
      int fold = neediest(lacks[label], g);
      foldOf[g] = fold;
      for (int i = 0; i < labelsOf[g].length; i++) {
        left[labelsOf[g][i]] -= countsOf[g][i];
        lacks[labelsOf[g][i]][fold] -= (long) folds * countsOf[g][i];
      }
    }
  }

  private boolean has(int g, int label) {
    return Arrays.binarySearch(labelsOf[g], label) >= 0;
  }

  private int neediest(long[] lack, int g) {
    int[] best = new int[folds];
    int count = 0;
    for (int fold = 0; fold < folds; fold++) {
      int order = count == 0 ? 1 : Long.compare(lack[fold], lack[best[0]]);
      if (order == 0) order = Long.compare(lacks[size][fold], lacks[size][best[0]]);
      if (order > 0) count = 0;
      if (order >= 0) best[count++] = fold;
    }
    return best[Noise.below(ties, g, count)];
  }

  /** Moves and exchanges groups until no label that is unevenly spread can be spread better. */
  private void settle(int[] order) {
    boolean better = true;
    while (better) {
      better = false;
      for (int label = 0; label <= size; label++) while (improve(order, label)) better = true;
    }
  }

  private boolean improve(int[] order, int label) {
    for (int rich = 0; rich < folds; rich++) {
      for (int poor = 0; poor < folds; poor++) {
        boolean uneven =
            lacks[label][poor] - lacks[label][rich] > folds
                && (lacks[label][rich] <= -folds || lacks[label][poor] >= folds);
        if (uneven && improve(order, label, rich, poor)) return true;
      }
    }
    return false;
  }

  private boolean improve(int[] order, int label, int rich, int poor) {
    for (int g : order) {
      if (++work > MOST_WORK) return false;
      if (foldOf[g] != rich || !has(g, label)) continue;
      add(g, 1);
      if (change(rich, poor, g, NONE)) return true;
      for (int h : order) {
        if (foldOf[h] != poor) continue;
        add(h, -1);
        if (change(rich, poor, g, h)) return true;
        add(h, 1);
      }
      add(g, -1);
    }
    return false;
  }

  private void add(int g, int sign) {
    for (int i = 0; i < labelsOf[g].length; i++) net[labelsOf[g][i]] += sign * countsOf[g][i];
  }

  /** Gives g to the poor fold and, if there is one, h to the rich one, if that makes the sum of squares smaller. */
  private boolean change(int rich, int poor, int g, int h) {
    work += labelsOf[g].length + (h == NONE ? 0 : labelsOf[h].length);
    // (r + kd)² + (p - kd)² - r² - p² = 2k (d (r - p) + k d²), where r and p are lacks times k
    long difference = 0;
    for (int label : labelsOf[g]) difference += term(label, rich, poor);
    if (h != NONE) {
      for (int label : labelsOf[h]) if (!has(g, label)) difference += term(label, rich, poor);
    }
    if (difference >= 0) return false;
    move(g, rich, poor);
    if (h != NONE) move(h, poor, rich);
    Arrays.fill(net, 0);
    return true;
  }

  private long term(int label, int rich, int poor) {
    long d = net[label];
    return d * (lacks[label][rich] - lacks[label][poor]) + folds * d * d;
  }

  private void move(int g, int from, int to) {
    foldOf[g] = to;
    for (int i = 0; i < labelsOf[g].length; i++) {
      long moved = (long) folds * countsOf[g][i];
      lacks[labelsOf[g][i]][from] += moved;
      lacks[labelsOf[g][i]][to] -= moved;
    }
  }
}
