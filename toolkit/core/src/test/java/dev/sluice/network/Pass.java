package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.loss.Loss;
import dev.sluice.testing.ReferenceNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network with the weights of a reference, one workspace, and what a forward and a backward pass leave in it, by sentence and by name. */
final class Pass {
  final Network network;
  final Workspace ws;
  final Loss loss;
  final SparseGradient[] sparse;

  Pass(ReferenceNetwork reference, NetworkShape shape, Kernels kernels) {
    network = new Network(shape);
    reference.copyTo(network);
    network.pack(kernels, true);
    ws = network.workspace(kernels, true);
    loss = reference.teaching().loss(network);
    sparse = new SparseGradient[network.parameters().tables().size()];
    Arrays.setAll(sparse, i -> new SparseGradient(network, i));
  }

  /** Forward, loss and backward; returns the loss. */
  double run(List<Example> examples, Dropping drop) {
    ws.batch().fill(examples.toArray(Example[]::new), 0, 1, examples.size());
    network.forward(ws, drop);
    double sum = loss.gradient(ws, 1f);
    network.backward(ws, drop);
    for (SparseGradient s : sparse) s.collect(List.of(ws), 1);
    return sum;
  }

  /** The label scores of the example that was given as number {@code place}: a row per token when tokens are labelled, then one of the sentence when it is. */
  double[][] emissions(int place) {
    Batch batch = ws.batch();
    int i = 0;
    while (batch.place(i) != place) i++;
    List<double[]> rows = new ArrayList<>();
    for (int t = 0; ws.tokens() != null && t < batch.length(i); t++)
      rows.add(row(ws.tokens(), batch.row(t, i)));
    if (ws.sentence() != null) rows.add(row(ws.sentence(), i));
    return rows.toArray(double[][]::new);
  }

  private static double[] row(Emissions emissions, int row) {
    return widen(emissions.scores(), row * emissions.ld(), emissions.labels());
  }

  /** The gradient of a named matrix. */
  double[][] gradient(String name) {
    for (Block b : network.parameters().blocks()) {
      if (b.name().equals(name)) return rows(b, b.unpadded(ws.gradient()));
    }
    for (int t = 0; t < sparse.length; t++) {
      Block b = network.parameters().tables().get(t).block();
      if (!b.name().equals(name)) continue;
      float[] all = new float[b.size()];
      SparseGradient g = sparse[t];
      for (int slot = 0; slot < g.count(); slot++)
        System.arraycopy(g.values(), slot * g.ld(), all, g.row(slot) * b.ld(), b.ld());
      return rows(b, b.unpadded(all));
    }
    throw new IllegalArgumentException("no weights are called " + name);
  }

  private static double[][] rows(Block b, float[] x) {
    int columns = b.groups() * b.width();
    double[][] rows = new double[b.rows()][];
    for (int r = 0; r < rows.length; r++) rows[r] = widen(x, r * columns, columns);
    return rows;
  }

  private static double[] widen(float[] x, int at, int count) {
    double[] y = new double[count];
    for (int j = 0; j < count; j++) y[j] = x[at + j];
    return y;
  }
}
