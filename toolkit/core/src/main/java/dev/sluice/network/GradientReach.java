package dev.sluice.network;

import dev.sluice.batch.Example;
import dev.sluice.batch.Ragged;
import dev.sluice.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much of the gradient at the state that one direction of a layer ends with reaches the states before it, by distance in time. Where it falls to nothing, training cannot
 * learn what far tokens have to do with each other (Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063).
 * <pre>
 *   J(k) = ∂h[T-1] / ∂h[T-1-k], [P,P]    norms[k] = ‖rows of J(k)‖ / √rows
 * </pre>
 * So norms[k] is the norm of the gradient k steps back, in the root mean square over gradients of norm 1 that each ask for one unit of the last state; norms[0] is 1. J is the whole way back,
 * through the gates and the memory too, as back-propagation through time sums it up. At most {@link #MOST_UNITS} rows are taken, evenly spread over the units.
 * Steps are counted in the order of reading: backward, the last state is that of the first token. Where nothing recurs, as in a window, no gradient goes from state to state, and the norms are 1, 0, 0, …
 *
 * @param layer which layer, 0 the one above the inputs
 * @param backward whether the layer reads from the end
 * @param cell what makes the states
 * @param units P, the width of its state: the number of units unless there is a projection
 * @param norms the norms by distance, [T]; 0 where a float cannot hold what is left, not finite where it grew beyond
 */
public record GradientReach(
    int layer, boolean backward, CellConfig cell, int units, double[] norms) {
  /** The most units of the last state whose gradients are sent back. */
  public static final int MOST_UNITS = 64;

  /** The factor by which the gradient shrinks or grows from step to step, in the geometric mean; not a number for a single token, and where the last norm is 0 or not finite. */
  public double perStep() {
    int distance = norms.length - 1;
    double left = norms[distance];
    return distance > 0 && left > 0 && Double.isFinite(left)
        ? Math.pow(left, 1.0 / distance)
        : Double.NaN;
  }

  /**
   * Measures all layers of a network over a sentence, in the order of {@link GateTrace#of(Network, Example)}. Takes a workspace of its own, so other threads may use the network
   * meanwhile. Time O(T·H²) for each of the units.
   *
   * @param network with packed weights
   * @param sentence the ids of its tokens, at least one
   * @throws dev.sluice.config.SluiceException RUN-010 when the sentence takes more memory than Java has
   */
  public static List<GradientReach> of(Network network, Example sentence) {
    Workspace ws = network.read(sentence);
    List<GradientReach> all = new ArrayList<>();
    for (int l = 0; l < ws.states.length; l++) {
      for (int d = 0; d < ws.states[l].length; d++) {
        Layer layer = network.layer(l, d);
        double[] norms = measure(ws.kernels, layer, ws.states[l][d], ws.batch.rows());
        CellConfig cell = network.shape().encoder().cells().get(l);
        all.add(new GradientReach(l, d == 1, cell, layer.P, norms));
      }
    }
    return all;
  }

  /**
   * Measures a fresh cell, initialised as training begins, over random input: numbers uniform with mean 0 and variance 1, as many per step as there are units. Cells of one seed and width read the same input.
   *
   * @param steps T, at least 1
   * @param seed decides the weights and the input
   * @throws IllegalArgumentException when nothing recurs in the cell
   */
  public static GradientReach untrained(CellConfig cell, int units, int steps, long seed) {
    Parameters.Layout layout = new Parameters.Layout();
    Recurrent r = new Recurrent(layout, "cell", cell, units, units, false, List.of(), false);
    Parameters p = layout.allocate();
    r.initialise(p, new Recurrent.Initial(seed, 0));
    Block input = new Block("x", 0, steps, 1, units);
    float[] x = new float[input.size()];
    new Recurrent.Initial(seed, 1).uniform(x, input, Math.sqrt(3));
    Kernels k = Kernels.create();
    r.pack(k, p.dense(), false);
    Ragged sentence = new Ragged();
    sentence.fill(new int[] {steps}, 1);
    CellState s = r.state();
    s.reserve(steps, 1, true);
    r.forward(k, p.dense(), sentence, s, x, input.ld());
    return new GradientReach(0, false, cell, r.P, measure(k, r, s, steps));
  }

  private static double[] measure(Kernels k, Layer layer, Layer.State s, int T) {
    if (layer instanceof Recurrent r) return measure(k, r, (CellState) s, T);
    double[] norms = new double[T];
    norms[0] = 1;
    return norms;
  }

  /** After a forward pass over one sentence of T tokens without dropout. */
  private static double[] measure(Kernels k, Recurrent r, CellState s, int T) {
    s.reserve(T, 1, true);
    Recurrent.WayBack back = r.wayBack(k, s.weights, null);
    s.gradient = new float[s.weights.length]; // of no interest
    float[] gate = Arrays.copyOf(s.gate, T * s.G * s.H), rec = Arrays.copyOf(s.rec, gate.length);
    int rows = Math.min(r.P, MOST_UNITS), last = (r.backward ? 0 : T - 1) * s.P;
    double[] squares = new double[T];
    for (int i = 0; i < rows; i++) {
      if (i > 0) { // the way back uses them up
        System.arraycopy(gate, 0, s.gate, 0, gate.length);
        System.arraycopy(rec, 0, s.rec, 0, rec.length);
      }
      Arrays.fill(s.dh, 0, T * s.P, 0f);
      s.clearGradients(T, 1);
      s.dh[last + (int) ((long) i * r.P / rows)] = 1;
      r.backThroughTime(k, T, s, back, squares);
    }
    double[] norms = new double[T];
    for (int t = 0; t < T; t++) norms[t] = Math.sqrt(squares[t] / rows);
    return norms;
  }
}
