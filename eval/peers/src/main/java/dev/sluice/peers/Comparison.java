package dev.sluice.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the best variants of systems compare.
 *
 * @param entrants what was measured
 * @param figures their figures, [entrant][round]
 * @param more whether more is better
 */
record Comparison(List<Entrant> entrants, double[][] figures, boolean more) {

  /** A variant of a system. */
  record Entrant(String system, String variant) {}

  /** The variant of a system with the best median. */
  Optional<Integer> best(String system) {
    List<Integer> variants = new ArrayList<>();
    for (int e = 0; e < entrants.size(); e++) {
      if (entrants.get(e).system().equals(system)) variants.add(e);
    }
    Comparator<Integer> byMedian = Comparator.comparingDouble(e -> new Spread(figures[e]).median());
    return variants.stream().max(more ? byMedian : byMedian.reversed());
  }

  /** In Markdown, how many times as fast the best of ours is as the best of each other system, round by round; nothing if we were not measured. */
  String markdown(String ours) {
    if (best(ours).isEmpty()) return "";
    Set<String> others = new LinkedHashSet<>();
    for (Entrant entrant : entrants) others.add(entrant.system());
    others.remove(ours);
    StringBuilder out = new StringBuilder();
    for (String other : others) out.append(line(ours, other));
    return out.toString();
  }

  /** The same for one other system. */
  String line(String ours, String other) {
    int mine = best(ours).orElseThrow(), theirs = best(other).orElseThrow();
    double[] ratios = new double[figures[mine].length];
    for (int r = 0; r < ratios.length; r++) ratios[r] = ratio(figures[mine][r], figures[theirs][r]);
    return String.format(
        Locale.ROOT,
        "%n**%s is %s times as fast as %s** (%s; %s), round by round.%n",
        ours,
        new Spread(ratios).text(2),
        other,
        entrants.get(mine).variant(),
        entrants.get(theirs).variant());
  }

  private double ratio(double ours, double theirs) {
    return more ? ours / theirs : theirs / ours;
  }
}
