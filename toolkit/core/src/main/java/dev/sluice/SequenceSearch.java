package dev.sluice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The k best label sequences when labels are independent given the sentence: token by token, only the k best beginnings can matter. */
final class SequenceSearch {
  private SequenceSearch() {}

  private record Beginning(Beginning before, int label, double log) {}

  /**
   * Searches.
   *
   * @param p the probability of every label, [n, L]
   */
  static List<Tagger.Ranked> best(float[] p, int n, List<String> labels, int k) {
    int L = labels.size();
    List<Beginning> beam = List.of(new Beginning(null, -1, 0));
    Comparator<Beginning> bestFirst = Comparator.comparingDouble(b -> -b.log());
    for (int t = 0; t < n; t++) {
      List<Beginning> longer = new ArrayList<>(beam.size() * L);
      for (Beginning b : beam) {
        for (int j = 0; j < L; j++)
          longer.add(new Beginning(b, j, b.log() + Math.log(Math.max(p[t * L + j], 1e-45f))));
      }
      longer.sort(bestFirst);
      beam = List.copyOf(longer.subList(0, Math.min(k, longer.size())));
    }
    List<Tagger.Ranked> ranked = new ArrayList<>();
    for (Beginning end : beam) {
      String[] names = new String[n];
      Double[] probabilities = new Double[n];
      Beginning b = end;
      for (int t = n - 1; t >= 0; t--, b = b.before()) {
        names[t] = labels.get(b.label());
        probabilities[t] = (double) p[t * L + b.label()];
      }
      ranked.add(new Tagger.Ranked(List.of(names), List.of(probabilities), end.log()));
    }
    return ranked;
  }
}
