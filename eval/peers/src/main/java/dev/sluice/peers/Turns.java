package dev.sluice.peers;

/**
 * Rounds in which entrants take turns, so that a change of the machine's mood meets all of them. The order turns round from one round to the next: nobody always runs
 * after the same neighbour.
 */
public final class Turns {
  private static final long PAUSE_MILLIS = 200; // lets native worker threads stop spinning

  private Turns() {}

  /** One turn of an entrant. */
  @FunctionalInterface
  public interface Turn {
    /** Does and records the work. */
    void take(int entrant, int round);
  }

  /** Gives every entrant one turn in every round. */
  public static void run(int entrants, int rounds, Turn turn) throws InterruptedException {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < entrants; i++) {
        Thread.sleep(PAUSE_MILLIS);
        turn.take(round % 2 == 0 ? i : entrants - 1 - i, round);
      }
    }
  }
}
