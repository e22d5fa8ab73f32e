package dev.sluice.trainer;

import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.Loss;
import dev.sluice.model.Model;
import dev.sluice.model.TensorFile;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import dev.sluice.optimizer.Optimizer;
import dev.sluice.optimizer.Schedule;
import dev.sluice.optimizer.WeightAverage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * Epochs over the training examples with early stopping on a dev score. Each batch is split into shards that depend on the batch alone; shards are
 * worked on by any number of threads and added up in order, so that the weights depend on config, data and seed only.
 *
 * <p>With a checkpoint path the whole state is saved after every epoch, and when training is asked to stop; a run that goes on from a checkpoint ends in
 * the same weights as one that was never interrupted.
 */
public final class Trainer implements AutoCloseable {
  /** Most shards of a batch. */
  private static final int SHARDS = 4;

  /** What AtomicFile adds to the name of the file before. */
  private static final String SMALLER_STEPS =
      "lower training.optimizer.rate or set training.clip.norm, e.g. 5; the last checkpoint is kept";

  private final Network network;
  private final TrainingConfig config;
  private final long seed;
  private final Rates rates;
  private final Curriculum curriculum;
  private final Workers workers;
  private final WeightAverage average;
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final TrainingState state;
  private final List<Workspace> shards = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private final double[] shardLoss = new double[SHARDS];
  private final Kernels[] packers;
  private final IntConsumer shardWork = this::workOnShard;
  private final IntConsumer packWork = this::packPart;
  private volatile boolean stopAsked;

  // what the shards work on now
  private Example[] batch;
  private float scale;
  private int used;
  private Dropping drop;

  /**
   * What is random in training, beside the order of sentences.
   *
   * @param word dropout of whole tokens
   * @param input dropout on the input vectors
   * @param layer dropout on the output of each layer
   * @param recurrent dropout on the recurrence
   * @param ownLabels share of tokens before which the network's own label is fed back instead of the right one, by epoch from 1
   * @param unknown share of words seen once that are shown as unknown
   * @param decoder dropout in a decoder
   */
  public record Rates(
      double word,
      double input,
      double layer,
      double recurrent,
      IntToDoubleFunction ownLabels,
      double unknown,
      double decoder) {
    /** Those of a network that feeds no labels back and writes nothing. */
    public Rates(double word, double input, double layer, double recurrent, double unknown) {
      this(word, input, layer, recurrent, epoch -> 0, unknown, 0);
    }
  }

  /**
   * How training ended.
   *
   * @param history the epochs
   * @param bestEpoch the epoch whose weights, or averages of weights, the model has now
   * @param bestScore its dev score
   * @param stopped whether it was asked to stop before its end
   */
  public record Outcome(
      List<EpochReport> history, int bestEpoch, double bestScore, boolean stopped) {}

  /**
   * A trainer for a model whose weights it will change.
   *
   * @param seed the seed of everything random
   * @param loss makes what is made small, an instance for each thread
   * @param train the training examples; their ids are their places in {@code sentences}
   * @param sentences the sentences the examples were made of, to name their lines when something goes wrong
   */
  public Trainer(
      Model model,
      TrainingConfig config,
      long seed,
      Rates rates,
      Supplier<Loss> loss,
      Example[] train,
      List<Sentence> sentences,
      int threads) {
    this(
        model.network(),
        config,
        seed,
        rates,
        loss,
        new SentenceCurriculum(model, train, sentences, config.batch(), rates.unknown()),
        threads);
  }

  /**
   * A trainer for a network whose weights it will change.
   *
   * @param seed the seed of everything random
   * @param loss makes what is made small, an instance for each thread
   * @param curriculum what it goes through
   */
  public Trainer(
      Network network,
      TrainingConfig config,
      long seed,
      Rates rates,
      Supplier<Loss> loss,
      Curriculum curriculum,
      int threads) {
    this.network = network;
    this.config = config;
    this.seed = seed;
    this.rates = rates;
    this.curriculum = curriculum;
    average = WeightAverage.of(config.average(), network);
    optimizer = new Optimizer(config.optimizer(), config.clip(), network, average);
    schedule = new Schedule(config.schedule(), config.optimizer().rate(), config.epochs());
    state = new TrainingState(network, optimizer, average, curriculum.carried());
    for (int s = 0; s < SHARDS; s++) {
      shards.add(network.workspace(true));
      losses.add(loss.get());
    }
    packers = new Kernels[network.packParts()];
    Arrays.setAll(packers, i -> Kernels.create());
    workers =
        new Workers(threads); // last, so that nothing above leaves threads behind when it fails
  }

