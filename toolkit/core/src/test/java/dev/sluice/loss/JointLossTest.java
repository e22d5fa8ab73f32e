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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The losses of a network with both kinds of labels worked out by hand, its scores set through the biases of a network without other weights. */
class JointLossTest {
  /** Scores whose sigmoids are 1/2, 3/4 and 1/4. */
  private static final float[] QUARTERS = {0, (float) Math.log(3), (float) -Math.log(3)};

  /** Two labels of a token with equal scores; moves of weight 1 and 2, 3 and 4: the paths of two tokens have these shares of 10. */
  private static final float[] MOVES = {
    0, (float) Math.log(2), (float) Math.log(3), (float) Math.log(4)
  };

  private static final class Fixed {
    final Network network;
    final Workspace ws;

    Fixed(boolean chain, float[] intents, Example... examples) {
      network =
          new Network(
              new NetworkShape(
                  List.of(new Input.Table("word", 3, 2)),
                  new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(2), false),
                  Optional.of(new NetworkShape.Tokens(2, chain)),
                  Optional.of(new NetworkShape.Sentence(3, Pooling.MEAN))));
      fill("sentence.bias", intents);
      if (chain) fill("tokens.transition", MOVES);
      Kernels kernels = Kernels.scalar();
      network.pack(kernels, true);
      ws = network.workspace(kernels, true);
      ws.batch().fill(examples, 0, 1, examples.length);
      network.forward(ws, Dropping.NONE);
    }

