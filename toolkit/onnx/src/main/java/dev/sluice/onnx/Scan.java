package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell that ONNX has no operator for, step by step: a loop over the tokens that carries the states of the cell. At padding the states stay as they are, so in
 * reading backward they are zero until the last token of a sentence.
 */
final class Scan {
  /** One step of a cell. */
  interface Step {
    /**
     * Adds the operators of a step.
     *
     * @param body where to
     * @param sums what the step gets of the input, [batch, N]
     * @param before the states before, [batch, width] each, h first
     * @return the states behind, in the same order
     */
    List<String> add(Graph body, String sums, List<String> before);
  }

  private Scan() {}

  /**
   * Adds the loop of one direction.
   *
   * @param name the beginning of the names of all values
   * @param sums what the steps get of the input, [length, batch, N]
   * @param live which tokens are no padding, [length, batch, 1]
   * @param start the states before the first token, [batch, width] each, h first
   * @param widths the width of each state
   * @return h at each token, [length, batch, H]
   */
  static String add(
      Graph graph,
      String name,
      boolean backward,
      String sums,
      int sumsWidth,
      String live,
      List<String> start,
      List<Integer> widths,
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
    String shown = body.add("Identity", name + "/shown", List.of(name + "/behind/0"));
    body.output(shown, DataType.FLOAT, NetworkGraph.BATCH, widths.get(0));

    List<String> inputs = new ArrayList<>(start), results = new ArrayList<>();
    for (int s = 0; s < states; s++) results.add(name + "/end/" + s);
    inputs.add(sums);
    inputs.add(live);
    results.add(name + "/states");
    long way = backward ? 1 : 0;
    graph.add(
        "Scan",
        results,
        inputs,
        List.of(
            Attribute.graph("body", body.build()),
            Attribute.number("num_scan_inputs", 2),
            Attribute.numbers("scan_input_directions", way, way),
            Attribute.numbers("scan_output_directions", way)));
    return name + "/states";
  }
}
