package dev.sluice.optimizer;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Parameters;
import dev.sluice.network.SparseGradient;
import dev.sluice.network.Workspace;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network in training: three shards per batch and an optimizer. */
final class Shards {
  private static final int SHARDS = 3;

  final Network network;
  final WeightAverage average;
  final Optimizer optimizer;
  final List<Workspace> workspaces = new ArrayList<>();
  private final Kernels packer = Kernels.create();
  private final List<SoftmaxLoss> losses = new ArrayList<>();

  Shards(NetworkShape shape, OptimizerConfig config, ClipConfig clip) {
    this(shape, config, clip, new AverageConfig.None());
  }

  Shards(NetworkShape shape, OptimizerConfig config, ClipConfig clip, AverageConfig averageConfig) {
    network = new Network(shape);
    ReferenceNetwork weights = new ReferenceNetwork(shape);
    weights.randomise(Seeds.of(400), 0.9);
    weights.copyTo(network);
    average = WeightAverage.of(averageConfig, network);
    average.begin();
    optimizer = new Optimizer(config, clip, network, average);
    for (int s = 0; s < SHARDS; s++) {
      workspaces.add(network.workspace(true));
      losses.add(SoftmaxLoss.ofTokens(Gallery.LABELS, null, 0));
    }
  }

  /** A small network with two tables of learned vectors and one of one-hot inputs. */
  static NetworkShape small() {
    return Gallery.shapes().stream()
        .filter(s -> s.inputs().equals(Gallery.INPUTS.get(2)))
        .filter(s -> s.encoder().bidirectional() && s.sentence().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Forward, loss and backward of every shard. */
  void gradients(List<Example> batch) {
    network.pack(packer, true);
    Example[] all = batch.toArray(Example[]::new);
    for (int s = 0; s < SHARDS; s++) {
      Workspace ws = workspaces.get(s);
      ws.batch().fill(all, s, SHARDS, all.length);
      network.forward(ws, Dropping.NONE);
      losses.get(s).gradient(ws, 1f);
      network.backward(ws, Dropping.NONE);
    }
  }

  double step(double rate, Workers workers) {
    return optimizer.step(workspaces, SHARDS, rate, workers);
  }

  /** The gradient of a whole table, zero where no sentence touched it. */
  float[] tableGradient(int table) {
    SparseGradient g = new SparseGradient(network, table);
    g.collect(workspaces, SHARDS);
    float[] all = new float[network.parameters().tables().get(table).values().length];
    for (int slot = 0; slot < g.count(); slot++)
      System.arraycopy(g.values(), slot * g.ld(), all, g.row(slot) * g.ld(), g.ld());
    return all;
  }

  /** A copy of all weights: the dense ones, then table by table. */
  List<float[]> weights() {
    List<float[]> copy = new ArrayList<>();
    copy.add(network.parameters().dense().clone());
    for (Parameters.Table t : network.parameters().tables()) copy.add(t.values().clone());
    return copy;
  }

  static boolean same(List<float[]> a, List<float[]> b) {
    for (int i = 0; i < a.size(); i++) if (!Arrays.equals(a.get(i), b.get(i))) return false;
    return a.size() == b.size();
  }
}