  /** Asks training to stop at the next border between batches; may be called from any thread. */
  public void stop() {
    stopAsked = true;
  }

  /** The epochs that are complete. */
  public List<EpochReport> history() {
    return List.copyOf(state.history);
  }

  /** The threads it works with. */
  public Workers workers() {
    return workers;
  }

  /**
   * Trains until patience or epochs run out and leaves the best weights in the model.
   *
   * @param dev scores the model as it is, 0 to 1; when weights are averaged, the model has the averages then
   * @param checkpoint where to save the state; nowhere when empty
   * @param identity config and data fingerprints that a checkpoint must agree with
   * @param resume whether to go on from the checkpoint, if there is one
   * @throws SluiceException TRN-001 when loss or gradient is not finite, naming the batch's sentences; TRN-002 when weights are not;
   *     TRN-003 and TRN-004 when the checkpoint does not fit
   */
  public Outcome run(
      DoubleSupplier dev,
      Optional<Path> checkpoint,
      SortedMap<String, String> identity,
      boolean resume,
      TrainingListener listener) {
    network.initialise(seed);
    average.begin();
    state.begin();
    if (resume && checkpoint.isPresent() && Files.exists(checkpoint.get())) {
      TensorFile file = newestValid(checkpoint.get(), listener);
      TrainingState.requireSame(file, identity);
      state.read(file);
      for (EpochReport r : state.history) schedule.scored(r.dev());
    }
    pack();
    while (!finished() && !stopAsked) {
      int before = state.history.size();
      trainEpoch(dev, listener);
      checkpoint.ifPresent(path -> save(path, identity));
      if (state.history.size() > before)
        listener.epoch(state.history.get(state.history.size() - 1));
    }
    boolean stopped = !finished();
    if (!stopped) {
      state.takeBest();
      pack();
    }
    return new Outcome(List.copyOf(state.history), state.bestEpoch, state.bestScore, stopped);
  }

  private boolean finished() {
    return state.epoch >= config.epochs()
        || (state.epoch > 0 && state.epochsWithoutRise() >= config.patience());
  }

  /** The checkpoint, or the one before it when it is damaged. */
  private static TensorFile newestValid(Path path, TrainingListener listener) {
    try {
      return TensorFile.read(path);
    } catch (SluiceException damaged) {
      Path previous = AtomicFile.previous(path);
      if (damaged.kind() != SluiceException.Kind.CORRUPT || !Files.exists(previous)) throw damaged;
      TensorFile file = TensorFile.read(previous);
      listener.warning(
          "the checkpoint is damaged, so training goes on from the one before it: "
              + damaged.problems().get(0).what());
      return file;
    }
  }

  private void save(Path path, SortedMap<String, String> identity) {
    AtomicFile.at(path)
        .checkedBy(written -> TensorFile.read(written))
        .keepingPrevious()
        .write(out -> TensorFile.write(out, state.tensors(), TrainingState.identity(identity)));
  }

  private void pack() {
    workers.run(packers.length, packWork);
  }

  private void packPart(int part) {
    network.pack(packers[part], true, part);
  }

