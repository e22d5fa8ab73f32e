package dev.sluice.loss;

import dev.sluice.kernel.Workers;
import dev.sluice.network.Network;
import java.util.Arrays;

/**
 * The likelihood of whole gold sequences of labels under the distribution that {@link TokenDecoder} works with: that of the CRF, or the product of the tokens' softmax
 * distributions over the sequences that may be given. Emissions and moves are divided by the temperature alike, so the best path stays the best one.
 */
public final class SequenceLikelihood implements Likelihood {
  /** Fixed, so that sums do not depend on the number of threads. */
  private static final int SLICES = 16;

  private final Network network;
  private final float[][] emissions;
  private final int[][] gold;
  private final int[] rows;
  private final ChainWeights weights;
  private final Chain[] chains;

  /**
   * Takes scores and gold labels; the arrays are shared, not copied.
   *
   * @param network has the scores of the moves, if it learned any
   * @param moves which label may follow which
   * @param emissions for each sentence the label scores of its tokens, [T,L]
   * @param gold for each sentence its label ids, [T], none unknown and together allowed by the moves
   */
  public SequenceLikelihood(Network network, Moves moves, float[][] emissions, int[][] gold) {
    this.network = network;
    this.emissions = emissions;
    this.gold = gold;
    rows = new int[Arrays.stream(gold).mapToInt(g -> g.length).max().orElse(0)];
    Arrays.setAll(rows, t -> t * moves.labels());
    chains = new Chain[Math.min(SLICES, gold.length)];
    weights = new ChainWeights(moves);
    Arrays.setAll(chains, slice -> new Chain(weights));
  }

  @Override
  public double negative(double temperature, Workers workers) {
    weights.load(network, temperature);
    double[] sums = new double[chains.length];
    workers.run(
        chains.length,
        slice -> {
          for (int i = slice; i < gold.length; i += chains.length) {
            chains[slice].read(emissions[i], rows, gold[i].length);
            sums[slice] -= chains[slice].logProbability(gold[i]);
          }
        });
    double sum = 0;
    for (double s : sums) sum += s;
    return sum;
  }

  @Override
  public int cases() {
    return gold.length;
  }

  @Override
  public int mistakes() {
    if (chains.length == 0) return 0;
    weights.load(network, 1);
    int mistakes = 0;
    for (int i = 0; i < gold.length; i++) {
      int[] best = new int[gold[i].length];
      chains[0].read(emissions[i], rows, best.length);
      chains[0].best(best);
      if (!Arrays.equals(best, gold[i])) mistakes++;
    }
    return mistakes;
  }
}
