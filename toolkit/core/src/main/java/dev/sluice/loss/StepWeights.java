package dev.sluice.loss;

import dev.sluice.network.ChainBlocks;
import dev.sluice.network.Network;

/**
 * The weights of a network's chain for all shards of a training step. They change when the network is packed, after which the first shard that asks derives them and
 * the others wait for it; no shard may be at work while it is packed.
 */
final class StepWeights {
  private final Network network;
  private final ChainBlocks blocks;
  private final ChainWeights shared;
  private long loaded = -1;

  /** Of a network whose shape has a chain. */
  StepWeights(Network network, Moves moves) {
    this.network = network;
    blocks = network.chain().orElseThrow();
    shared = new ChainWeights(moves);
  }

  ChainBlocks blocks() {
    return blocks;
  }

  /** Those of the last {@link #refresh}. */
  ChainWeights shared() {
    return shared;
  }

  /** Brings them up to date with the network; the lock lets every thread that was here see them. */
  synchronized void refresh() {
    if (loaded == network.version()) return;
    shared.load(network.parameters().dense(), blocks, 1);
    loaded = network.version();
  }
}
