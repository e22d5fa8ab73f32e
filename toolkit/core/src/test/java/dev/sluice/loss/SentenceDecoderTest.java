package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Emissions;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Probabilities of sentences' labels from scores set by hand. */
class SentenceDecoderTest {
  private static final float[] SCORES = {0, (float) Math.log(3), (float) -Math.log(3)};

  private static Emissions emissions(float... scores) {
    NetworkShape shape =
        NetworkShape.classifier(
            List.of(new Input.Table("word", 2, 2)),
            new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(2), false),
            NetworkShape.Pooling.LAST,
            scores.length);
    Network network = new Network(shape);
    for (Block b : network.parameters().blocks())
      if (b.name().equals("sentence.bias")) b.fill(network.parameters().dense(), scores);
    network.pack(Kernels.scalar(), false);
    Workspace ws = network.workspace(Kernels.scalar(), false);
    Example[] two = {Example.unlabelled(0, new int[] {1}), Example.unlabelled(1, new int[] {1, 0})};
    ws.batch().fill(two, 0, 1, 2);
    network.forward(ws, Dropping.NONE);
    return ws.sentence();
  }

  private static float[] probabilities(boolean several, int row, double t, float... scores) {
    float[] p = new float[scores.length];
    new SentenceDecoder(scores.length, several).probabilities(emissions(scores), row, t, p);
    return p;
  }

  @Test
  void oneLabelIsASoftmax() {
    float[] expected = {3 / 13f, 9 / 13f, 1 / 13f};
    for (int row = 0; row < 2; row++)
      assertArrayEquals(expected, probabilities(false, row, 1, SCORES), 1e-6f);
  }

  @Test
  void severalLabelsAreAQuestionEach() {
    float[] expected = {1 / 2f, 3 / 4f, 1 / 4f};
    for (int row = 0; row < 2; row++)
      assertArrayEquals(expected, probabilities(true, row, 1, SCORES), 1e-6f);
  }

  @Test
  void temperatureDividesTheScores() {
    float[] doubled = {0, (float) Math.log(9), (float) -Math.log(9)};
    for (boolean several : new boolean[] {false, true})
      assertArrayEquals(
          probabilities(several, 0, 1, SCORES), probabilities(several, 0, 2, doubled), 1e-6f);
  }

  @Test
  void extremeScoresGiveProbabilities() {
    assertArrayEquals(new float[] {1, 0, 0}, probabilities(false, 0, 1, 3e4f, -3e4f, 0), 1e-6f);
    assertArrayEquals(new float[] {1, 0, 0.5f}, probabilities(true, 0, 1, 3e4f, -3e4f, 0), 1e-6f);
    assertEquals(1, probabilities(false, 0, 1, -7)[0]);
  }
}
