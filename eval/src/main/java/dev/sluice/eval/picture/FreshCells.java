package dev.sluice.eval.picture;

import dev.sluice.network.CellConfig;
import dev.sluice.network.GradientReach;
import java.util.List;
import java.util.stream.Stream;

/** Untrained plain cells of every kind beside each other, always the same ones: what is easy or hard for a kind of cell, whatever the model. */
public final class FreshCells {
  /** H, the width of each. */
  public static final int UNITS = 64;

  /** T, how many steps of random input they read. */
  public static final int STEPS = 50;

  /** Decides weights and input. */
  public static final long SEED = 1;

  private FreshCells() {}

  /** How far the gradient reaches in each kind of cell, as training begins with it. */
  public static List<GradientReach> reach() {
    return Stream.of(new CellConfig.Rnn(), new CellConfig.Lstm(), new CellConfig.Gru())
        .map(cell -> GradientReach.untrained(cell, UNITS, STEPS, SEED))
        .toList();
  }

  /** Says what was measured. */
  public static String title() {
    return title(UNITS, STEPS, SEED);
  }

  /** The same of cells that were measured elsewhere. */
  public static String title(int units, int steps, long seed) {
    return "Fresh cells of "
        + units
        + " units over "
        + steps
        + " steps of random input, seed "
        + seed;
  }
}
