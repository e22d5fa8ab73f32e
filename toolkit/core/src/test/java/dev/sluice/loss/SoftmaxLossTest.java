package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Emissions;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Softmax and cross entropy on scores set by hand, through the output bias of a network without other weights. */
class SoftmaxLossTest {

  private static final List<Input> INPUTS = List.of(new Input.Table("word", 3, 2));
  private static final NetworkShape.Encoder ENCODER =
      new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(2), false);

  private static final class Fixed {
    final Network network;
    final Workspace ws;
    final SoftmaxLoss loss;

    Fixed(Pooling pooling, Example example, float... scores) {
      this(pooling, example, null, 0, scores);
    }

    Fixed(Pooling pooling, Example example, float[] weights, double smoothing, float... scores) {
      network =
          new Network(
              pooling == null
                  ? NetworkShape.tagger(INPUTS, ENCODER, scores.length)
                  : NetworkShape.classifier(INPUTS, ENCODER, pooling, scores.length));
      String bias = pooling == null ? "tokens.bias" : "sentence.bias";
      for (Block b : network.parameters().blocks())
        if (b.name().equals(bias)) b.fill(network.parameters().dense(), scores);
      Kernels kernels = Kernels.scalar();
      network.pack(kernels, true);
      ws = network.workspace(kernels, true);
      ws.batch().fill(new Example[] {example}, 0, 1, 1);
      network.forward(ws, Dropping.NONE);
      loss =
          pooling == null
              ? SoftmaxLoss.ofTokens(scores.length, weights, smoothing)
              : SoftmaxLoss.ofSentences(scores.length, weights, smoothing);
    }

    Emissions emissions() {
      return ws.tokens() == null ? ws.sentence() : ws.tokens();
    }

    float[] gradientOf(int row) {
      int at = row * emissions().ld();
      return Arrays.copyOfRange(emissions().gradient(), at, at + emissions().labels());
    }
  }

  private static Example tokens(int... labels) {
    return Example.labelled(0, new int[][] {new int[labels.length]}, labels);
  }

  /** Scores log 1, log 2, log 5: the probabilities are 1/8, 2/8 and 5/8. */
  private static final float[] EIGHTHS = {0, (float) Math.log(2), (float) Math.log(5)};

  @Test
  void theLossIsMinusTheLogProbabilitySummedOverTheTokens() {
    Fixed f = new Fixed(null, tokens(2, 0), EIGHTHS);
    assertEquals(Math.log(8 / 5.0) + Math.log(8), f.loss.gradient(f.ws, 0.5f), 1e-6);
    assertArrayEquals(new float[] {1 / 16f, 2 / 16f, -3 / 16f}, f.gradientOf(0), 1e-6f);
    assertArrayEquals(new float[] {-7 / 16f, 2 / 16f, 5 / 16f}, f.gradientOf(1), 1e-6f);
  }

  /** A weight of 3 on label 2, and 0.3 of the target spread over the three labels. */
  @Test
  void weightsMultiplyALabelsLossAndSmoothingSpreadsItsTarget() {
    float[] weights = {1, 1, 3};
    Fixed f = new Fixed(null, tokens(2), weights, 0.3, EIGHTHS);
    double loss = 0.8 * Math.log(8 / 5.0) + 0.1 * Math.log(8 / 2.0) + 0.1 * Math.log(8);
    assertEquals(3 * loss, f.loss.gradient(f.ws, 1), 1e-6);
    float[] expected = {3 * (1 / 8f - 0.1f), 3 * (2 / 8f - 0.1f), 3 * (5 / 8f - 0.8f)};
    assertArrayEquals(expected, f.gradientOf(0), 1e-6f);
  }

  @Test
  void aSentenceHasOneLoss() {
    Example sentence =
        new Example(0, new int[][] {{1, 2, 0}}, new Spelling[0], new int[0], new int[] {1});
    for (Pooling pooling : Pooling.values()) {
      Fixed f = new Fixed(pooling, sentence, EIGHTHS);
      assertEquals(Math.log(4), f.loss.gradient(f.ws, 1), 1e-6);
      assertArrayEquals(new float[] {1 / 8f, -6 / 8f, 5 / 8f}, f.gradientOf(0), 1e-6f);
    }
  }

  /** A label that training does not know is -1. */
  @Test
  void aTokenWithoutALabelTeachesNothing() {
    Fixed f = new Fixed(null, tokens(-1, 0), EIGHTHS);
    f.emissions().gradient()[1] = 99; // from an earlier batch
    assertEquals(Math.log(8), f.loss.gradient(f.ws, 1), 1e-6);
    assertArrayEquals(new float[3], f.gradientOf(0));
  }

  @Test
  void extremeScoresStayFinite() {
    for (int right = 0; right < 3; right++) {
      Fixed f = new Fixed(null, tokens(right), 3e4f, -3e4f, 0);
      double loss = f.loss.gradient(f.ws, 1);
      assertEquals(new double[] {0, 6e4, 3e4}[right], loss, 1e-6 * 6e4);
      for (float g : f.gradientOf(0)) assertTrue(Math.abs(g) <= 1);
    }
  }

  @Test
  void scoresThatAreNoNumbersGiveALossThatIsNone() {
    Fixed f = new Fixed(null, tokens(0), Float.NaN, 0, 0);
    assertTrue(Double.isNaN(f.loss.gradient(f.ws, 1)));
  }

  @Test
  void aSingleLabelIsCertain() {
    Fixed one = new Fixed(null, tokens(0), -7);
    assertEquals(0, one.loss.gradient(one.ws, 1));
    assertEquals(0, one.gradientOf(0)[0]);
  }
}
