package dev.sluice.eval.agreement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.batch.Example;
import dev.sluice.eval.agreement.AgreementTask.Side;
import dev.sluice.eval.json.Json;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.Loss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.Dropping;
import dev.sluice.network.Emissions;
import dev.sluice.network.GradientReach;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.Optimizer;
import dev.sluice.optimizer.OptimizerConfig;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One cell trained with one seed, and everything that is measured of it. Every number but times and speeds is a function of settings, cell and seed; tests are
 * the same for all.
 */
final class AgreementRun {
  private static final long TEST_SEED = 101; // test sentences and directions are those of no run
  private static final long REACH_SEED = 102;
  private static final long SURFACE_SEED = 103;
  private static final long DIRECTION_SEED = 104;
  private static final int CURVE = 20; // points of the training curve
  private static final int LABELS = 2;

  /** So many steps in a row decide whether a distance is learned. */
  static final int WINDOW = 50;

  /** The mean loss of these steps, in nats, below which it is. */
  static final double LEARNED = 0.05;

  private final StudySettings settings;
  private final StudiedCell cell;
  private final long seed;
  private final Network network;
  private final Kernels kernels = Kernels.create();
  private final Workspace ws;
  private final Loss loss = SoftmaxLoss.ofSentences(LABELS, null, 0);

  /** What training left behind: the loss and the norm of the gradient of every step, and the share of steps whose gradient was clipped. */
  private record Training(double[] losses, double[] norms, double clippedShare) {}

  private AgreementRun(StudySettings settings, StudiedCell cell, long seed) {
    this.settings = settings;
    this.cell = cell;
    this.seed = seed;
    int units = cell.units(settings.dimension(), settings.weights());
    network = new Network(cell.shape(settings.dimension(), units));
    network.initialise(seed);
    network.pack(kernels, true);
    ws = network.workspace(kernels, true);
  }

  /** Trains and measures: one network with all distances, and one with each of some. */
  static ObjectNode of(StudySettings settings, StudiedCell cell, long seed) {
    ObjectNode json = Json.object();
    json.set("settings", settings.json());
    json.put("cell", cell.title()).put("seed", seed);
    long start = processorTime();
    ObjectNode alone = json.putObject("alone");
    for (int distance : StudySettings.distances()) {
      AgreementRun run = new AgreementRun(settings, cell, seed);
      Training training = run.train(distance, distance, settings.aloneSteps(), LEARNED);
      alone
          .putObject(String.valueOf(distance))
          .put("steps", training.losses.length)
          .put("accuracy", run.accuracy(distance));
    }
    double seconds = (processorTime() - start) / 1e9;
    new AgreementRun(settings, cell, seed).mixed(json);
    return json.put("seconds", seconds + json.path("seconds").doubleValue());
  }

  private void mixed(ObjectNode json) {
    json.put("units", network.shape().topWidth());
    json.put("cellWeights", StudiedCell.weights(network.shape()));
    json.put("parameters", network.parameters().count());
    measure(json.putObject("before"));
    long start = processorTime();
    Training training = train(StudySettings.NEAR, StudySettings.FAR, settings.steps(), 0);
    double seconds = (processorTime() - start) / 1e9;
    curve(json.putObject("curve"), training.losses);
    Spread norms = Spread.of(training.norms); // what is not a number comes last
    json.put("clippedShare", training.clippedShare);
    AgreementResults.put(json, "medianNorm", norms.median());
    AgreementResults.put(json, "largestNorm", norms.most());
    json.put("seconds", seconds).put("stepsPerSecond", settings.steps() / seconds);
    measure(json.putObject("after"));
  }

  /** What this thread has had of a processor, in nanoseconds: other programs disturb it less than the clock. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** What is measured before training and after it. */
  private void measure(ObjectNode json) {
    ObjectNode accuracy = json.putObject("accuracy");
    for (int distance : StudySettings.tested())
      accuracy.put(String.valueOf(distance), accuracy(distance));
    ObjectNode gradient = json.putObject("gradient");
    double[] norms = norms();
    for (int distance : StudySettings.distances())
      AgreementResults.put(gradient, String.valueOf(distance), norms[distance]);
    if (cell.hasSurface()) json.set("surface", surface().json());
  }

