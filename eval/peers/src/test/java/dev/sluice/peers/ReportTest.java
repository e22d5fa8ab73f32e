package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Medians, ratios and arguments: what stands between the clock and the table. */
class ReportTest {

  @Test
  void spreadGivesMedianRangeAndQuantiles() {
    Spread spread = new Spread(new double[] {4, 1, 2, 3});
    assertEquals(2.5, spread.median());
    assertEquals(3.7, spread.quantile(0.9), 1e-12);
    assertEquals("2.5 (1.0..4.0)", spread.text(1));
  }

  /** Ours does 30 and 40 where the better of theirs does 20 and 10: 1.5 and 4 times, 2.75 in the middle. */
  @Test
  void tableComparesTheBestVariantsRoundByRound() throws InterruptedException {
    List<Peer> peers =
        List.of(
            new Scripted("libtorch", "slow", 1, 1),
            new Scripted("libtorch", "fast", 20, 10),
            new Scripted("sluice", "only", 30, 40));
    String table = Rounds.run(Measure.TRAIN, peers, 2, Duration.ZERO).markdown("sluice");
    assertTrue(table.contains("| libtorch | fast | 15 (10..20) | 0.50 |"), table);
    assertTrue(table.contains("sluice is 2.75 (1.50..4.00) times as fast as libtorch"), table);
    assertTrue(table.contains("(only; fast)"), table);
  }

  /** For a time, less is better, in choosing the best variant and in the ratio. */
  @Test
  void comparisonTurnsRoundForTimes() {
    List<Comparison.Entrant> entrants =
        List.of(
            new Comparison.Entrant("sluice", "slow"),
            new Comparison.Entrant("sluice", "fast"),
            new Comparison.Entrant("libtorch", "only"));
    double[][] seconds = {{100}, {50}, {100}};
    String times = new Comparison(entrants, seconds, false).markdown("sluice");
    assertTrue(times.contains("sluice is 2.00 (2.00..2.00) times as fast as libtorch"), times);
    assertTrue(times.contains("(fast; only)"), times);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertEquals(
        List.of(new Stack(1, 200), new Stack(2, 256)),
        Options.read("--hidden", "200,2x256", "--rounds", "3").stacks());
    var wrong = assertThrows(IllegalArgumentException.class, () -> Options.read("--hiden", "2"));
    assertTrue(wrong.getMessage().contains("--hiden"));
    assertThrows(IllegalArgumentException.class, () -> Options.read("--threads", "two"));
    assertThrows(IllegalArgumentException.class, () -> Options.read("--threads"));
    for (String stack : new String[] {"0", "x2", "2x", "2x0", "1x2x3"})
      assertThrows(IllegalArgumentException.class, () -> Stack.of(stack), stack);
  }

  /** A peer whose figures are known: the first round warms up, then come the given ones. */
  private static final class Scripted implements Peer {
    private final String system;
    private final String variant;
    private final double[] figures;
    private int calls;

    Scripted(String system, String variant, double... figures) {
      this.system = system;
      this.variant = variant;
      this.figures = figures;
    }

    @Override
    public String system() {
      return system;
    }

    @Override
    public String variant(Measure measure) {
      return variant;
    }

    @Override
    public double trainTokensPerSecond(Duration duration) {
      return calls++ == 0 ? 1000 : figures[calls - 2];
    }

    @Override
    public double loss() {
      return 0.5;
    }

    @Override
    public double tagTokensPerSecond(Duration duration) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double[] sentenceMicros(Duration duration) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
