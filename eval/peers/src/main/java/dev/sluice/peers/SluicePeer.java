package dev.sluice.peers;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.Dropping;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Workspace;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.Optimizer;
import dev.sluice.optimizer.OptimizerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our own engine. A batch is split into {@value #SHARDS} shards, whatever the number of threads; one sentence is work for one thread. */
final class SluicePeer implements Peer {
  private static final int SHARDS = 2;

  private final Work work;
  private final Example[][] batches;
  private final Workers workers;
  private final Kernels kernels = Kernels.create();
  private final Network network;
  private final Optimizer optimizer;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Workspace> trained = new ArrayList<>();
  private final Shard single;
  private final int[] found;
  private final Example[] sentence = new Example[1];
  private int next;
  private double loss = Double.NaN;

  /** What one thread at a time works on. */
  private record Shard(Workspace training, Workspace tagging, SoftmaxLoss loss, double[] sum) {
    static Shard of(Network network) {
      return new Shard(
          network.workspace(true),
          network.workspace(false),
          new SoftmaxLoss(network),
          new double[1]);
    }
  }

  SluicePeer(Work work, int threads) {
    this.work = work;
    batches = examples(work);
    workers = new Workers(threads);
    network =
        new Network(
            new NetworkShape(
                List.of(new NetworkShape.Input("word", work.words(), work.dimension())),
                EncoderConfig.Cell.LSTM,
                EncoderConfig.Activation.TANH,
                List.of(work.hidden()),
                true,
                null,
                work.labels()));
    network.initialise(work.seed());
    network.pack(kernels, true);
    optimizer =
        new Optimizer(
            new OptimizerConfig.Adam(Work.RATE, 0.9, 0.999, 1e-8),
            new ClipConfig(Optional.of(Work.CLIP_NORM), Optional.empty()),
            network);
    for (int s = 0; s < SHARDS; s++) {
      shards.add(Shard.of(network));
      trained.add(shards.get(s).training());
    }
    single = shards.get(0);
    found = new int[work.tokens()];
  }

  private static Example[][] examples(Work work) {
    int[][][] words = work.batches();
    Example[][] examples = new Example[words.length][work.sentences()];
    long id = 0;
    for (int b = 0; b < words.length; b++) {
      for (int i = 0; i < work.sentences(); i++) {
        int[] labels = new int[work.length()];
        for (int t = 0; t < labels.length; t++) labels[t] = work.label(words[b][i][t]);
        examples[b][i] = new Example(id++, new int[][] {words[b][i]}, labels, -1);
      }
    }
    return examples;
  }

  @Override
  public String system() {
    return "sluice";
  }

  @Override
  public String variant(Measure measure) {
    String count = workers.threads() + (workers.threads() == 1 ? " thread" : " threads");
    return count + ", " + kernels.name() + " kernels";
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public double trainTokensPerSecond(Duration duration) {
    return Rate.perSecond(
        duration,
        () -> {
          train(nextBatch());
          return work.tokens();
        });
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    return Rate.perSecond(
        duration,
        () -> {
          Example[] batch = nextBatch();
          workers.run(SHARDS, s -> tag(shards.get(s), batch, s, SHARDS));
          return work.tokens();
        });
  }

  @Override
  public double[] sentenceMicros(Duration duration) {
    return Rate.micros(
        duration,
        i -> {
          sentence[0] = batches[i / work.sentences() % batches.length][i % work.sentences()];
          tag(single, sentence, 0, 1);
        });
  }

  private Example[] nextBatch() {
    Example[] batch = batches[next];
    next = (next + 1) % batches.length;
    return batch;
  }

  private void train(Example[] batch) {
    float scale = 1f / work.tokens();
    workers.run(
        SHARDS,
        s -> {
          Shard shard = shards.get(s);
          Workspace ws = shard.training();
          ws.batch().fill(batch, s, SHARDS, batch.length);
          network.forward(ws, Dropping.NONE);
          shard.sum()[0] = shard.loss().gradient(ws, scale);
          network.backward(ws, Dropping.NONE);
        });
    loss = 0;
    for (Shard shard : shards) loss += shard.sum()[0] / work.tokens();
    optimizer.step(trained, SHARDS, Work.RATE, workers);
    workers.run(network.packParts(), part -> network.pack(kernels(part), true, part));
  }

  /** Packing has no scratch memory to share, but an instance serves one thread: each part uses that of a shard. */
  private Kernels kernels(int part) {
    return part < SHARDS ? shards.get(part).training().kernels() : kernels;
  }

  /** The labels of every {@code stride}-th sentence of the batch, put where the sentence stands. */
  private void tag(Shard shard, Example[] examples, int from, int stride) {
    Workspace ws = shard.tagging();
    Batch batch = ws.batch();
    batch.fill(examples, from, stride, examples.length);
    network.forward(ws, Dropping.NONE);
    for (int t = 0; t < batch.steps(); t++) {
      for (int i = 0; i < batch.live(t); i++) {
        int place = from + batch.place(i) * stride;
        found[place * work.length() + t] = shard.loss().best(ws, batch.start(t) + i);
      }
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
