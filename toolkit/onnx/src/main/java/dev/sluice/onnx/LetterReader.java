package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.sluice.network.CellConfig;
import dev.sluice.network.NetworkShape.Input.Characters;
import dev.sluice.network.NetworkShape.Reader;
import dev.sluice.onnx.Weights.Matrix;
import java.util.List;

/**
 * The vectors of words made from their letters. Words are given once each, however often they stand in the batch, and each token names the row of its word;
 * whoever does not care gives one row per token.
 */
final class LetterReader {
  private static final String LETTERS = "letters";
  private static final String LENGTHS = "letters.lengths";
  private static final String ROWS = "letters.rows";

  private final Graph graph;
  private final Weights weights;
  private final Characters shape;
  private final String name;

  LetterReader(Graph graph, Weights weights, Characters shape) {
    this.graph = graph;
    this.weights = weights;
    this.shape = shape;
    name = shape.name();
  }

  /** Declares the inputs and returns the rows that the tokens name, [batch, length]. */
  String declare() {
    graph.input(LETTERS, DataType.INT64, "words", "letters");
    graph.input(LENGTHS, DataType.INT64, "words");
    return graph.input(ROWS, DataType.INT64, NetworkGraph.BATCH, NetworkGraph.LENGTH);
  }

  /** The vectors of the words, [words, width]. */
  String vectors() {
    String table = weights.addTo(graph, name + ".letter");
    return shape.reader() == Reader.CNN ? convolution(table) : recurrent(table);
  }

  /** A filter sees zeros beyond the word, and its largest value within the word counts. */
  private String convolution(String table) {
    String live = graph.add("Unsqueeze", "letters/live", List.of(live(), graph.numbers(1)));
    String found = graph.rows("letters/found", table, LETTERS); // [words, letters, D]
    String columns = graph.transposed("letters/columns", found, 0, 2, 1);
    String known =
        graph.add(
            "Where",
            "letters/known",
            List.of(live, columns, graph.decimal(0))); // [words, D, letters]
    int window = shape.window(), before = (window - 1) / 2;
    String filtered =
        graph.add(
            "Conv",
            "letters/filtered",
            List.of(known, filters(), weights.addVectorTo(graph, name + ".bias")),
            Attribute.numbers("kernel_shape", window),
            Attribute.numbers("pads", before, window - 1 - before));
    String counted =
        graph.add(
            "Where",
            "letters/counted",
            List.of(live, filtered, graph.decimal(Float.NEGATIVE_INFINITY)));
    return graph.add(
        "ReduceMax",
        "letters/vectors",
        List.of(counted),
        Attribute.numbers("axes", 2),
        Attribute.number("keepdims", 0));
  }

  /** Which letters are no padding, [words, letters]. */
  private String live() {
    return Lengths.live(graph, "letters", LETTERS, LENGTHS);
  }

  /** Ours are [D, window·F], those of ONNX [F, D, window]. */
  private String filters() {
    Matrix m = weights.matrix(name + ".filter");
    int D = m.rows(), window = shape.window(), F = shape.size();
    float[] filters = new float[F * D * window];
    for (int d = 0; d < D; d++) {
      for (int o = 0; o < window; o++) {
        for (int f = 0; f < F; f++)
          filters[(f * D + d) * window + o] = m.values()[(d * window + o) * F + f];
      }
    }
    return graph.weights(name + ".filter", filters, F, D, window);
  }

  /** The last state of each direction, forward beside backward. */
  private String recurrent(String table) {
    String turned = graph.transposed("letters/turned", LETTERS, 1, 0);
    String x = graph.rows("letters/found", table, turned); // [letters, words, D]
    CellConfig cell = shape.reader() == Reader.LSTM ? new CellConfig.Lstm() : new CellConfig.Gru();
    CellOperator operator = CellOperator.of(cell).orElseThrow();
    String lengths = Lengths.narrow(graph, "letters", LENGTHS);
    String last =
        new RecurrentLayer(graph, weights, name, operator, shape.size(), 2)
            .add(x, List.of(), lengths)
            .last();
    String beside = graph.transposed("letters/beside", last, 1, 0, 2); // [words, 2, H]
    return graph.reshaped("letters/vectors", beside, 0, 2L * shape.size());
  }
}
