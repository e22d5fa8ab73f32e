package dev.sluice.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Rounds in which the peers take turns, so that a change of the machine's mood meets all of them. The
 * order turns round from one round to the next: nobody always runs after the same neighbour.
 */
final class Rounds {
  private static final long PAUSE_MILLIS = 200; // lets native worker threads stop spinning

  private final Measure measure;
  private final List<Peer> peers;
  private final double[][] figures; // [peer][round]
  private final double[][] tails; // the same for the 99th percentile, 0 where there is none

  private Rounds(Measure measure, List<Peer> peers, int rounds) {
    this.measure = measure;
    this.peers = peers;
    figures = new double[peers.size()][rounds];
    tails = new double[peers.size()][rounds];
  }

  /** One round for warming up that does not count, then the rounds. */
  static Rounds run(Measure measure, List<Peer> peers, int rounds, Duration duration)
      throws InterruptedException {
    Rounds result = new Rounds(measure, peers, rounds);
    for (Peer peer : peers) measure.run(peer, duration);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < peers.size(); i++) {
        int p = round % 2 == 0 ? i : peers.size() - 1 - i;
        Thread.sleep(PAUSE_MILLIS);
        double[] figure = measure.run(peers.get(p), duration);
        result.figures[p][round] = figure[0];
        result.tails[p][round] = figure.length > 1 ? figure[1] : 0;
        System.err.printf(
            Locale.ROOT,
            "round %d/%d  %-10s %-26s %s %,.0f%n",
            round + 1,
            rounds,
            peers.get(p).system(),
            peers.get(p).variant(measure),
            measure.title,
            figure[0]);
      }
    }
    return result;
  }

  /** A Markdown table of the peers and, below it, how the best of ours compares with the best of each. */
  String markdown(String ours) {
    StringBuilder out = new StringBuilder();
    boolean tail = measure == Measure.SENTENCE;
    boolean train = measure == Measure.TRAIN;
    out.append("| system | variant | ").append(measure.title).append(" |");
    out.append(tail ? " 99th percentile, µs |" : "").append(train ? " loss |" : "");
    out.append("\n|---|---|---|").append(tail || train ? "---|" : "").append('\n');
    for (int p = 0; p < peers.size(); p++) {
      Peer peer = peers.get(p);
      out.append(String.format(Locale.ROOT, "| %s | %s | ", peer.system(), peer.variant(measure)));
      out.append(new Spread(figures[p]).text(measure.decimals)).append(" |");
      if (tail) out.append(' ').append(new Spread(tails[p]).text(measure.decimals)).append(" |");
      if (train) out.append(String.format(Locale.ROOT, " %.2f |", peer.loss()));
      out.append('\n');
    }
    best(ours).ifPresent(mine -> compare(mine, ours, out));
    return out.toString();
  }

  private void compare(int mine, String ours, StringBuilder out) {
    Set<String> others = new LinkedHashSet<>();
    for (Peer peer : peers) others.add(peer.system());
    others.remove(ours);
    for (String other : others) {
      int theirs = best(other).orElseThrow();
      double[] ratios = new double[figures[mine].length];
      for (int r = 0; r < ratios.length; r++) {
        ratios[r] = measure.ratio(figures[mine][r], figures[theirs][r]);
      }
      out.append(
          String.format(
              Locale.ROOT,
              "%n**%s is %s times as fast as %s** (%s; %s), round by round.%n",
              ours,
              new Spread(ratios).text(2),
              other,
              peers.get(mine).variant(measure),
              peers.get(theirs).variant(measure)));
    }
  }

  /** The variant of a system with the best median. */
  private Optional<Integer> best(String system) {
    List<Integer> variants = new ArrayList<>();
    for (int p = 0; p < peers.size(); p++) {
      if (peers.get(p).system().equals(system)) variants.add(p);
    }
    Comparator<Integer> byMedian = Comparator.comparingDouble(p -> new Spread(figures[p]).median());
    return variants.stream().max(measure.more ? byMedian : byMedian.reversed());
  }
}
