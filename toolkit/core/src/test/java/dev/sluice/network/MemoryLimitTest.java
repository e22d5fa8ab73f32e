package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
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

  /** 1,000 distinct words of 12 letters: what the letters take is far more than what the tokens take. */
  @Test
  void theEstimateCoversTheStatesOfLettersToo() {
    int words = 1000, length = 12, hidden = 20;
    for (boolean training : new boolean[] {false, true}) {
      Network network =
          new Network(
              NetworkShape.tagger(
                  List.of(
                      new NetworkShape.Input.Characters(
                          "letters", 10, NetworkShape.Reader.LSTM, 8, hidden, 1)),
                  new NetworkShape.Encoder(
                      EncoderConfig.Cell.RNN, EncoderConfig.Activation.TANH, List.of(1), false),
                  2));
      Workspace workspace = network.workspace(training);
      Spelling[] spellings = new Spelling[words];
      for (int w = 0; w < words; w++) {
        int[] letters = new int[length];
        for (int n = w, at = 0; n > 0; n /= 10) letters[at++] = n % 10;
        spellings[w] = new Spelling(letters);
      }
      Example one = new Example(0, new int[0][], spellings, new int[0], new int[0]);
      workspace.batch().fill(new Example[] {one}, 0, 1, 1);
      network.pack(workspace.kernels(), training);
      network.forward(workspace, Dropping.NONE);
      int gates = 4, states = 4, gradients = training ? 2 : 0, letter = training ? 2 : 1;
      long perLetter = 2L * (2 * gates + states + gradients) * 32 + letter * 16L; // padded widths
      long taken = words * length * perLetter;
      assertTrue(workspace.size() >= taken, workspace.size() + " below " + taken);
      assertTrue(workspace.size() <= 1.2 * taken, workspace.size() + " far above " + taken);
    }
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
