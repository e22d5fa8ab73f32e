package dev.sluice.trainer;

import dev.sluice.config.SluiceException;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Tensor;
import dev.sluice.model.TensorFile;
import dev.sluice.network.Network;
import dev.sluice.network.Parameters;
import dev.sluice.optimizer.ChangedRows;
import dev.sluice.optimizer.Optimizer;
import dev.sluice.optimizer.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that training needs to go on as if it had never stopped: weights, moments, averages, the best weights so far, and how far it is. Random numbers
 * need no state, since each is a function of seed, epoch and sentence.
 */
final class TrainingState {
  private final Network network;
  private final Optimizer optimizer;
  private final WeightAverage average;
  private final List<float[]> carried;
  private final float[] bestDense;
  private final List<float[]> bestTables = new ArrayList<>();

  int epoch; // epochs that are complete
  int batch; // batches of the next epoch that are complete
  double lossSum; // of those batches
  long lossCount;
  double normSum;
  long clippedBefore; // clipped steps before that epoch
  int bestEpoch;
  double bestScore = -1;
  private static final int REPORT = 10; // numbers of an epoch's report

  final List<EpochReport> history = new ArrayList<>();

  TrainingState(
      Network network, Optimizer optimizer, WeightAverage average, List<float[]> carried) {
    this.carried = carried;
    this.network = network;
    this.optimizer = optimizer;
    this.average = average;
    bestDense = new float[network.parameters().dense().length];
    for (Parameters.Table t : network.parameters().tables())
      bestTables.add(new float[t.values().length]);
  }

  /** Keeps the weights from before the first step, so that later only rows that have changed need to be kept. */
  void begin() {
    keepBest(true);
  }

  /**
   * Keeps the weights that the network has as the best.
   *
   * @param anew whether they may differ from what was kept in any row, as means do
   */
  void keepBest(boolean anew) {
    ChangedRows changed = optimizer.changed(); // since the best weights were kept
    if (anew) changed.addEvery();
    Parameters p = network.parameters();
    System.arraycopy(p.dense(), 0, bestDense, 0, bestDense.length);
    for (int i = 0; i < bestTables.size(); i++)
      changed.copy(i, p.tables().get(i).values(), bestTables.get(i));
    changed.clear();
  }

  void takeBest() {
    Parameters p = network.parameters();
    System.arraycopy(bestDense, 0, p.dense(), 0, bestDense.length);
    for (int i = 0; i < bestTables.size(); i++) copy(bestTables.get(i), p.tables().get(i).values());
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
  }

  /** How many epochs ago the dev score last was higher than ever before; equally good epochs do not count. */
  int epochsWithoutRise() {
    int rise = 0;
    for (int i = 1; i < history.size(); i++) {
      if (history.get(i).dev() > history.get(rise).dev()) rise = i;
    }
    return history.size() - 1 - rise;
  }

