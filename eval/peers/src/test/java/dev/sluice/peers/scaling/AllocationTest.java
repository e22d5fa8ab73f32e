package dev.sluice.peers.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.peers.SluicePeer;
import dev.sluice.peers.Work;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bytes per batch are counted over as many batches as were asked for, in all threads. */
class AllocationTest {
  private static final Work SMALL = new Work(50, 8, 8, 1, 5, 4, 6, 1);

  @Test
  void aFigurePerBatchOfTraining() {
    try (SluicePeer peer = new SluicePeer(SMALL, 2)) {
      assertEquals(30, Allocation.ofTraining(peer, 30).length);
    }
  }

  @Test
  void taggingTakesAtLeastWhatItReturns() {
    try (SluicePeer peer = new SluicePeer(SMALL, 1)) {
      double[] bytes = Allocation.ofTagging(peer, 30);
      assertEquals(30, bytes.length);
      double labels = SMALL.sentences() * SMALL.length() * Integer.BYTES;
      assertTrue(Arrays.stream(bytes).allMatch(b -> b >= labels), Arrays.toString(bytes));
    }
  }

  @Test
  void aWrongOptionIsNamed() {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> ScalingOptions.read("--rounds", "many"));
    assertTrue(wrong.getMessage().contains("--rounds many"), wrong.getMessage());
  }
}
