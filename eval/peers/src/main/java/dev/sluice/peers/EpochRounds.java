package dev.sluice.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Systems that train on or tag a whole corpus, measured in {@link Turns}. */
final class EpochRounds {
  private final EpochMeasure measure;
  private final List<? extends EpochPeer> peers;
  private final double[][] figures; // [peer][round]

  private EpochRounds(EpochMeasure measure, List<? extends EpochPeer> peers, int rounds) {
    this.measure = measure;
    this.peers = peers;
    figures = new double[peers.size()][rounds];
  }

  /** Once for warming up, which does not count, then the rounds. */
  static EpochRounds run(EpochMeasure measure, List<? extends EpochPeer> peers, int rounds)
      throws InterruptedException {
    EpochRounds result = new EpochRounds(measure, peers, rounds);
    Turns.run(peers.size(), 1, (p, round) -> result.run(p, "warming up"));
    Turns.run(
        peers.size(),
        rounds,
        (p, round) ->
            result.figures[p][round] = result.run(p, "round " + (round + 1) + "/" + rounds));
    return result;
  }

  private double run(int p, String when) {
    EpochPeer peer = peers.get(p);
    double figure = measure.run(peer);
    System.err.printf(
        Locale.ROOT,
        "%s  %s, %s: %s %,." + measure.decimals + "f%n",
        when,
        peer.system(),
        peer.variant(),
        measure.title,
        figure);
    return figure;
  }

  /**
   * A Markdown table of the peers and, below it, how the best of ours compares with the best of each.
   *
   * @param tokens the tokens of an epoch
   */
  String markdown(String ours, long tokens) {
    boolean train = measure == EpochMeasure.TRAIN;
    StringBuilder out = new StringBuilder("| system | variant | ").append(measure.title);
    out.append(
        train ? " | tokens/s | loss per token |\n|---|---|---|---|---|\n" : " |\n|---|---|---|\n");
    for (int p = 0; p < peers.size(); p++) {
      EpochPeer peer = peers.get(p);
      out.append(String.format(Locale.ROOT, "| %s | %s | ", peer.system(), peer.variant()));
      out.append(new Spread(figures[p]).text(measure.decimals)).append(" |");
      if (train) {
        double[] speeds = Arrays.stream(figures[p]).map(seconds -> tokens / seconds).toArray();
        out.append(' ').append(new Spread(speeds).text(0));
        out.append(String.format(Locale.ROOT, " | %.3f |", peer.loss()));
      }
      out.append('\n');
    }
    List<Comparison.Entrant> entrants =
        peers.stream().map(p -> new Comparison.Entrant(p.system(), p.variant())).toList();
    return out.append(new Comparison(entrants, figures, measure.more).markdown(ours)).toString();
  }
}
