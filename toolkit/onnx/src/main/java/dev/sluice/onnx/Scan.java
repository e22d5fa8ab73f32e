package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What ONNX has no operator for, step by step: a loop over the tokens that carries states, such as those of a cell. At padding the states stay as they are, so in
 * reading backward they are zero until the last token of a sentence.
 */
final class Scan {
  /** One step. */
  interface Step {
    /**
     * Adds the operators of a step.
     *
     * @param body where to
     * @param sums what the step gets of the input, [batch, N]
     * @param before the states before, [batch, width] each
     * @return the states behind, in the same order
     */
    List<String> add(Graph body, String sums, List<String> before);
  }

  private Scan() {}

  /**
   * A state before the first token, the same for every sentence, [batch, width].
   *
   * @param at the beginning of the names of all values
   * @param weight the name of the numbers among the weights
   * @param row the numbers, [width]; zeros when null
   */
  static String start(
      Graph graph, String at, String weight, float[] row, int width, String lengths) {
    String sentences = graph.add("Shape", at + "/sentences", List.of(lengths));
    String sizes = graph.joined(at + "/sizes", List.of(sentences, graph.numbers(width)), 0);
    if (row == null) return graph.add("ConstantOfShape", at, List.of(sizes));
    return graph.add("Expand", at, List.of(graph.weights(weight, row, 1, width), sizes));
  }

  /**
   * Adds the loop of one direction.
   *
   * @param name the beginning of the names of all values
   * @param sums what the steps get of the input, [length, batch, N]
   * @param live which tokens are no padding, [length, batch, 1]
   * @param start the states before the first token, [batch, width] each
   * @param widths the width of each state
   * @param shown how many of the states, the first ones, are wanted at each token
   * @return these states at each token, [length, batch, width] each
   */
  static List<String> add(
      Graph graph,
      String name,
      boolean backward,
      String sums,
      int sumsWidth,
      String live,
      List<String> start,
      List<Integer> widths,
      int shown,
      Step step) {
    int states = start.size();
    Graph body = graph.body(name + "/body");
    List<String> before = new ArrayList<>();
    for (int s = 0; s < states; s++)
      before.add(
          body.input(name + "/before/" + s, DataType.FLOAT, NetworkGraph.BATCH, widths.get(s)));
    String in = body.input(name + "/now", DataType.FLOAT, NetworkGraph.BATCH, sumsWidth);
    String alive = body.input(name + "/alive", DataType.BOOL, NetworkGraph.BATCH, 1);
    List<String> made = step.add(body, in, before);
    for (int s = 0; s < states; s++) {
      String behind = name + "/behind/" + s;
      body.add("Where", behind, List.of(alive, made.get(s), before.get(s)));
      body.output(behind, DataType.FLOAT, NetworkGraph.BATCH, widths.get(s));
    }
    for (int s = 0; s < shown; s++) {
      String now = body.add("Identity", name + "/shown/" + s, List.of(name + "/behind/" + s));
      body.output(now, DataType.FLOAT, NetworkGraph.BATCH, widths.get(s));
    }

    List<String> inputs = new ArrayList<>(start), results = new ArrayList<>();
    for (int s = 0; s < states; s++) results.add(name + "/end/" + s);
    inputs.add(sums);
    inputs.add(live);
    for (int s = 0; s < shown; s++) results.add(name + "/states/" + s);
    long way = backward ? 1 : 0;
    long[] ways = new long[shown];
    Arrays.fill(ways, way);
    graph.add(
        "Scan",
        results,
        inputs,
        List.of(
            Attribute.graph("body", body.build()),
            Attribute.number("num_scan_inputs", 2),
            Attribute.numbers("scan_input_directions", way, way),
            Attribute.numbers("scan_output_directions", ways)));
    return results.subList(states, states + shown);
  }
}