  /** The rest of the current epoch; returns early, with the batch recorded, when asked to stop. */
  private void trainEpoch(DoubleSupplier dev, TrainingListener listener) {
    int epoch = state.epoch + 1;
    long began = System.nanoTime();
    Example[][] plan = curriculum.epoch(seed, epoch);
    drop =
        new Dropping(
            rates.word(),
            rates.input(),
            rates.layer(),
            rates.recurrent(),
            rates.ownLabels().applyAsDouble(epoch),
            rates.decoder(),
            seed,
            epoch);
    if (state.batch == 0) {
      state.lossSum = 0;
      state.lossCount = 0;
      state.normSum = 0;
      state.clippedBefore = optimizer.clipped();
    }
    long tokens = 0;
    double rate = 0;
    while (state.batch < plan.length) {
      if (stopAsked) {
        requireFinite();
        return;
      }
      batch = plan[state.batch];
      scale = curriculum.scale(batch);
      rate = schedule.rate(state.epoch + (double) state.batch / plan.length);
      state.normSum += step(rate, epoch);
      state.batch++;
      for (Example e : batch) {
        tokens += e.length();
        state.lossCount += curriculum.losses(e);
      }
      double seconds = (System.nanoTime() - began) * 1e-9;
      listener.batch(
          epoch,
          (double) state.batch / plan.length,
          state.lossSum / state.lossCount,
          tokens / seconds);
    }
    requireFinite();
    double trained = Math.max(1e-9, (System.nanoTime() - began) * 1e-9);
    boolean averaged = average.putIn(epoch);
    if (averaged) pack();
    double score = dev.getAsDouble();
    boolean best = score >= state.bestScore; // of equally good epochs the last has learned most
    if (best) {
      state.bestScore = score;
      state.bestEpoch = epoch;
      state.keepBest(averaged);
    }
    if (average.takeOut()) pack();
    schedule.scored(score);
    state.history.add(
        new EpochReport(
            epoch,
            state.lossSum / state.lossCount,
            score,
            best,
            rate,
            state.normSum / plan.length,
            (double) (optimizer.clipped() - state.clippedBefore) / plan.length,
            tokens / trained,
            (System.nanoTime() - began) * 1e-9,
            optimizer.steps()));
    state.epoch = epoch;
    state.batch = 0;
  }

  private double step(double rate, int epoch) {
    used = shards(batch.length);
    workers.run(used, shardWork);
    double loss = 0;
    for (int s = 0; s < used; s++) loss += shardLoss[s];
    double norm = Double.isFinite(loss) ? optimizer.step(shards, used, rate, workers) : Double.NaN;
    if (!Double.isFinite(norm)) throw notFinite(loss, epoch);
    state.lossSum += loss;
    pack();
    return norm;
  }

  /** Shards of a batch: few rows per product are slower, so only large batches are cut into more than two. */
  private static int shards(int sentences) {
    return sentences >= 64 ? SHARDS : sentences >= 4 ? 2 : 1;
  }

  /** Every {@code used}-th sentence of the batch; they stand longest first, so the shards are about equally long. */
  private void workOnShard(int shard) {
    Workspace ws = shards.get(shard);
    Loss loss = losses.get(shard);
    ws.batch().fill(batch, shard, used, batch.length);
    curriculum.begin(ws);
    loss.choose(ws, seed, drop.epoch());
    network.forward(ws, drop);
    curriculum.end(ws);
    shardLoss[shard] = loss.gradient(ws, scale);
    network.backward(ws, drop);
  }

  /** A last step can spoil weights without another batch to show it; such weights are neither scored nor saved. */
  private void requireFinite() {
    if (optimizer.finite()) return;
    throw SluiceException.usage(
        "TRN-002",
        Location.of(curriculum.source()),
        "after "
            + optimizer.steps()
            + " steps the weights, or the means of them or of their gradients, are not finite numbers",
        SMALLER_STEPS);
  }

  private SluiceException notFinite(double loss, int epoch) {
    List<String> lines = new ArrayList<>();
    Location first = null;
    for (Example e : batch) {
      Location where = curriculum.where(e);
      if (first == null) first = where;
      if (lines.size() < 20) lines.add(where.toString());
    }
    String more =
        batch.length > lines.size() ? " and " + (batch.length - lines.size()) + " more" : "";
    return SluiceException.usage(
        "TRN-001",
        first,
        (Double.isFinite(loss) ? "the gradient" : "the loss")
            + " of a batch in epoch "
            + epoch
            + " is not a finite number; its "
            + curriculum.noun()
            + " are at "
            + String.join(", ", lines)
            + more,
        SMALLER_STEPS);
  }

  @Override
  public void close() {
    workers.close();
  }
}
