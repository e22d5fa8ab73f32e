package dev.sluice.optimizer;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A network of a few weights whose gradient a test sets as it likes. */
final class HandMadeGradient {
  static final ClipConfig NO_LIMIT = new ClipConfig(Optional.empty(), Optional.empty());

  final Network network;
  final Workspace ws;
  final WeightAverage average;
  final Optimizer optimizer;
  private final Workers workers;

  HandMadeGradient(OptimizerConfig config, ClipConfig clip, Workers workers) {
    this(config, clip, new AverageConfig.None(), workers);
  }

  HandMadeGradient(
      OptimizerConfig config, ClipConfig clip, AverageConfig averageConfig, Workers workers) {
    this.workers = workers;
    network =
        new Network(
            NetworkShape.tagger(
                List.of(new Input.Table("word", 4, 2)),
                new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(2), false),
                2));
    average = WeightAverage.of(averageConfig, network);
    optimizer = new Optimizer(config, clip, network, average);
    Kernels kernels = Kernels.scalar();
    ws = network.workspace(kernels, true);
    network.pack(kernels, true);
    ws.batch().fill(new Example[] {Example.labelled(0, new int[][] {{1, 3}}, 0, 1)}, 0, 1, 1);
    network.forward(ws, Dropping.NONE);
    network.backward(ws, Dropping.NONE); // leaves zeros: a loss has written no gradient
    Arrays.fill(ws.gradient(), 0f);
  }

  /** Where the dense block of a name begins. */
  int at(String name) {
    for (Block b : network.parameters().blocks()) if (b.name().equals(name)) return b.at();
    throw new IllegalArgumentException(name);
  }

  float[] dense() {
    return network.parameters().dense();
  }

  double step(double rate) {
    return optimizer.step(List.of(ws), 1, rate, workers);
  }
}
