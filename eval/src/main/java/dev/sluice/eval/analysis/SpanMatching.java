package dev.sluice.eval.analysis;

import dev.sluice.label.Span;
import java.util.ArrayList;
import java.util.List;

/** Ways to pair the gold spans of a sentence with its predicted ones, each at most once. Spans of one side stand in order and do not overlap. */
final class SpanMatching {
  private SpanMatching() {}

  /**
   * A gold span, a predicted one, or two that belong together.
   *
   * @param gold place in the list of gold spans, -1 when the predicted span has no partner
   * @param predicted place in the list of predicted spans, -1 when the gold span has no partner
   */
  record Pair(int gold, int predicted) {
    boolean matched() {
      return gold >= 0 && predicted >= 0;
    }
  }

  /**
   * The pairs that share most tokens in all; where several ways are equal, the leftmost spans are paired. In the order of the text; spans without a partner stand alone.
   * <pre>
   *   best[g][p] = max of overlap(g, p) + best[g+1][p+1] if they overlap, best[g+1][p], best[g][p+1]
   * </pre>
   */
  static List<Pair> byOverlap(List<Span> gold, List<Span> predicted) {
    List<Pair> pairs = new ArrayList<>();
    int g = 0, p = 0;
    while (g < gold.size() || p < predicted.size()) {
      int fromGold = g, fromPredicted = p;
      int end = 0; // of the text that the spans of this group cover
      while (true) {
        boolean first = g == fromGold && p == fromPredicted;
        boolean goldNext =
            g < gold.size()
                && (p == predicted.size() || gold.get(g).start() <= predicted.get(p).start());
        if (!goldNext && p == predicted.size()) break;
        Span next = goldNext ? gold.get(g) : predicted.get(p);
        if (!first && next.start() >= end) break;
        end = Math.max(end, next.end());
        if (goldNext) g++;
        else p++;
      }
      for (Pair pair : ofGroup(gold.subList(fromGold, g), predicted.subList(fromPredicted, p)))
        pairs.add(
            new Pair(
                pair.gold < 0 ? -1 : pair.gold + fromGold,
                pair.predicted < 0 ? -1 : pair.predicted + fromPredicted));
    }
    return pairs;
  }

  /** The same of spans that hang together by overlaps, and share no token with any other. */
  private static List<Pair> ofGroup(List<Span> gold, List<Span> predicted) {
    int G = gold.size(), P = predicted.size();
    int[][] best = new int[G + 1][P + 1];
    for (int g = G - 1; g >= 0; g--) {
      for (int p = P - 1; p >= 0; p--) {
        int shared = overlap(gold.get(g), predicted.get(p));
        int apart = Math.max(best[g + 1][p], best[g][p + 1]);
        best[g][p] = shared > 0 ? Math.max(shared + best[g + 1][p + 1], apart) : apart;
      }
    }
    List<Pair> pairs = new ArrayList<>();
    int g = 0, p = 0;
    while (g < G && p < P) {
      int shared = overlap(gold.get(g), predicted.get(p));
      if (shared > 0 && best[g][p] == shared + best[g + 1][p + 1]) {
        pairs.add(new Pair(g++, p++));
      } else if (best[g + 1][p] == best[g][p + 1]) {
        boolean goldFirst = gold.get(g).start() <= predicted.get(p).start();
        pairs.add(goldFirst ? new Pair(g++, -1) : new Pair(-1, p++));
      } else {
        pairs.add(best[g + 1][p] > best[g][p + 1] ? new Pair(g++, -1) : new Pair(-1, p++));
      }
    }
    while (g < G) pairs.add(new Pair(g++, -1));
    while (p < P) pairs.add(new Pair(-1, p++));
    return pairs;
  }

  /**
   * Each predicted span, from left to right, takes the first gold span that it overlaps and that has no partner yet; the rule of most tools for the measures of
   * SemEval-2013, which may pair a prediction with the worse of two gold spans.
   */
  static List<Pair> leftToRight(List<Span> gold, List<Span> predicted) {
    List<Pair> pairs = new ArrayList<>();
    boolean[] taken = new boolean[gold.size()];
    int from = 0;
    for (int p = 0; p < predicted.size(); p++) {
      while (from < gold.size() && gold.get(from).end() <= predicted.get(p).start()) from++;
      int first = -1;
      int end = predicted.get(p).end();
      for (int g = from; g < gold.size() && first < 0 && gold.get(g).start() < end; g++)
        if (!taken[g] && overlap(gold.get(g), predicted.get(p)) > 0) first = g;
      if (first >= 0) taken[first] = true;
      pairs.add(new Pair(first, p));
    }
    for (int g = 0; g < taken.length; g++) if (!taken[g]) pairs.add(new Pair(g, -1));
    return pairs;
  }

  /** How many tokens two spans share. */
  static int overlap(Span one, Span other) {
    return Math.max(0, Math.min(one.end(), other.end()) - Math.max(one.start(), other.start()));
  }
}
