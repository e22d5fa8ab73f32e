package dev.sluice.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Peers measured in {@link Turns}. */
final class Rounds {
  private final Measure measure;
  private final List<? extends TaggingPeer> peers;
  private final double[][] figures; // [peer][round]
  private final double[][] beside; // the same for what stands beside: 99th percentile, loss, or 0

  private Rounds(Measure measure, List<? extends TaggingPeer> peers, int rounds) {
    this.measure = measure;
    this.peers = peers;
    figures = new double[peers.size()][rounds];
    beside = new double[peers.size()][rounds];
  }

  /** One round for warming up that does not count, then the rounds. */
  static Rounds run(
      Measure measure, List<? extends TaggingPeer> peers, int rounds, Duration duration)
      throws InterruptedException {
    Rounds result = new Rounds(measure, peers, rounds);
    for (TaggingPeer peer : peers) peer.round(measure, duration);
    Turns.run(
        peers.size(),
        rounds,
        (p, round) -> {
          double[] figure = peers.get(p).round(measure, duration);
          result.figures[p][round] = figure[0];
          result.beside[p][round] = figure.length > 1 ? figure[1] : 0;
          System.err.printf(
              Locale.ROOT,
              "round %d/%d  %-10s %-26s %s %,.0f%n",
              round + 1,
              rounds,
              peers.get(p).system(),
              peers.get(p).variant(measure),
              measure.title,
              figure[0]);
        });
    return result;
  }

  /** A Markdown table of the peers and, below it, how the best of ours compares with the best of each. */
  String markdown(String ours) {
    return table() + comparison().markdown(ours);
  }

  /** A Markdown table of the peers. */
  String table() {
    StringBuilder out = new StringBuilder();
    boolean tail = measure == Measure.SENTENCE;
    boolean train = measure == Measure.TRAIN;
    out.append("| system | variant | ").append(measure.title).append(" |");
    out.append(tail ? " 99th percentile, µs |" : "").append(train ? " loss |" : "");
    out.append("\n|---|---|---|").append(tail || train ? "---|" : "").append('\n');
    for (int p = 0; p < peers.size(); p++) {
      TaggingPeer peer = peers.get(p);
      double last = beside[p][beside[p].length - 1];
      out.append(String.format(Locale.ROOT, "| %s | %s | ", peer.system(), peer.variant(measure)));
      out.append(new Spread(figures[p]).text(measure.decimals)).append(" |");
      if (tail) out.append(' ').append(new Spread(beside[p]).text(measure.decimals)).append(" |");
      if (train) out.append(String.format(Locale.ROOT, " %.2f |", last));
      out.append('\n');
    }
    return out.toString();
  }

  /** A line on how many times as fast the best of ours is as the best of another system. */
  String comparison(String ours, String other) {
    return comparison().line(ours, other);
  }

  private Comparison comparison() {
    List<Comparison.Entrant> entrants =
        peers.stream()
            .map(peer -> new Comparison.Entrant(peer.system(), peer.variant(measure)))
            .toList();
    return new Comparison(entrants, figures, measure.more);
  }
}
