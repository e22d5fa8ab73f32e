package dev.sluice.loss;

import dev.sluice.batch.Batch;
import dev.sluice.network.Block;
import dev.sluice.network.ChainBlocks;
import dev.sluice.network.Emissions;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.Arrays;
import java.util.function.Supplier;

/** The loss of a linear-chain CRF over the labels of each sentence, and the gradient of emissions and moves; {@link ChainGradient} has the formulas. */
public final class CrfLoss implements Loss {
  private final StepWeights weights;
  private final ChainBlocks blocks;
  private final int L;
  private final Chain chain;
  private final ChainGradient gradient;
  private final double[] dTrans;
  private final double[] dStart;
  private final double[] dStop;
  private int[] rows = new int[0];
  private int[] gold = new int[0];

  /**
   * The loss of a network whose shape has a chain.
   *
   * @param moves which label may follow which
   * @param classWeights a weight per label; null when all are 1
   * @param smoothing share of the target that is spread over the labels that may stand in its place
   */
  public CrfLoss(Network network, Moves moves, float[] classWeights, double smoothing) {
    this(new StepWeights(network, moves), classWeights, smoothing);
  }

  private CrfLoss(StepWeights weights, float[] classWeights, double smoothing) {
    this.weights = weights;
    blocks = weights.blocks();
    L = weights.shared().L;
    chain = new Chain(weights.shared());
    gradient = new ChainGradient(chain, widened(classWeights), smoothing);
    dTrans = new double[L * L];
    dStart = new double[L];
    dStop = new double[L];
  }

  /**
   * Losses for the threads of one training, each call a new one, with the arguments of the constructor. They share what is derived from the moves, which is done once
   * for all of them when the network was packed anew; so none may be asked while the network is packed.
   */
  public static Supplier<Loss> forThreads(
      Network network, Moves moves, float[] classWeights, double smoothing) {
    StepWeights weights = new StepWeights(network, moves);
    return () -> new CrfLoss(weights, classWeights, smoothing);
  }

  private static double[] widened(float[] x) {
    if (x == null) return null;
    double[] wide = new double[x.length];
    for (int j = 0; j < x.length; j++) wide[j] = x[j];
    return wide;
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    weights.refresh();
    Batch batch = ws.batch();
    Emissions emissions = ws.tokens();
    if (rows.length < batch.steps()) {
      rows = new int[batch.steps()];
      gold = new int[batch.steps()];
    }
    Arrays.fill(dTrans, 0);
    Arrays.fill(dStart, 0);
    Arrays.fill(dStop, 0);
    double loss = 0;
    for (int i = 0; i < batch.sentences(); i++) {
      int T = batch.length(i);
      for (int t = 0; t < T; t++) {
        int row = batch.row(t, i);
        rows[t] = row * emissions.ld();
        gold[t] = batch.labels()[row];
      }
      chain.read(emissions.scores(), rows, T);
      loss += gradient.gradient(gold, scale, emissions.gradient(), rows, dTrans, dStart, dStop);
    }
    add(dTrans, blocks.transition(), ws.gradient());
    add(dStart, blocks.start(), ws.gradient());
    add(dStop, blocks.stop(), ws.gradient());
    return loss;
  }

  private void add(double[] from, Block block, float[] to) {
    for (int r = 0; r < block.rows(); r++) {
      int at = block.at() + r * block.ld();
      for (int j = 0; j < L; j++) to[at + j] += (float) from[r * L + j];
    }
  }
}