    private Block block(String name) {
      return network.parameters().blocks().stream()
          .filter(b -> b.name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    private void fill(String name, float... values) {
      block(name).fill(network.parameters().dense(), values);
    }

    float[] gradient(String name) {
      return block(name).unpadded(ws.gradient());
    }

    float[] gradient(Emissions emissions, int row) {
      int at = row * emissions.ld();
      return Arrays.copyOfRange(emissions.gradient(), at, at + emissions.labels());
    }
  }

  private static Example example(int[] labels, int... intents) {
    return new Example(0, new int[][] {new int[labels.length]}, new Spelling[0], labels, intents);
  }

  @Test
  void sigmoidAsksForEachLabelByItself() {
    Fixed f = new Fixed(false, QUARTERS, example(new int[1], 1));
    SigmoidLoss loss = new SigmoidLoss(3, null, 0);
    assertEquals(-Math.log(1 / 2.0) - 2 * Math.log(3 / 4.0), loss.gradient(f.ws, 0.5f), 1e-6);
    assertArrayEquals(new float[] {1 / 4f, -1 / 8f, 1 / 8f}, f.gradient(f.ws.sentence(), 0), 1e-6f);
    Fixed two = new Fixed(false, QUARTERS, example(new int[1], 0, 2));
    assertEquals(-Math.log(1 / 2.0) - 2 * Math.log(1 / 4.0), loss.gradient(two.ws, 1), 1e-6);
    assertArrayEquals(
        new float[] {-1 / 2f, 3 / 4f, -3 / 4f}, two.gradient(two.ws.sentence(), 0), 1e-6f);
  }

  /** 0.2 of each target goes half to yes and half to no, so they are 0.1 and 0.9. */
  @Test
  void sigmoidWeighsLabelsAndSmoothsBothAnswers() {
    Fixed f = new Fixed(false, QUARTERS, example(new int[1], 1));
    float[] weights = {2, 1, 4};
    double expected =
        -2 * Math.log(1 / 2.0)
            - (0.9 * Math.log(3 / 4.0) + 0.1 * Math.log(1 / 4.0))
            - 4 * (0.1 * Math.log(1 / 4.0) + 0.9 * Math.log(3 / 4.0));
    assertEquals(expected, new SigmoidLoss(3, weights, 0.2).gradient(f.ws, 1), 1e-6);
    assertArrayEquals(
        new float[] {2 * 0.4f, 0.75f - 0.9f, 4 * (0.25f - 0.1f)},
        f.gradient(f.ws.sentence(), 0),
        1e-6f);
  }

  @Test
  void aSentenceWithoutALabelTeachesSigmoidNothing() {
    Fixed f = new Fixed(false, QUARTERS, example(new int[1]));
    f.ws.sentence().gradient()[1] = 99; // from an earlier batch
    assertEquals(0, new SigmoidLoss(3, null, 0.5).gradient(f.ws, 1));
    assertArrayEquals(new float[3], f.gradient(f.ws.sentence(), 0));
  }

  @Test
  void extremeScoresStayFiniteUnderSigmoid() {
    Fixed f = new Fixed(false, new float[] {3e4f, -3e4f, 3e4f}, example(new int[1], 0, 1));
    assertEquals(6e4, new SigmoidLoss(3, null, 0).gradient(f.ws, 1), 1);
    assertArrayEquals(new float[] {0, -1, 1}, f.gradient(f.ws.sentence(), 0), 1e-6f);
  }

  /** Gold 1 0 has 3/10. */
  @Test
  void aCrfGivesItsGradientToEmissionsMovesAndBothEnds() {
    Fixed f = new Fixed(true, QUARTERS, example(new int[] {1, 0}, 1));
    CrfLoss loss = new CrfLoss(f.network, Moves.free(2), null, 0);
    assertEquals(-Math.log(0.3), loss.gradient(f.ws, 2), 1e-6);
    assertArrayEquals(
        new float[] {0.2f, 0.4f, -1.4f, 0.8f}, f.gradient("tokens.transition"), 1e-6f);
    assertArrayEquals(new float[] {0.6f, -0.6f}, f.gradient("tokens.start"), 1e-6f);
    assertArrayEquals(new float[] {-1.2f, 1.2f}, f.gradient("tokens.stop"), 1e-6f);
    assertArrayEquals(new float[] {0.6f, -0.6f}, f.gradient(f.ws.tokens(), 0), 1e-6f);
    assertArrayEquals(new float[] {-1.2f, 1.2f}, f.gradient(f.ws.tokens(), 1), 1e-6f);
  }

  /** Without 1 0 there are 1, 2 and 4 of 7; the weight of the forbidden move has no gradient. */
  @Test
  void aForbiddenMoveHasNoShareAndNoGradient() {
    boolean[][] next = {{true, true}, {false, true}};
    boolean[] all = {true, true};
    Fixed f = new Fixed(true, QUARTERS, example(new int[] {0, 1}, 1));
    CrfLoss loss = new CrfLoss(f.network, new Moves(next, all, all), null, 0);
    assertEquals(-Math.log(2 / 7.0), loss.gradient(f.ws, 7), 1e-6);
    assertArrayEquals(new float[] {1, -5, 0, 4}, f.gradient("tokens.transition"), 1e-5f);
  }

  @Test
  void theSentencesOfABatchAddUp() {
    Example one = example(new int[] {1, 0}, 1), other = example(new int[] {0, 1}, 1);
    Fixed f = new Fixed(true, QUARTERS, one, other);
    CrfLoss loss = new CrfLoss(f.network, Moves.free(2), null, 0);
    assertEquals(-Math.log(0.3) - Math.log(0.2), loss.gradient(f.ws, 1), 1e-6);
    assertArrayEquals(
        new float[] {0.2f, -0.6f, -0.4f, 0.8f}, f.gradient("tokens.transition"), 1e-6f);
  }

  @Test
  void theJointLossIsTheWeightedSumAndSoAreItsGradients() {
    Fixed f = new Fixed(true, QUARTERS, example(new int[] {1, 0}, 1));
    Loss tokens = new CrfLoss(f.network, Moves.free(2), null, 0);
    Loss joint = new JointLoss(tokens, 2, new SigmoidLoss(3, null, 0), 0.5);
    double sentence = -Math.log(1 / 2.0) - 2 * Math.log(3 / 4.0);
    assertEquals(-2 * Math.log(0.3) + 0.5 * sentence, joint.gradient(f.ws, 0.5f), 1e-6);
    assertArrayEquals(new float[] {0.3f, -0.3f}, f.gradient("tokens.start"), 1e-6f);
    assertArrayEquals(new float[] {0.3f, -0.3f}, f.gradient(f.ws.tokens(), 0), 1e-6f);
    assertArrayEquals(
        new float[] {1 / 8f, -1 / 16f, 1 / 16f}, f.gradient(f.ws.sentence(), 0), 1e-6f);
  }

  @Test
  void scoresThatAreNoNumbersGiveALossThatIsNone() {
    float[] broken = {Float.NaN, 0, 0};
    Fixed f = new Fixed(false, broken, example(new int[1], 1));
    assertTrue(Double.isNaN(new SigmoidLoss(3, null, 0).gradient(f.ws, 1)));
  }
}
