package dev.sluice.onnx;

import dev.sluice.network.Block;
import dev.sluice.network.Network;
import dev.sluice.network.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a network by the names that they have in a model file. */
final class Weights {
  private final Map<String, Parameters.Table> tables = new LinkedHashMap<>();

  Weights(Network network) {
    for (Parameters.Table t : network.parameters().all()) tables.put(t.block().name(), t);
  }

  boolean has(String name) {
    return tables.containsKey(name);
  }

  /** A matrix without padding. */
  Matrix matrix(String name) {
    Parameters.Table table = tables.get(name);
    if (table == null) throw new IllegalArgumentException("the network has no " + name);
    Block b = table.block();
    return new Matrix(b.rows(), b.groups() * b.width(), b.unpadded(table.values()));
  }

  /** The numbers of a matrix of one row. */
  float[] vector(String name) {
    return matrix(name).values();
  }

  /** Adds a matrix to a graph as it is. */
  String addTo(Graph graph, String name) {
    Matrix m = matrix(name);
    return graph.weights(name, m.values(), m.rows(), m.columns());
  }

  /** Adds a matrix of one row to a graph as a vector. */
  String addVectorTo(Graph graph, String name) {
    float[] values = vector(name);
    return graph.weights(name, values, values.length);
  }

  /** y = x·weight + bias, by the names of a linear layer; without a bias if it has none. */
  String linear(Graph graph, String name, String x) {
    String weight = addTo(graph, name + ".weight");
    boolean biased = has(name + ".bias");
    String product = graph.add("MatMul", name + (biased ? "/product" : "/sum"), List.of(x, weight));
    return biased
        ? graph.add("Add", name + "/sum", List.of(product, addVectorTo(graph, name + ".bias")))
        : product;
  }

  /**
   * Numbers row by row.
   *
   * @param values [rows, columns]
   */
  record Matrix(int rows, int columns, float[] values) {
    /** 1 on the diagonal, beginning at a column, and 0 elsewhere. */
    static Matrix identity(int rows, int columns, int from) {
      float[] values = new float[Math.multiplyExact(rows, columns)];
      for (int i = 0; i < columns; i++) values[(from + i) * columns + i] = 1;
      return new Matrix(rows, columns, values);
    }
  }
}
