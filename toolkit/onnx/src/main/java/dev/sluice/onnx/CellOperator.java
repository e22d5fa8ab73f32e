package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.sluice.network.EncoderConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a cell becomes an operator of ONNX: the table below is all that the rest of the export knows of cells.
 * <pre>
 *   cell            operator   gates, ours → ONNX           h[t]
 *   rnn tanh        RNN        one                          tanh(x·W + h[t-1]·R + b)
 *   rnn sigmoid     RNN        one                          σ(…)
 *   rnn relu        RNN        one                          max(0, …)
 *   lstm            LSTM       i,f,g,o → i,o,f,c (c is g)   o·tanh(c[t]),  c[t] = f·c[t-1] + i·g
 *   gru             GRU        r,z,n → z,r,h (h is n)       (1-z)·n + z·h[t-1],  n = tanh(x·W + b + r·(h[t-1]·R + b'))
 * </pre>
 * No sign changes: z weighs the state before in both notations. The reset after the product is {@code linear_before_reset = 1}; b' is the second bias of the
 * candidate. A cell that is not here, or one with layer normalisation, goes out step by step, see {@link NormalizedLayer}.
 *
 * @param type the operator
 * @param order for each gate of the operator the number of ours
 * @param activations the activations of one direction; empty for those that the operator has anyway
 * @param attributes further attributes
 */
record CellOperator(
    String type, List<Integer> order, List<String> activations, List<AttributeProto> attributes) {

  /** The operator of a cell. */
  static CellOperator of(EncoderConfig.Cell cell, EncoderConfig.Activation activation) {
    return switch (cell) {
      case LSTM -> new CellOperator("LSTM", List.of(0, 3, 1, 2), List.of(), List.of());
      case GRU ->
          new CellOperator(
              "GRU",
              List.of(1, 0, 2),
              List.of(),
              List.of(Attribute.number("linear_before_reset", 1)));
      case RNN -> new CellOperator("RNN", List.of(0), List.of(activation(activation)), List.of());
    };
  }

  private static String activation(EncoderConfig.Activation activation) {
    return switch (activation) {
      case TANH -> "Tanh";
      case SIGMOID -> "Sigmoid";
      case RELU -> "Relu";
    };
  }

  /** G, the number of gates. */
  int gates() {
    return order.size();
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
