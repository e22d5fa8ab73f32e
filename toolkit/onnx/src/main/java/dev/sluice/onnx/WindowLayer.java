package dev.sluice.onnx;

import dev.sluice.network.CellConfig;
import dev.sluice.onnx.RecurrentLayer.OneHot;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer of windows. What each token adds to the sums of its neighbours is one product; shifted along the sentence, so that each sum finds its own, the parts are added up.
 * <pre>
 *   part = x·W [length, batch, G·H], 0 in the padding, with zeros before and behind    h[t] = f(LN(Σₒ part[t+o]ₒ) + b)
 * </pre>
 * LN is there with layer normalisation only.
 */
final class WindowLayer {
  private final Graph graph;
  private final Weights weights;
  private final CellConfig.Window cell;
  private final int H;

  WindowLayer(Graph graph, Weights weights, CellConfig.Window cell, int units) {
    this.graph = graph;
    this.weights = weights;
    this.cell = cell;
    H = units;
  }

  /**
   * Adds the layer.
   *
   * @param name the beginning of its weights' names, such as {@code encoder.0.forward}
   * @param x the vectors, [length, batch, D]; null when there are none
   * @param live which tokens are no padding, [length, batch, 1]
   * @return the states, [length, batch, H]
   */
  String add(String name, String x, List<OneHot> oneHot, String live) {
    String parts = SteppedLayer.inputSums(graph, weights, name, x, oneHot);
    String known = graph.add("Where", name + "/known", List.of(live, parts, graph.decimal(0)));
    String around = graph.numbers(cell.before(), 0, 0, cell.after(), 0, 0);
    String padded = graph.add("Pad", name + "/padded", List.of(known, around));
    int window = cell.before() + 1 + cell.after();
    List<String> shifted = new ArrayList<>();
    for (int group = 0; group < window; group++) {
      int left = window - 1 - group; // steps behind the last one that is read
      long end = left == 0 ? Long.MAX_VALUE : -left;
      String from = graph.numbers(group, (long) group * H);
      String to = graph.numbers(end, (group + 1L) * H);
      shifted.add(
          graph.add(
              "Slice", name + "/shifted/" + group, List.of(padded, from, to, graph.numbers(0, 2))));
    }
    String sum = graph.add("Sum", name + "/window", shifted);
    if (weights.has(name + ".gain"))
      sum = SteppedLayer.norm(graph, name, name + ".gain", weights.vector(name + ".gain"), sum);
    String bias = weights.addVectorTo(graph, name + ".bias");
    String biased = graph.add("Add", name + "/biased", List.of(sum, bias));
    return graph.add(CellOperator.activation(cell.activation()), name + "/states", List.of(biased));
  }
}
