package dev.sluice.onnx;

import dev.sluice.onnx.Weights.Matrix;
import java.util.ArrayList;
import java.util.List;

/** One recurrent layer as one operator, both directions in it. */
final class RecurrentLayer {
  private final Graph graph;
  private final Weights weights;
  private final String name;
  private final CellOperator cell;
  private final int units;
  private final int directions;
  private final int sums; // of one direction, ours
  private final int theirs; // of one direction of the operator

  /**
   * A layer.
   *
   * @param name the beginning of its weights' names, such as {@code encoder.0}
   * @param units H, the width of a direction
   */
  RecurrentLayer(
      Graph graph, Weights weights, String name, CellOperator cell, int units, int directions) {
    this.graph = graph;
    this.weights = weights;
    this.name = name;
    this.cell = cell;
    this.units = units;
    this.directions = directions;
    sums = cell.ours() * units;
    theirs = cell.gates().size() * units;
  }

  /**
   * What a layer gives.
   *
   * @param states [length, directions, batch, H]
   * @param last the last states, [directions, batch, H]
   */
  record Result(String states, String last) {}

  /**
   * Adds the operator.
   *
   * @param x the vectors, [length, batch, D]; null when there are none
   * @param oneHot the one-hot inputs
   * @param lengths [batch], of 32 bits
   */
  Result add(String x, List<OneHot> oneHot, String lengths) {
    List<String> inputs = new ArrayList<>();
    List<List<Matrix>> parts = new ArrayList<>(); // per direction the rows of its input weights
    for (int d = 0; d < directions; d++) parts.add(new ArrayList<>());
    if (x != null) {
      inputs.add(x);
      for (int d = 0; d < directions; d++) parts.get(d).add(weights.matrix(direction(d, "input")));
    }
    String rows = null;
    for (OneHot input : oneHot) {
      if (input.vocabulary() <= directions * sums) {
        inputs.add(marked(input));
        for (int d = 0; d < directions; d++)
          parts.get(d).add(weights.matrix(direction(d, "input." + input.name())));
      } else {
        String found = gathered(input);
        rows =
            rows == null
                ? found
                : graph.add("Add", name + "/rows/" + input.name(), List.of(rows, found));
      }
    }
    if (rows != null) {
      inputs.add(rows);
      for (int d = 0; d < directions; d++)
        parts.get(d).add(Matrix.identity(directions * sums, sums, d * sums));
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(graph.joined(name + "/input", inputs, 2));
    arguments.add(inputWeights(parts));
    arguments.add(recurrentWeights());
    arguments.add(biases());
    arguments.add(lengths);
    arguments.add(start("initial"));
    if (cell.type().equals("LSTM")) {
      arguments.add(start("initial-memory"));
      if (!cell.peepholes().isEmpty()) arguments.add(peepholes());
    }
    while (arguments.get(arguments.size() - 1).isEmpty()) arguments.remove(arguments.size() - 1);
    List<String> results =
        graph.add(
            cell.type(),
            List.of(name + "/states", name + "/last"),
            arguments,
            cell.attributes(units, directions));
    return new Result(results.get(0), results.get(1));
  }

  private String direction(int d, String what) {
    return name + (d == 0 ? ".forward." : ".backward.") + what;
  }

  /** A one-hot vector, [length, batch, V]: for few categories the cheapest. */
  private String marked(OneHot input) {
    String values = graph.weights(name + ".marks." + input.name(), new float[] {0, 1}, 2);
    return graph.add(
        "OneHot",
        name + "/marks/" + input.name(),
        List.of(input.ids(), graph.number(input.vocabulary()), values),
        Attribute.number("axis", -1));
  }

  /** The rows of the input weights themselves, [length, batch, directions·G·H], which the layer then takes as they are: for more categories than sums. */
  private String gathered(OneHot input) {
    int V = input.vocabulary(), wide = directions * sums;
    float[] table = new float[Math.multiplyExact(V, wide)];
    for (int d = 0; d < directions; d++) {
      float[] from = weights.matrix(direction(d, "input." + input.name())).values();
      for (int v = 0; v < V; v++)
        System.arraycopy(from, v * sums, table, v * wide + d * sums, sums);
    }
    String added = graph.weights(name + ".rows." + input.name(), table, V, wide);
    return graph.rows(name + "/gathered/" + input.name(), added, input.ids());
  }

  /** The learned states before the first token, [directions, batch, H]; empty when they are zeros. */
  private String start(String what) {
    if (!weights.has(direction(0, what))) return "";
    float[] all = new float[directions * units];
    for (int d = 0; d < directions; d++)
      System.arraycopy(weights.vector(direction(d, what)), 0, all, d * units, units);
    String states = graph.weights(name + "." + what, all, directions, 1, units);
    String sentences =
        graph.add("Shape", name + "/sentences/" + what, List.of(NetworkGraph.LENGTHS));
    String sizes =
        graph.joined(
            name + "/sizes/" + what,
            List.of(graph.numbers(directions), sentences, graph.numbers(units)),
            0);
    return graph.add("Expand", name + "/start/" + what, List.of(states, sizes));
  }

  /** [directions, 3·H]. */
  private String peepholes() {
    float[] all = new float[directions * 3 * units];
    for (int d = 0; d < directions; d++) {
      float[] ours = weights.vector(direction(d, "peephole"));
      for (int g = 0; g < 3; g++) fill(cell.peepholes().get(g), ours, all, (d * 3 + g) * units);
    }
    return graph.weights(name + ".P", all, directions, 3L * units);
  }

  /** Writes the numbers of a gate, without its own bias. */
  private void fill(CellOperator.Gate gate, float[] ours, float[] to, int at) {
    for (int u = 0; gate.from() >= 0 && u < units; u++)
      to[at + u] = gate.sign() * ours[gate.from() * units + u];
  }

  /** [directions, G·H, D]: our rows are columns there. */
  private String inputWeights(List<List<Matrix>> parts) {
    int D = parts.get(0).stream().mapToInt(Matrix::rows).sum();
    float[] all = new float[Math.multiplyExact(directions * theirs, D)];
    for (int d = 0; d < directions; d++) {
      int before = 0;
      for (Matrix part : parts.get(d)) {
        transpose(part, all, d * theirs * D + before, D);
        before += part.rows();
      }
    }
    return graph.weights(name + ".W", all, directions, theirs, D);
  }

  /** [directions, G·H, H]. */
  private String recurrentWeights() {
    float[] all = new float[directions * theirs * units];
    for (int d = 0; d < directions; d++)
      transpose(weights.matrix(direction(d, "recurrent")), all, d * theirs * units, units);
    return graph.weights(name + ".R", all, directions, theirs, units);
  }

  /** Row u of gate g becomes column: to[g·H + u, column] in the operator's order of gates. */
  private void transpose(Matrix m, float[] to, int at, int ld) {
    for (int g = 0; g < cell.gates().size(); g++) {
      CellOperator.Gate gate = cell.gates().get(g);
      int from = gate.from() * units;
      for (int u = 0; gate.from() >= 0 && u < units; u++) {
        for (int r = 0; r < m.rows(); r++)
          to[at + (g * units + u) * ld + r] = gate.sign() * m.values()[r * sums + from + u];
      }
    }
  }

  /** [directions, 2·G·H]: that of the input, then that of the state, which is zero but for the candidate of a GRU. */
  private String biases() {
    float[] all = new float[directions * 2 * theirs];
    for (int d = 0; d < directions; d++) {
      float[] bias = weights.vector(direction(d, "bias"));
      int at = d * 2 * theirs;
      for (int g = 0; g < cell.gates().size(); g++) {
        CellOperator.Gate gate = cell.gates().get(g);
        fill(gate, bias, all, at + g * units);
        for (int u = 0; u < units; u++) all[at + g * units + u] += gate.bias();
      }
      String own = direction(d, "recurrent-bias");
      if (!weights.has(own)) continue;
      int candidate = cell.gates().size() - 1;
      System.arraycopy(weights.vector(own), 0, all, at + theirs + candidate * units, units);
    }
    return graph.weights(name + ".B", all, directions, 2L * theirs);
  }

  /**
   * A one-hot input.
   *
   * @param ids [length, batch]
   */
  record OneHot(String name, int vocabulary, String ids) {}
}
