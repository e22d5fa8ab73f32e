package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.config.SluiceException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot fit is refused before memory is taken, whatever overflows on the way. */
class MemoryLimitTest {
  private static Workspace workspace(int hidden, int tokens) {
    Network network =
        new Network(
            NetworkShape.tagger(
                List.of(new NetworkShape.Input.Table("word", 2, 1)),
                new NetworkShape.Encoder(
                    EncoderConfig.Cell.RNN, EncoderConfig.Activation.TANH, List.of(hidden), false),
                2));
    Workspace workspace = network.workspace(false);
    Example[] one = {Example.unlabelled(0, new int[tokens])};
    workspace.batch().fill(one, 0, 1, 1);
    workspace.reserve();
    return workspace;
  }

  /** 1,100,000 rows of 2,048 numbers are more than 2³¹, which as an int would be negative. */
  @Test
  void aSentenceTooLongForTheNetworkIsRefusedWithItsSize() {
    SluiceException refused = assertThrows(SluiceException.class, () -> workspace(2048, 1_100_000));
    assertEquals(SluiceException.Kind.IO, refused.kind());
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "error[RUN-010] memory: 1,100,000 tokens at a time, the longest sentence of 1,100,000, need about "),
        refused.getMessage());
  }

  /** The estimate that refuses is no smaller than what is taken. */
  @Test
  void theEstimateCoversEveryArray() {
    for (int hidden : new int[] {1, 16, 40}) {
      Workspace workspace = workspace(hidden, 1000);
      CellState s = workspace.states[0][0];
      long taken =
          workspace.x.length
              + workspace.out[0].length
              + workspace.tokens.scores().length
              + (long) s.gate.length
              + s.rec.length
              + s.h.length
              + s.hin.length
              + s.c.length
              + s.tc.length;
      assertTrue(workspace.size() >= taken, workspace.size() + " below " + taken);
      assertTrue(workspace.size() <= 2 * taken, workspace.size() + " far above " + taken);
    }
  }
}
