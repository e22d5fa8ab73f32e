package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** What follows from the lengths of padded sequences. */
final class Lengths {
  private Lengths() {}

  /** The lengths as recurrent operators want them, of 32 bits. */
  static String narrow(Graph graph, String name, String lengths) {
    return graph.add(
        "Cast",
        name + "/narrow",
        List.of(lengths),
        Attribute.number("to", DataType.INT32.getNumber()));
  }

  /**
   * Which places are no padding, [sequences, longest].
   *
   * @param padded the sequences, [sequences, longest]
   * @param lengths [sequences]
   */
  static String live(Graph graph, String name, String padded, String lengths) {
    String sizes = graph.add("Shape", name + "/sizes", List.of(padded));
    String longest = graph.add("Gather", name + "/longest", List.of(sizes, graph.number(1)));
    String places =
        graph.add("Range", name + "/places", List.of(graph.number(0), longest, graph.number(1)));
    String column = graph.add("Unsqueeze", name + "/column", List.of(lengths, graph.numbers(1)));
    return graph.add("Less", name + "/mask", List.of(places, column));
  }
}
