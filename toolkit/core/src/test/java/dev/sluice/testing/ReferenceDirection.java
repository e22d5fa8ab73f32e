package dev.sluice.testing;

import dev.sluice.network.CellConfig;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.List;

/** One direction of one layer over one sentence, in double. */
interface ReferenceDirection {
  /** The layer of a config, with the parameters of {@link ReferenceLayer}. */
  static ReferenceDirection of(
      ReferenceWeights weights,
      String name,
      CellConfig config,
      int D,
      int H,
      boolean backward,
      List<String> oneHot,
      boolean normalized) {
    if (config instanceof CellConfig.Window window)
      return new ReferenceWindow(weights, name, window, D, H, oneHot, normalized);
    return new ReferenceLayer(weights, name, config, D, H, backward, oneHot, normalized);
  }

  /**
   * The steps of all tokens, in the order of the sentence.
   *
   * @param x the input vectors, [T][D]
   * @param ids the ids of each token, [inputs][T]; none above the first layer; -1 where a token is dropped
   * @param mask what a previous state is multiplied by on its way into the recurrent product
   */
  default Step[] forward(double[][] x, int[][] ids, double[] mask) {
    return forward(x, ids, mask, -1, new double[mask.length]);
  }

  /** The same with something added to the state of one token before the next step sees it; to none with a token of -1. */
  Step[] forward(double[][] x, int[][] ids, double[] mask, int nudged, double[] by);

  /** Adds the gradients of the weights, and of the input vectors to {@code dx}, from that of every h, {@code dh} [T][P]. */
  void backward(Step[] steps, double[][] dh, double[] mask, double[][] dx);
}
