package dev.sluice.onnx;

import dev.sluice.kernel.NormKernels;
import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.onnx.RecurrentLayer.OneHot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent layer whose cell no operator computes: each direction is a {@link Scan}. The gates stand in our order; LN is there with layer normalisation only.
 * <pre>
 *   rnn     h = f(LN(x·W + Σₙ h[t-n]·Uₙ) + b)
 *   lstm    i, f, g, o = LN(x·W) + b + LN(h·U)    c = f·c + i·g    m = o·tanh(LN(c) + b'')    h = m·R with a projection, else m
 *   gru     r, z = LN(x·W) + b + LN(h·U)    n = tanh(LN(x·W) + b + r·(LN(h·U) + b'))    h = (1-z)·n + z·h
 * </pre>
 * Peepholes join the sums of i and f, with c before, and of o, with c behind; of coupled gates one is 1 minus the other. Each LN has a gain per unit; those of LSTM are over
 * all gates together, those of GRU over r and z together and over n.
 */
final class SteppedLayer {
  private final Graph graph;
  private final Weights weights;
  private final CellConfig cell;
  private final int H;
  private final int wide; // G·H
  private final boolean normalized;

  SteppedLayer(
      Graph graph, Weights weights, CellConfig cell, int units, int gates, boolean normalized) {
    this.graph = graph;
    this.weights = weights;
    this.cell = cell;
    H = units;
    wide = gates * units;
    this.normalized = normalized;
  }

  /** Whether a cell goes out this way. */
  static boolean knows(CellConfig cell) {
    return !(cell instanceof CellConfig.Gru gru) || gru.reset() == CellConfig.Reset.AFTER;
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
    String sums = inputSums(graph, weights, name, x, oneHot);
    if (!normalized || !(cell instanceof CellConfig.Rnn)) {
      String hat = normalized ? normalized(graph, name, "input", sums, 3) : sums;
      String bias = weights.addVectorTo(graph, name + ".bias");
      sums = graph.add("Add", name + "/input/biased", List.of(hat, bias));
    }
    String recurrent = weights.addTo(graph, name + ".recurrent");
    Scan.Step step =
        cell instanceof CellConfig.Rnn rnn
            ? (body, in, before) -> elman(body, name, rnn, recurrent, in, before)
            : cell instanceof CellConfig.Lstm lstm
                ? (body, in, before) -> lstm(body, name, lstm, recurrent, in, before)
                : (body, in, before) -> gru(body, name, recurrent, in, before);
    List<String> start = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    int order = cell instanceof CellConfig.Rnn rnn ? rnn.order() : 1, P = cell.outputs(H);
    for (int lag = 0; lag < order; lag++) {
      start.add(start(name, "initial", lag, P, lengths));
      widths.add(P);
    }
    if (cell instanceof CellConfig.Lstm) {
      start.add(start(name, "initial-memory", 0, H, lengths));
      widths.add(H);
    }
    return Scan.add(graph, name, backward, sums, wide, live, start, widths, 1, step).get(0);
  }

  /** A state before the first token, [batch, width]: zeros, or a row of the learned ones. */
  private String start(String name, String what, int row, int width, String lengths) {
    float[] own = null;
    if (weights.has(name + "." + what)) {
      float[] all = weights.vector(name + "." + what);
      own = Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }
    String at = name + "/start/" + what + "/" + row;
    return Scan.start(graph, at, name + "." + what + "." + row, own, width, lengths);
  }

  /** x·W and the rows of the one-hot inputs. */
  static String inputSums(
      Graph graph, Weights weights, String name, String x, List<OneHot> oneHot) {
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

  /** Rows of x normalised, times their gains. */
  static String norm(Graph to, String at, String gainName, float[] gain, String x) {
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
    String at = name + "/step";
    List<String> sums = new ArrayList<>(List.of(in));
    sums.add(body.add("MatMul", at, List.of(before.get(0), recurrent)));
    for (int lag = 2; lag <= rnn.order(); lag++) {
      String matrix = weights.addTo(body, name + ".recurrent-" + lag);
      sums.add(body.add("MatMul", at + "/" + lag, List.of(before.get(lag - 1), matrix)));
    }
    String sum = body.add("Sum", at + "/sum", sums);
    if (normalized) {
      String hat = norm(body, at, name + ".gain", weights.vector(name + ".gain"), sum);
      String bias = weights.addVectorTo(body, name + ".bias");
      sum = body.add("Add", at + "/biased", List.of(hat, bias));
    }
    List<String> behind = new ArrayList<>();
    behind.add(body.add(CellOperator.activation(rnn.activation()), at + "/h", List.of(sum)));
    behind.addAll(before.subList(0, rnn.order() - 1));
    return behind;
  }

  private List<String> lstm(
      Graph body,
      String name,
      CellConfig.Lstm lstm,
      String recurrent,
      String in,
      List<String> before) {
    String at = name + "/step", memory = before.get(1);
    String product = body.add("MatMul", at, List.of(before.get(0), recurrent));
    String hat = normalized ? normalized(body, name, "recurrent", product, 2) : product;
    String sum = body.add("Add", at + "/sum", List.of(in, hat));
    boolean coupled = lstm.coupling() != Coupling.NONE;
    String first = seeing(body, name, at + "/first", sum, 0, memory, 0);
    String second =
        coupled
            ? body.add("Sub", at + "/second", List.of(body.decimal(1), first))
            : seeing(body, name, at + "/second", sum, 1, memory, 1);
    boolean forgets = lstm.coupling() == Coupling.FORGET;
    String i = forgets ? second : first, f = forgets ? first : second;
    int next = coupled ? 1 : 2;
    String g = gate(body, "Tanh", at + "/g", sum, next);
    String kept = body.add("Mul", at + "/kept", List.of(f, memory));
    String added = body.add("Mul", at + "/added", List.of(i, g));
    String c = body.add("Add", at + "/c", List.of(kept, added));
    String o = seeing(body, name, at + "/o", sum, next + 1, c, next);
    String out = c;
    if (normalized) {
      float[] gain = weights.vector(name + ".memory-gain");
      String norm = norm(body, at + "/memory", name + ".memory-gain", gain, c);
      String bias = weights.addVectorTo(body, name + ".memory-bias");
      out = body.add("Add", at + "/memory/biased", List.of(norm, bias));
    }
    String squashed = body.add("Tanh", at + "/squashed", List.of(out));
    String h = body.add("Mul", at + "/h", List.of(o, squashed));
    if (lstm.projection().isPresent())
      h =
          body.add(
              "MatMul", at + "/projected", List.of(h, weights.addTo(body, name + ".projection")));
    return List.of(h, c);
  }

  /** A gate that sees the memory through a peephole, when there are any. */
  private String seeing(
      Graph body, String name, String at, String sums, int gate, String memory, int hole) {
    if (!weights.has(name + ".peephole")) return gate(body, "Sigmoid", at, sums, gate);
    float[] all = weights.vector(name + ".peephole");
    float[] own = Arrays.copyOfRange(all, hole * H, (hole + 1) * H);
    String seen =
        body.add(
            "Mul", at + "/seen", List.of(memory, body.weights(name + ".peephole." + hole, own, H)));
    String sum = body.columns(at + "/sum", sums, 2, (long) gate * H, (gate + 1L) * H);
    return body.add("Sigmoid", at, List.of(body.add("Add", at + "/both", List.of(sum, seen))));
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