  /**
   * Trains with sentences of distances between two, both of them possible.
   *
   * @param most steps
   * @param enough the mean loss of the last {@link #WINDOW} steps below which training ends earlier; 0 to go on
   */
  private Training train(int near, int far, int most, double enough) {
    OptimizerConfig config = new OptimizerConfig.Adam(settings.rate(), 0.9, 0.999, 1e-8);
    ClipConfig clip = new ClipConfig(Optional.of(settings.clip()), Optional.empty());
    Optimizer optimizer = new Optimizer(config, clip, network);
    AgreementTask task = new AgreementTask(Side.TRAIN, seed);
    SplittableRandom distances = new SplittableRandom(seed);
    Example[] examples = new Example[settings.batch()];
    double[] losses = new double[most], norms = new double[most];
    double window = 0;
    int step = 0;
    try (Workers workers = new Workers(1)) {
      while (step < most) {
        for (int i = 0;
            i < examples.length;
            i++) { // of every pair one, or a batch would be half as large
          AgreementTask.Pair pair = task.next(distances.nextInt(near, far + 1));
          AgreementSentence sentence = i % 2 == 0 ? pair.singular() : pair.plural();
          examples[i] = sentence.example((long) step * examples.length + i);
        }
        ws.batch().fill(examples, 0, 1, examples.length);
        network.forward(ws, Dropping.NONE);
        losses[step] = loss.gradient(ws, 1f / examples.length) / examples.length;
        network.backward(ws, Dropping.NONE);
        norms[step] = optimizer.step(List.of(ws), 1, settings.rate(), workers);
        network.pack(kernels, true);
        window += losses[step] - (step >= WINDOW ? losses[step - WINDOW] : 0);
        step++;
        if (step >= WINDOW && window < enough * WINDOW) break;
      }
    }
    return new Training(
        Arrays.copyOf(losses, step),
        Arrays.copyOf(norms, step),
        (double) optimizer.clipped() / step);
  }

  /** The mean loss of each stretch of steps, by the number of its last step. */
  private static void curve(ObjectNode json, double[] losses) {
    int points = Math.min(CURVE, losses.length);
    for (int p = 0; p < points; p++) {
      int from = (int) ((long) p * losses.length / points);
      int to = (int) ((long) (p + 1) * losses.length / points);
      double mean = Arrays.stream(losses, from, to).average().orElseThrow();
      AgreementResults.put(json, String.valueOf(to), mean);
    }
  }

  private double accuracy(int distance) {
    List<AgreementSentence> all =
        new AgreementTask(Side.TEST, TEST_SEED).sentences(settings.testPairs(), distance);
    Example[] examples = examples(all);
    int right = 0;
    for (int from = 0; from < examples.length; from += settings.batch()) {
      int end = Math.min(examples.length, from + settings.batch());
      ws.batch().fill(examples, from, 1, end);
      network.forward(ws, Dropping.NONE);
      Emissions emissions = ws.sentence();
      for (int i = 0; i < ws.batch().sentences(); i++) {
        int at = i * emissions.ld();
        boolean plural = emissions.scores()[at + 1] > emissions.scores()[at];
        if (plural == (ws.batch().example(i).intents()[0] == 1)) right++;
      }
    }
    return (double) right / examples.length;
  }

  private static Example[] examples(List<AgreementSentence> sentences) {
    Example[] examples = new Example[sentences.size()];
    for (int i = 0; i < examples.length; i++) examples[i] = sentences.get(i).example(i);
    return examples;
  }

  /** The norm of the gradient by distance, [FAR + 1], the median over sentences of the largest distance. */
  private double[] norms() {
    Example[] examples =
        examples(
            new AgreementTask(Side.TEST, REACH_SEED)
                .sentences(settings.reachPairs(), StudySettings.FAR));
    double[][] all = new double[examples.length][];
    for (int i = 0; i < all.length; i++)
      all[i] = GradientReach.of(network, examples[i]).get(0).norms();
    double[] norms = new double[StudySettings.FAR + 1];
    for (int k = 0; k < norms.length; k++) {
      int distance = k;
      norms[k] = Spread.of(Arrays.stream(all).mapToDouble(n -> n[distance]).toArray()).median();
    }
    return norms;
  }

  private ErrorSurface surface() {
    Example[] examples =
        examples(
            new AgreementTask(Side.TEST, SURFACE_SEED)
                .sentences(settings.surfacePairs(), StudySettings.FAR));
    ErrorSurface surface =
        ErrorSurface.of(
            network,
            settings.grid(),
            DIRECTION_SEED,
            () -> {
              network.pack(kernels, false);
              ws.batch().fill(examples, 0, 1, examples.length);
              network.forward(ws, Dropping.NONE);
              return loss.gradient(ws, 1f) / examples.length;
            });
    network.pack(kernels, true);
    return surface;
  }
}