  List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(ModelFile.trainedWeights(network, "now."));
    tensors.add(whole("best.dense", bestDense));
    for (int i = 0; i < bestTables.size(); i++)
      tensors.add(whole("best.table." + i, bestTables.get(i)));
    List<float[]> moments = optimizer.state().moments();
    for (int i = 0; i < moments.size(); i++) tensors.add(whole("moments." + i, moments.get(i)));
    List<float[]> means = average.weights();
    for (int i = 0; i < means.size(); i++) tensors.add(whole("average." + i, means.get(i)));
    for (int i = 0; i < carried.size(); i++)
      if (carried.get(i).length > 0) tensors.add(whole("carried." + i, carried.get(i)));
    List<double[]> clocks = average.clocks();
    for (int i = 0; i < clocks.size(); i++)
      tensors.add(Tensor.doubles("average.clock." + i, clocks.get(i), clocks.get(i).length));
    double[] reports = new double[history.size() * REPORT];
    for (int i = 0, at = 0; i < history.size(); i++) {
      EpochReport r = history.get(i);
      for (double value :
          new double[] {
            r.epoch(),
            r.loss(),
            r.dev(),
            r.best() ? 1 : 0,
            r.rate(),
            r.norm(),
            r.clipped(),
            r.tokensPerSecond(),
            r.seconds(),
            r.steps()
          }) {
        reports[at++] = value;
      }
    }
    tensors.add(Tensor.doubles("history", reports, history.size(), REPORT));
    Optimizer.State s = optimizer.state();
    tensors.add(
        Tensor.longs(
            "counters",
            new long[] {epoch, batch, lossCount, clippedBefore, bestEpoch, s.steps(), s.clipped()},
            7));
    tensors.add(Tensor.doubles("sums", new double[] {lossSum, normSum, bestScore, s.memory()}, 4));
    return tensors;
  }

  private static Tensor whole(String name, float[] values) {
    return Tensor.floats(name, values, values.length);
  }

  void read(TensorFile file) {
    ModelFile.readTrainedWeights(file, network, "now.");
    optimizer.changed().addEvery();
    copy(floats(file, "best.dense", bestDense.length), bestDense);
    for (int i = 0; i < bestTables.size(); i++) {
      copy(floats(file, "best.table." + i, bestTables.get(i).length), bestTables.get(i));
    }
    long[] n = file.require("counters", Tensor.Dtype.I64, 7).longs();
    double[] d = file.require("sums", Tensor.Dtype.F64, 4).doubles();
    List<float[]> moments = new ArrayList<>();
    List<float[]> mine = optimizer.state().moments();
    for (int i = 0; i < mine.size(); i++)
      moments.add(floats(file, "moments." + i, mine.get(i).length));
    optimizer.restore(new Optimizer.State(n[5], n[6], d[3], moments));
    List<float[]> means = average.weights();
    for (int i = 0; i < means.size(); i++)
      copy(floats(file, "average." + i, means.get(i).length), means.get(i));
    for (int i = 0; i < carried.size(); i++) {
      float[] states = carried.get(i);
      if (states.length > 0) copy(floats(file, "carried." + i, states.length), states);
    }
    List<double[]> clocks = average.clocks();
    for (int i = 0; i < clocks.size(); i++) {
      double[] clock = clocks.get(i);
      double[] saved = file.require("average.clock." + i, Tensor.Dtype.F64, clock.length).doubles();
      System.arraycopy(saved, 0, clock, 0, clock.length);
    }
    epoch = (int) n[0];
    batch = (int) n[1];
    lossCount = n[2];
    clippedBefore = n[3];
    bestEpoch = (int) n[4];
    lossSum = d[0];
    normSum = d[1];
    bestScore = d[2];
    double[] reports = file.require("history", Tensor.Dtype.F64, -1, REPORT).doubles();
    history.clear();
    for (int at = 0; at + REPORT <= reports.length; at += REPORT) {
      double[] r = java.util.Arrays.copyOfRange(reports, at, at + REPORT);
      history.add(
          new EpochReport(
              (int) r[0], r[1], r[2], r[3] == 1, r[4], r[5], r[6], r[7], r[8], (long) r[9]));
    }
    if (history.size() != epoch || batch < 0 || bestEpoch > epoch) {
      throw SluiceException.corrupt(
          "TRN-004",
          file.source(),
          "the checkpoint's counters do not hold together ("
              + epoch
              + " epochs, "
              + history.size()
              + " reports)",
          "start again without --resume");
    }
  }

  private static float[] floats(TensorFile file, String name, int size) {
    return file.require(name, Tensor.Dtype.F32, size).floats();
  }

  /** The settings and data that a checkpoint belongs to, as metadata. */
  static SortedMap<String, String> identity(SortedMap<String, String> identity) {
    SortedMap<String, String> m = new TreeMap<>();
    identity.forEach((k, v) -> m.put("run." + k, v));
    return m;
  }

  /** Refuses a checkpoint of another config or other data, naming what changed. */
  static void requireSame(TensorFile file, SortedMap<String, String> identity) {
    SortedMap<String, String> now = identity(identity);
    SortedMap<String, String> then = new TreeMap<>();
    file.metadata()
        .forEach(
            (k, v) -> {
              if (k.startsWith("run.")) then.put(k, v);
            });
    if (now.equals(then)) return;
    TreeMap<String, String> all = new TreeMap<>(then);
    all.putAll(now);
    List<String> changed = new ArrayList<>();
    for (String key : all.keySet()) {
      String before = then.get(key), after = now.get(key);
      if (!java.util.Objects.equals(before, after)) {
        changed.add(key.substring(4) + " was " + before + " and is " + after);
      }
    }
    throw SluiceException.usage(
        "TRN-003",
        file.source(),
        "the checkpoint belongs to another config or other data: " + String.join("; ", changed),
        "undo the change, or start again without --resume");
  }
}
