package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.Coupling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where a cell becomes an operator of ONNX: the table below is all that the rest of the export knows of cells.
 * <pre>
 *   cell                    operator   gates, ours → ONNX               h[t]
 *   rnn tanh                RNN        one                              tanh(x·W + h[t-1]·R + b)
 *   rnn sigmoid             RNN        one                              σ(…)
 *   rnn relu                RNN        one                              max(0, …)
 *   lstm                    LSTM       i,f,g,o → i,o,f,c (c is g)       o·tanh(c[t]),  c[t] = f·c[t-1] + i·g
 *   lstm coupling input     LSTM       i,g,o → i,o,-,c                  f = 1 - i, which is input_forget
 *   lstm coupling forget    LSTM       f,g,o → i,o,-,c                  i = σ(-(…)), the sum of f with its sign turned, since 1 - σ(a) = σ(-a)
 *   gru reset after         GRU        r,z,n → z,r,h (h is n)           (1-z)·n + z·h[t-1],  n = tanh(x·W + b + r·(h[t-1]·R + b'))
 *   gru reset before        GRU        r,z,n → z,r,h                    n = tanh(x·W + b + (r·h[t-1])·R)
 *   gru reset none          GRU        z,n → z,-,h                      r is 1: no weights, and a bias so large that σ gives 1
 * </pre>
 * Peepholes are i,f,o here and i,o,f there, with the signs of their gates. z weighs the state before in both notations. The reset after the product is {@code
 * linear_before_reset = 1}; b' is the second bias of the candidate. A cell that is not here goes out step by
 * step, see {@link SteppedLayer}, and so does every cell with layer normalisation; a window, in which nothing recurs, is {@link WindowLayer}.
 *
 * @param type the operator
 * @param gates the gates of the operator
 * @param peepholes for the three peepholes of the operator the number of ours and the sign; empty without
 * @param ours how many gates our cell has
 * @param activations the activations of one direction; empty for those that the operator has anyway
 * @param attributes further attributes
 */
record CellOperator(
    String type,
    List<Gate> gates,
    List<Gate> peepholes,
    int ours,
    List<String> activations,
    List<AttributeProto> attributes) {
  /** A bias at which a sigmoid is 1 in single precision. */
  private static final float OPEN = 30;

  /**
   * Where the weights of a gate come from.
   *
   * @param from the number of our gate; -1 for none
   * @param sign 1, or -1 for weights whose sign is turned
   * @param bias what is added to the bias
   */
  record Gate(int from, int sign, float bias) {
    private static final Gate NONE = new Gate(-1, 1, 0);

    private static List<Gate> plain(int... order) {
      List<Gate> gates = new ArrayList<>();
      for (int from : order) gates.add(from < 0 ? NONE : new Gate(from, 1, 0));
      return gates;
    }
  }

  /** The operator of a recurrent cell; none for a cell that no operator computes. */
  static Optional<CellOperator> of(CellConfig config) {
    if (config instanceof CellConfig.Rnn rnn)
      return rnn.order() > 1 ? Optional.empty() : Optional.of(rnn(rnn));
    if (config instanceof CellConfig.Gru gru) return Optional.of(gru(gru));
    CellConfig.Lstm lstm = (CellConfig.Lstm) config;
    return lstm.projection().isPresent() ? Optional.empty() : Optional.of(lstm(lstm));
  }

  private static CellOperator rnn(CellConfig.Rnn rnn) {
    return new CellOperator(
        "RNN", Gate.plain(0), List.of(), 1, List.of(activation(rnn.activation())), List.of());
  }

  /** The operator of an activation. */
  static String activation(CellConfig.Activation activation) {
    return switch (activation) {
      case TANH -> "Tanh";
      case SIGMOID -> "Sigmoid";
      case RELU -> "Relu";
    };
  }

  private static CellOperator lstm(CellConfig.Lstm lstm) {
    boolean coupled = lstm.coupling() != Coupling.NONE;
    int sign = lstm.coupling() == Coupling.FORGET ? -1 : 1;
    List<Gate> gates = Gate.plain(0, 3, 1, 2), holes = Gate.plain(0, 2, 1); // i, o, f
    if (coupled) {
      gates = Gate.plain(0, 2, -1, 1);
      holes = Gate.plain(0, 1, -1);
      gates.set(0, new Gate(0, sign, 0));
      holes.set(0, new Gate(0, sign, 0));
    }
    return new CellOperator(
        "LSTM",
        gates,
        lstm.peepholes() ? holes : List.of(),
        coupled ? 3 : 4,
        List.of(),
        coupled ? List.of(Attribute.number("input_forget", 1)) : List.of());
  }

  private static CellOperator gru(CellConfig.Gru gru) {
    boolean reset = gru.reset() != CellConfig.Reset.NONE;
    List<Gate> gates = reset ? Gate.plain(1, 0, 2) : Gate.plain(0, -1, 1); // z, r, h
    if (!reset) gates.set(1, new Gate(-1, 1, OPEN));
    long after = gru.reset() == CellConfig.Reset.AFTER ? 1 : 0;
    return new CellOperator(
        "GRU",
        gates,
        List.of(),
        reset ? 3 : 2,
        List.of(),
        List.of(Attribute.number("linear_before_reset", after)));
  }

  /** All attributes for so many units and directions. */
  List<AttributeProto> attributes(int units, int directions) {
    List<AttributeProto> all = new ArrayList<>(attributes);
    all.add(Attribute.number("hidden_size", units));
    all.add(Attribute.text("direction", directions == 2 ? "bidirectional" : "forward"));
    if (!activations.isEmpty()) {
      List<String> perDirection = new ArrayList<>();
      Collections.nCopies(directions, activations).forEach(perDirection::addAll);
      all.add(Attribute.texts("activations", perDirection));
    }
    return all;
  }
}
