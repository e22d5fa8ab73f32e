package dev.sluice.network;

import dev.sluice.batch.Ragged;
import dev.sluice.batch.Spellings;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Reader;
import java.util.Arrays;
import java.util.List;

/**
 * A bidirectional LSTM or GRU over the letters of a word; the word's vector is the last state of both directions side by side.
 * <pre>
 *   letters [V,D]    x[t] = letters[c(t)]    out = (forward state at the last letter, backward state at the first)
 * </pre>
 * Source: Lample et al. 2016, arXiv:1603.01360, section 4.1. The words are ragged sequences, so no letter is padding and a word's vector does not depend on the words beside
 * it.
 */
final class CharacterRnn implements CharacterEncoder {
  /** What a recurrent layer would use to mask gradients; letters have no dropout. */
  private static final float[] NO_SCRATCH = {};

  private final int H;
  private final int ldo; // both directions, padded
  private final Block letters;
  private final Recurrent[] directions;

  CharacterRnn(Parameters.Layout layout, NetworkShape.Input.Characters shape) {
    H = shape.size();
    ldo = Kernels.padded(2 * H);
    letters = layout.dense(shape.name() + ".letter", shape.vocabulary(), 1, shape.dimension());
    directions = new Recurrent[2];
    for (int d = 0; d < 2; d++) {
      String name = shape.name() + (d == 0 ? ".forward" : ".backward");
      CellConfig cell = cell(shape.reader());
      directions[d] =
          new Recurrent(layout, name, cell, letters.width(), H, d == 1, List.of(), false);
    }
  }

  private static CellConfig cell(Reader reader) {
    return switch (reader) {
      case LSTM -> new CellConfig.Lstm();
      case GRU -> new CellConfig.Gru();
      case CNN -> throw new IllegalArgumentException("a cnn is not recurrent");
    };
  }

  private static final class Pass extends State {
    final CellState[] states = new CellState[2];
    final int ld; // of a letter's vector
    float[] x = new float[0]; // [letters of all words, ld]
    float[] dx = new float[0];

    Pass(Recurrent[] directions, int ld) {
      for (int d = 0; d < 2; d++) states[d] = directions[d].state();
      this.ld = ld;
    }

    @Override
    long numbers(Spellings words, boolean training) {
      long perRow = (training ? 2L : 1L) * ld;
      for (CellState s : states) perRow += s.perRow(training);
      return words.layout().rows() * perRow;
    }

    @Override
    long longest(Spellings words) {
      return (long) words.layout().rows() * Math.max(ld, states[0].G * states[0].H);
    }
  }

  @Override
  public int width() {
    return 2 * H;
  }

  @Override
  public State state() {
    return new Pass(directions, letters.ld());
  }

  @Override
  public void pack(Kernels k, float[] dense, boolean training) {
    for (Recurrent direction : directions) direction.pack(k, dense, training);
  }

  @Override
  public void initialise(Parameters p, Recurrent.Initial initial) {
    initial.uniform(p.dense(), letters, Math.sqrt(3.0 / letters.width()));
    for (Recurrent direction : directions) direction.initialise(p, initial);
  }

  @Override
  public void forward(Kernels k, float[] dense, Spellings words, State state, boolean training) {
    Pass s = (Pass) state;
    Ragged layout = words.layout();
    int rows = layout.rows(), ld = s.ld;
    s.x = Workspace.room(s.x, rows * ld);
    s.out = Workspace.room(s.out, words.count() * ldo);
    for (int r = 0; r < rows; r++)
      System.arraycopy(dense, letters.at() + words.letters()[r] * ld, s.x, r * ld, ld);
    for (int d = 0; d < 2; d++) {
      CellState c = s.states[d];
      c.reserve(rows, words.count(), training);
      directions[d].forward(k, dense, layout, c, s.x, ld);
      for (int w = 0; w < words.count(); w++)
        System.arraycopy(c.h, lastRow(layout, w, d) * c.H, s.out, w * ldo + d * H, H);
    }
  }

  /** The row that holds the last state of word w: at its last letter, and for the backward direction at its first. */
  private static int lastRow(Ragged layout, int w, int direction) {
    return layout.row(direction == 0 ? layout.length(w) - 1 : 0, w);
  }

  @Override
  public void backward(Kernels k, float[] dense, Spellings words, State state, float[] g) {
    Pass s = (Pass) state;
    Ragged layout = words.layout();
    int rows = layout.rows(), ld = s.ld;
    s.dx = Workspace.room(s.dx, rows * ld);
    for (int d = 0; d < 2; d++) {
      CellState c = s.states[d];
      Arrays.fill(c.dh, 0, rows * c.H, 0f);
      for (int w = 0; w < words.count(); w++)
        System.arraycopy(s.dOut, w * ldo + d * H, c.dh, lastRow(layout, w, d) * c.H, H);
      directions[d].backward(k, layout, c, s.x, ld, g, s.dx, d > 0, NO_SCRATCH);
    }
    for (int r = 0; r < rows; r++) {
      int to = letters.at() + words.letters()[r] * ld;
      for (int j = 0; j < ld; j++) g[to + j] += s.dx[r * ld + j];
    }
  }
}
