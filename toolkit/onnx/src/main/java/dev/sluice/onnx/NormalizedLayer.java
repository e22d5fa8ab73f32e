package dev.sluice.onnx;

import dev.sluice.kernel.NormKernels;
import dev.sluice.network.CellConfig;
import dev.sluice.onnx.RecurrentLayer.OneHot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent layer with layer normalisation inside its cells, which no operator has: each direction is a {@link Scan}. The gates stand in our order.
 * <pre>
 *   rnn     h = f(LN(x·W + h·U) + b)
 *   lstm    i, f, g, o = LN(x·W) + b + LN(h·U)    c = f·c + i·g    h = o·tanh(LN(c) + b'')
 *   gru     r, z = LN(x·W) + b + LN(h·U)    n = tanh(LN(x·W) + b + r·(LN(h·U) + b'))    h = (1-z)·n + z·h
 * </pre>
 * Each LN has a gain per unit; those of LSTM are over all four gates, those of GRU over r and z together and over n.
 */
final class NormalizedLayer {
  private final Graph graph;
  private final Weights weights;
  private final CellConfig cell;
  private final int H;
  private final int wide; // G·H

  NormalizedLayer(Graph graph, Weights weights, CellConfig cell, int units) {
    this.graph = graph;
    this.weights = weights;
    this.cell = cell;
    H = units;
    wide = CellOperator.of(cell).orElseThrow().ours() * units;
  }

  /**
   * Adds one direction.
   *
   * @param name the beginning of its weights' names, such as {@code encoder.0.backward}
   * @param x the vectors, [length, batch, D]; null when there are none
   * @param live which tokens are no padding, [length, batch, 1]
   * @return the states, [length, batch, H]
   */
  String add(
      String name, boolean backward, String x, List<OneHot> oneHot, String live, String lengths) {
    String sums = inputSums(name, x, oneHot);
    if (!(cell instanceof CellConfig.Rnn)) {
      String normalized = normalized(graph, name, "input", sums, 3);
      sums =
          graph.add(
              "Add",
              name + "/input/biased",
              List.of(normalized, weights.addVectorTo(graph, name + ".bias")));
    }
    String recurrent = weights.addTo(graph, name + ".recurrent");
    Scan.Step step =
        cell instanceof CellConfig.Rnn rnn
            ? (body, in, before) -> elman(body, name, rnn, recurrent, in, before)
            : cell instanceof CellConfig.Lstm
                ? (body, in, before) -> lstm(body, name, recurrent, in, before)
                : (body, in, before) -> gru(body, name, recurrent, in, before);
    List<String> start = new ArrayList<>();
    start.add(start(name, "initial", lengths));
    if (cell instanceof CellConfig.Lstm) start.add(start(name, "initial-memory", lengths));
    return Scan.add(graph, name, backward, sums, wide, live, start, H, step);
  }

  /** The states before the first token, [batch, H]: zeros, or learned ones. */
  private String start(String name, String what, String lengths) {
    String at = name + "/start/" + what;
    String sentences = graph.add("Shape", at + "/sentences", List.of(lengths));
    String sizes = graph.joined(at + "/sizes", List.of(sentences, graph.numbers(H)), 0);
    String learned = name + "." + what;
    return weights.has(learned)
        ? graph.add("Expand", at, List.of(weights.addTo(graph, learned), sizes))
        : graph.add("ConstantOfShape", at, List.of(sizes));
  }

  /** x·W and the rows of the one-hot inputs. */
  private String inputSums(String name, String x, List<OneHot> oneHot) {
    List<String> parts = new ArrayList<>();
    if (x != null)
      parts.add(
          graph.add(
              "MatMul", name + "/product", List.of(x, weights.addTo(graph, name + ".input"))));
    for (OneHot input : oneHot) {
      String table = weights.addTo(graph, name + ".input." + input.name());
      parts.add(graph.rows(name + "/rows/" + input.name(), table, input.ids()));
    }
    return parts.size() == 1 ? parts.get(0) : graph.add("Sum", name + "/sums", parts);
  }

  /** Sums of all gates, those that belong together normalised together, times their gains. */
  private String normalized(Graph to, String name, String part, String sums, int axes) {
    float[] gain = weights.vector(name + "." + part + "-gain");
    String at = name + "/" + part;
    if (cell instanceof CellConfig.Lstm)
      return norm(to, at, name + "." + part + "-gain", gain, sums);
    String rz = to.columns(at + "/rz/sums", sums, axes, 0, 2L * H);
    String n = to.columns(at + "/n/sums", sums, axes, 2L * H, 3L * H);
    return to.joined(
        at + "/normalized",
        List.of(
            norm(to, at + "/rz", name + "." + part + "-gain.rz", Arrays.copyOf(gain, 2 * H), rz),
            norm(
                to,
                at + "/n",
                name + "." + part + "-gain.n",
                Arrays.copyOfRange(gain, 2 * H, 3 * H),
                n)),
        axes - 1);
  }

  private static String norm(Graph to, String at, String gainName, float[] gain, String x) {
    return to.add(
        "LayerNormalization",
        at + "/norm",
        List.of(x, to.weights(gainName, gain, gain.length)),
        Attribute.number("axis", -1),
        Attribute.decimal("epsilon", NormKernels.EPSILON));
  }

  private List<String> elman(
      Graph body,
      String name,
      CellConfig.Rnn rnn,
      String recurrent,
      String in,
      List<String> before) {
    String product = body.add("MatMul", name + "/step", List.of(before.get(0), recurrent));
    String sum = body.add("Add", name + "/step/sum", List.of(in, product));
    String hat = norm(body, name + "/step", name + ".gain", weights.vector(name + ".gain"), sum);
    String bias = weights.addVectorTo(body, name + ".bias");
    String biased = body.add("Add", name + "/step/biased", List.of(hat, bias));
    String operator = CellOperator.activation(rnn.activation());
    return List.of(body.add(operator, name + "/step/h", List.of(biased)));
  }

  private List<String> lstm(
      Graph body, String name, String recurrent, String in, List<String> before) {
    String at = name + "/step";
    String product = body.add("MatMul", at, List.of(before.get(0), recurrent));
    String hat = normalized(body, name, "recurrent", product, 2);
    String sum = body.add("Add", at + "/sum", List.of(in, hat));
    String i = gate(body, "Sigmoid", at + "/i", sum, 0);
    String f = gate(body, "Sigmoid", at + "/f", sum, 1);
    String g = gate(body, "Tanh", at + "/g", sum, 2);
    String o = gate(body, "Sigmoid", at + "/o", sum, 3);
    String kept = body.add("Mul", at + "/kept", List.of(f, before.get(1)));
    String added = body.add("Mul", at + "/added", List.of(i, g));
    String c = body.add("Add", at + "/c", List.of(kept, added));
    float[] gain = weights.vector(name + ".memory-gain");
    String memory = norm(body, at + "/memory", name + ".memory-gain", gain, c);
    String bias = weights.addVectorTo(body, name + ".memory-bias");
    String biased = body.add("Add", at + "/memory/biased", List.of(memory, bias));
    String squashed = body.add("Tanh", at + "/squashed", List.of(biased));
    return List.of(body.add("Mul", at + "/h", List.of(o, squashed)), c);
  }

  private List<String> gru(
      Graph body, String name, String recurrent, String in, List<String> before) {
    String at = name + "/step", h = before.get(0);
    String product = body.add("MatMul", at, List.of(h, recurrent));
    String hat = normalized(body, name, "recurrent", product, 2);
    String sum = body.add("Add", at + "/sum", List.of(in, hat));
    String r = gate(body, "Sigmoid", at + "/r", sum, 0);
    String z = gate(body, "Sigmoid", at + "/z", sum, 1);
    String own = body.columns(at + "/own", hat, 2, 2L * H, 3L * H);
    String bias = weights.addVectorTo(body, name + ".recurrent-bias");
    String biased = body.add("Add", at + "/own/biased", List.of(own, bias));
    String reset = body.add("Mul", at + "/reset", List.of(r, biased));
    String input = body.columns(at + "/candidate/input", in, 2, 2L * H, 3L * H);
    String candidate = body.add("Add", at + "/candidate", List.of(input, reset));
    String n = body.add("Tanh", at + "/n", List.of(candidate));
    String apart = body.add("Sub", at + "/apart", List.of(h, n));
    String step = body.add("Mul", at + "/kept", List.of(z, apart));
    return List.of(body.add("Add", at + "/h", List.of(n, step))); // n + z·(h - n)
  }

  private String gate(Graph body, String operator, String name, String sums, int gate) {
    String own = body.columns(name + "/sum", sums, 2, (long) gate * H, (gate + 1L) * H);
    return body.add(operator, name, List.of(own));
  }
}
