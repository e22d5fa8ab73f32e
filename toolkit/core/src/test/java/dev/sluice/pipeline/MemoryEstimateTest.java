package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.network.Block;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.testing.Gallery;
import org.junit.jupiter.api.Test;

/** Whatever a network is made of, the estimate counts it. */
class MemoryEstimateTest {
  @Test
  void theWeightsOfEveryKindOfInputAndHeadAreCounted() {
    for (NetworkShape shape : Gallery.shapes()) {
      long bytes = 0;
      for (Block block : Network.blocks(shape)) bytes += (long) Float.BYTES * block.size();
      assertEquals(bytes, MemoryEstimate.weights(new Network(shape).parameters()), shape::toString);
    }
  }
}
