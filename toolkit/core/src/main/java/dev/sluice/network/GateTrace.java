package dev.sluice.network;

import dev.sluice.batch.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gates of one direction of a layer did over a sentence. Row t is token t of the sentence in both directions, whichever way it was read; none of the numbers
 * is padding.
 *
 * @param layer which layer, 0 the one above the inputs
 * @param backward whether the layer reads from the end
 * @param cell the recurrent cell
 * @param gates i, f, g, o of an LSTM, whether each is learned or 1 minus another; r, z, n of a GRU, or z, n; h of a simple recurrent network and of a window, which have no gates
 * @param hidden the states h, [T,P]; P is H unless there is a projection
 */
public record GateTrace(
    int layer, boolean backward, CellConfig cell, List<Activation> gates, float[][] hidden) {

  /** What a number of a cell decides; the order of a cell's gates is that in which its weights stand. */
  public enum Gate {
    /** How much of the candidate enters the memory (LSTM). */
    INPUT("i", true),
    /** How much of the memory is kept (LSTM). */
    FORGET("f", true),
    /** What is offered to the memory (LSTM). */
    CELL("g", false),
    /** How much of the memory shows in the state (LSTM). */
    OUTPUT("o", true),
    /** How much of the previous state the candidate sees (GRU). */
    RESET("r", true),
    /** How much of the previous state is kept (GRU). */
    UPDATE("z", true),
    /** What the state becomes where nothing is kept (GRU). */
    CANDIDATE("n", false),
    /** The state itself (simple recurrent network, window). */
    HIDDEN("h", false);

    private final String symbol;
    private final boolean sigmoid;

    Gate(String symbol, boolean sigmoid) {
      this.symbol = symbol;
      this.sigmoid = sigmoid;
    }

    /** The letter of the formulas. */
    public String symbol() {
      return symbol;
    }

    /** Whether it is a share in (0, 1); the others are values that may be negative. */
    public boolean isShare() {
      return sigmoid;
    }

    /** Those that a cell works out, in the order in which they stand in a row of its sums. */
    private static List<Gate> of(CellConfig cell) {
      if (cell instanceof CellConfig.Rnn || cell instanceof CellConfig.Window)
        return List.of(HIDDEN);
      if (cell instanceof CellConfig.Gru gru) {
        return gru.reset() == CellConfig.Reset.NONE
            ? List.of(UPDATE, CANDIDATE)
            : List.of(RESET, UPDATE, CANDIDATE);
      }
      return switch (((CellConfig.Lstm) cell).coupling()) {
        case NONE -> List.of(INPUT, FORGET, CELL, OUTPUT);
        case INPUT -> List.of(INPUT, CELL, OUTPUT);
        case FORGET -> List.of(FORGET, CELL, OUTPUT);
      };
    }

    /** The gate that is 1 minus this one, which stands first; null for none. */
    private static Gate counterpart(List<Gate> gates) {
      if (!gates.contains(INPUT)) return gates.get(0) == FORGET ? INPUT : null;
      return gates.contains(FORGET) ? null : FORGET;
    }
  }

  /**
   * A gate over a sentence.
   *
   * @param gate which
   * @param values what it was for each token and unit, [T,H]
   */
  public record Activation(Gate gate, float[][] values) {
    /** The mean over the units at each token, [T]. */
    public double[] means() {
      return overUnits(values, false);
    }

    /** The mean of |value| over the units at each token, [T]: units of both signs do not cancel. Equals {@link #means} for shares. */
    public double[] sizes() {
      return overUnits(values, true);
    }
  }

  /** Copies the list. */
  public GateTrace {
    gates = List.copyOf(gates);
  }

  /** T, the number of tokens. */
  public int tokens() {
    return hidden.length;
  }

  /** H, the number of units. */
  public int units() {
    return gates.get(0).values()[0].length;
  }

  /** The Euclidean norm of the state at each token, [T]. */
  public double[] hiddenNorms() {
    double[] norms = new double[hidden.length];
    for (int t = 0; t < norms.length; t++) {
      double squares = 0;
      for (float h : hidden[t]) squares += (double) h * h;
      norms[t] = Math.sqrt(squares);
    }
    return norms;
  }

  private static double[] overUnits(float[][] values, boolean size) {
    double[] means = new double[values.length];
    for (int t = 0; t < means.length; t++) {
      double sum = 0;
      for (float v : values[t]) sum += size ? Math.abs(v) : v;
      means[t] = sum / values[t].length;
    }
    return means;
  }

  /**
   * Runs a sentence through a network and reads all its layers: a trace per layer, and for two directions the one that reads forward before the other. Takes a workspace
   * of its own, so other threads may use the network meanwhile.
   *
   * @param network with packed weights
   * @param sentence the ids of its tokens, at least one
   * @throws dev.sluice.config.SluiceException RUN-010 when the sentence takes more memory than Java has
   */
  public static List<GateTrace> of(Network network, Example sentence) {
    Workspace ws = network.read(sentence);
    List<GateTrace> traces = new ArrayList<>();
    for (int l = 0; l < ws.states.length; l++) {
      for (int d = 0; d < ws.states[l].length; d++)
        traces.add(of(l, network.layer(l, d), ws.states[l][d], network, ws.batch.rows()));
    }
    return traces;
  }

  private static GateTrace of(int layer, Layer r, Layer.State s, Network network, int T) {
    CellConfig cell = network.shape().encoder().cells().get(layer);
    float[][] hidden = unpadded(s.h, 0, s.P, T, r.P);
    List<Activation> gates = new ArrayList<>();
    List<Gate> own = Gate.of(cell);
    for (Gate gate : own) {
      float[][] values = gate == Gate.HIDDEN ? hidden : values((CellState) s, gates.size(), T, r.H);
      gates.add(new Activation(gate, values));
    }
    Gate other = Gate.counterpart(own);
    if (other != null) {
      float[][] values = oneMinus(gates.get(0).values());
      gates.add(other == Gate.INPUT ? 0 : 1, new Activation(other, values));
    }
    return new GateTrace(layer, r.backward, cell, gates, hidden);
  }

  private static float[][] values(CellState s, int gate, int T, int H) {
    return unpadded(s.gate, gate * s.H, s.G * s.H, T, H);
  }

  private static float[][] oneMinus(float[][] x) {
    float[][] y = new float[x.length][x[0].length];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < y[t].length; j++) y[t][j] = 1 - x[t][j];
    }
    return y;
  }

  private static float[][] unpadded(float[] from, int at, int ld, int T, int H) {
    float[][] values = new float[T][H];
    for (int t = 0; t < T; t++) System.arraycopy(from, at + t * ld, values[t], 0, H);
    return values;
  }
}
