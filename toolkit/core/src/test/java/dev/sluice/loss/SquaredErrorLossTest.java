package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Squared error on scores set by hand, through the output bias of a network without other weights. */
class SquaredErrorLossTest {
  private static final NetworkShape.Encoder ENCODER =
      new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(2), false);

  /** Scores log 1, log 2, log 5: the probabilities are 1/8, 2/8 and 5/8. */
  private static final float[] EIGHTHS = {0, (float) Math.log(2), (float) Math.log(5)};

  /** A workspace in which all tokens have these scores. */
  private static Workspace scored(float[] scores, int... labels) {
    Network network =
        new Network(
            NetworkShape.tagger(List.of(new Input.Table("word", 3, 2)), ENCODER, scores.length));
    for (Block b : network.parameters().blocks())
      if (b.name().equals("tokens.bias")) b.fill(network.parameters().dense(), scores);
    Kernels kernels = Kernels.scalar();
    network.pack(kernels, true);
    Workspace ws = network.workspace(kernels, true);
    Example example = Example.labelled(0, new int[][] {new int[labels.length]}, labels);
    ws.batch().fill(new Example[] {example}, 0, 1, 1);
    network.forward(ws, Dropping.NONE);
    return ws;
  }

  private static float[] gradientOf(Workspace ws, int row) {
    int at = row * ws.tokens().ld();
    return Arrays.copyOfRange(ws.tokens().gradient(), at, at + ws.tokens().labels());
  }

  /**
   * For label 2 the differences are g = (1, 2, -3)/8 and Σ p·g = (1·1 + 2·2 - 5·3)/64 = -10/64; for label 0 they are (-7, 2, 5)/8 and (-7 + 4 + 25)/64 = 22/64. A gradient is p·(g -
   * Σ p·g), here in parts of 512.
   */
  @Test
  void theLossIsHalfTheSquaredDistanceSummedOverTheTokens() {
    Workspace ws = scored(EIGHTHS, 2, 0);
    SquaredErrorLoss loss = new SquaredErrorLoss(3, null, 0);
    assertEquals((1 + 4 + 9) / 128.0 + (49 + 4 + 25) / 128.0, loss.gradient(ws, 0.5f), 1e-6);
    float half = 0.5f / 512;
    assertArrayEquals(
        new float[] {18 * half, 2 * 26 * half, 5 * -14 * half}, gradientOf(ws, 0), 1e-7f);
    assertArrayEquals(
        new float[] {-78 * half, 2 * -6 * half, 5 * 18 * half}, gradientOf(ws, 1), 1e-7f);
  }

  /** A weight of 3 on label 2, and 0.3 of the target spread over the three labels: the target is (0.1, 0.1, 0.8). */
  @Test
  void weightsMultiplyALabelsLossAndSmoothingSpreadsItsTarget() {
    Workspace ws = scored(EIGHTHS, 2);
    double a = 1 / 8.0 - 0.1, b = 2 / 8.0 - 0.1, c = 5 / 8.0 - 0.8, mean = (a + 2 * b + 5 * c) / 8;
    double loss = new SquaredErrorLoss(3, new float[] {1, 1, 3}, 0.3).gradient(ws, 1);
    assertEquals(3 * (a * a + b * b + c * c) / 2, loss, 1e-6);
    float[] expected = {
      (float) (3 * (a - mean) / 8), (float) (6 * (b - mean) / 8), (float) (15 * (c - mean) / 8)
    };
    assertArrayEquals(expected, gradientOf(ws, 0), 1e-6f);
  }

  /** A label that training does not know is -1. */
  @Test
  void aTokenWithoutALabelTeachesNothing() {
    Workspace ws = scored(EIGHTHS, -1, 0);
    ws.tokens().gradient()[1] = 99; // from an earlier batch
    assertEquals((49 + 4 + 25) / 128.0, new SquaredErrorLoss(3, null, 0).gradient(ws, 1), 1e-6);
    assertArrayEquals(new float[3], gradientOf(ws, 0));
  }

  /** What tells it from cross entropy, whose gradient is largest there. */
  @Test
  void nothingIsLearnedWhereAWrongLabelIsCertain() {
    Workspace ws = scored(new float[] {3e4f, -3e4f, 0}, 0, 1);
    assertEquals(1, new SquaredErrorLoss(3, null, 0).gradient(ws, 1));
    for (int row = 0; row < 2; row++)
      for (float g : gradientOf(ws, row)) assertEquals(0, g, 1e-30f);
  }

  @Test
  void scoresThatAreNoNumbersGiveALossThatIsNone() {
    Workspace ws = scored(new float[] {Float.NaN, 0, 0}, 0);
    assertTrue(Double.isNaN(new SquaredErrorLoss(3, null, 0).gradient(ws, 1)));
  }
}
