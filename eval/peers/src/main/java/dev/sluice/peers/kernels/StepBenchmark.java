package dev.sluice.peers.kernels;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Sums;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.CrfLoss;
import dev.sluice.loss.Moves;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Workspace;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.Optimizer;
import dev.sluice.optimizer.OptimizerConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What of a training step is one loop for scalar and SIMD kernels alike: exponentials, the losses, the optimizer; on one thread. */
public class StepBenchmark extends KernelBenchmark {
  private static final int DENSE_OF_A_DIRECTION = (DIMENSION + HIDDEN + 1) * GATES * HIDDEN;
  private static final int CRF = LABELS * LABELS + 2 * LABELS;

  static final int SCORES = TOKENS * LABELS;

  /** Dense weights, and the rows of the table that a batch touches, whose words are all different. */
  static final int WEIGHTS =
      2 * DENSE_OF_A_DIRECTION + (2 * HIDDEN + 1) * LABELS + CRF + TOKENS * DIMENSION;

  private final double[] stripes = new double[16];
  private final float[] e = new float[LABELS];
  private float[] scores;
  private float[] exponentials;
  private Workspace ws;
  private CrfLoss crf;
  private Optimizer adam;
  private Workers workers;

  /** Takes a batch forward and back through a bidirectional LSTM-CRF. */
  @Setup
  public void prepare() {
    scores = some(SCORES);
    exponentials = new float[SCORES];
    Network network =
        new Network(
            new NetworkShape(
                List.of(new NetworkShape.Input.Table("word", TOKENS + 1, DIMENSION)),
                new NetworkShape.Encoder(new CellConfig.Lstm(), List.of(HIDDEN), true),
                Optional.of(new NetworkShape.Tokens(LABELS, true)),
                Optional.empty()));
    network.initialise(1);
    ws = network.workspace(true);
    network.pack(ws.kernels(), true);
    ws.batch().fill(examples(), 0, 1, SENTENCES);
    network.forward(ws, Dropping.NONE);
    crf = new CrfLoss(network, Moves.free(LABELS), null, 0);
    crf.gradient(ws, 1f / SENTENCES);
    network.backward(ws, Dropping.NONE);
    adam =
        new Optimizer(
            new OptimizerConfig.Adam(0.001, 0.9, 0.999, 1e-8),
            new ClipConfig(Optional.of(5.0), Optional.empty()),
            network);
    workers = new Workers(1);
    long changed = network.parameters().count() - DIMENSION; // all but the row of the unknown word
    if (changed != WEIGHTS) throw new IllegalStateException(changed + " weights change");
  }

  private static Example[] examples() {
    return IntStream.range(0, SENTENCES)
        .mapToObj(
            i -> {
              int[] words = IntStream.range(i * LENGTH, (i + 1) * LENGTH).map(w -> w + 1).toArray();
              int[] labels = IntStream.of(words).map(w -> w % LABELS).toArray();
              return Example.labelled(i, new int[][] {words}, labels);
            })
        .toArray(Example[]::new);
  }

  /** The exponential function. */
  @Benchmark
  @OperationsPerInvocation(SCORES)
  @Unit("ns per element")
  public float[] exp() {
    for (int i = 0; i < SCORES; i++) exponentials[i] = Functions.exp(scores[i]);
    return exponentials;
  }

  /** log-sum-exp over the 50 scores of each token. */
  @Benchmark
  @OperationsPerInvocation(SCORES)
  @Unit("ns per score")
  public double logSumExp() {
    double sum = 0;
    for (int t = 0; t < TOKENS; t++) sum += Sums.logSumExp(scores, t * LABELS, LABELS, e, stripes);
    return sum;
  }

  /** Loss and gradient of a linear-chain CRF over 50 labels, sentences of 20 tokens: forward and backward recursions in double. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  @Unit("ns per token")
  public double crfStep() {
    return crf.gradient(ws, 1f / SENTENCES);
  }

  /** A step of the optimizer: the norm of the gradient, then Adam on all dense weights and touched rows. */
  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  @Unit("ns per weight")
  public double adamStep() {
    return adam.step(List.of(ws), 1, 0.001, workers);
  }

  /** Ends the team. */
  @TearDown
  public void close() {
    workers.close();
  }
}
