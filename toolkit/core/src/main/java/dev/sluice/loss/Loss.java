package dev.sluice.loss;

import dev.sluice.network.Workspace;

/** What training makes small. An instance has scratch memory and serves one thread. */
public interface Loss {
  /**
   * Before the forward pass of a training step: what of the scores is needed, when that is not all of them.
   *
   * @param ws holds the batch
   * @param seed the seed of everything random
   * @param epoch the epoch, from 1
   */
  default void choose(Workspace ws, long seed, int epoch) {}

  /**
   * The loss of the workspace's batch after its forward pass. Also writes the gradient of the label scores, and adds that of weights of its own, such as the moves of a
   * CRF, to the workspace's gradient.
   *
   * @param scale what the gradient is multiplied by, such as one over the sentences of the whole batch
   * @return the loss summed over the batch, not scaled
   */
  double gradient(Workspace ws, float scale);
}
