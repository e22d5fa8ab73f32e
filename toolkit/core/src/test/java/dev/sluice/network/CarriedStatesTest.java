package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.loss.NextSymbolLoss;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Next;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A text that is read in pieces is the same text, and what was carried over is a constant to the gradient. */
class CarriedStatesTest {
  private static final int V = 6;

  /** Every cell that begins with zeros and reads nothing behind the token; a learned start is left behind by the first state that is carried. */
  private static List<CellConfig> cells() {
    List<CellConfig> cells = new ArrayList<>(Gallery.kinds());
    cells.addAll(Gallery.variants());
    cells.addAll(Gallery.causalWindows());
    cells.removeIf(
        c ->
            c.initialState() == CellConfig.InitialState.LEARNED
                || c instanceof CellConfig.Lstm l && l.projection().orElse(1) >= 5);
    return cells;
  }

  private static List<Network> networks() {
    List<Network> networks = new ArrayList<>();
    for (CellConfig cell : cells()) {
      for (boolean norm : new boolean[] {false, true}) {
        Encoder encoder =
            new Encoder(
                cell, List.of(17, 5), false, EncoderConfig.Connection.NONE, norm, Optional.empty());
        Network network =
            new Network(
                NetworkShape.predictor(
                    List.of(new Input.Table("word", V, 4)), encoder, new Next(V, false)));
        network.initialise(networks.size());
        network.pack(Kernels.create(), true);
        networks.add(network);
      }
    }
    return networks;
  }

  private static float[] scores(Network network, CarriedStates states, int[] ids, int place) {
    Workspace ws = network.workspace(false);
    ws.batch().fill(new Example[] {Example.unlabelled(0, ids)}, 0, 1, 1);
    states.give(ws, e -> place);
    network.forward(ws, Dropping.NONE);
    states.take(ws, e -> place);
    float[] scores = new float[ids.length * V];
    for (int t = 0; t < ids.length; t++)
      System.arraycopy(ws.next().scores(), t * ws.next().ld(), scores, t * V, V);
    return scores;
  }

  @Test
  void piecesOfAnyLengthGiveTheBitsOfTheWhole() {
    int[] text = Seeds.of(711).ints(23, 0, V).toArray();
    for (Network network : networks()) {
      float[] whole = scores(network, new CarriedStates(network, 1), text, 0);
      for (int piece : new int[] {1, 2, 7, 22}) {
        CarriedStates states = new CarriedStates(network, 3);
        float[] parts = new float[whole.length];
        for (int at = 0; at < text.length; at += piece) {
          int[] ids = Arrays.copyOfRange(text, at, Math.min(text.length, at + piece));
          System.arraycopy(scores(network, states, ids, 2), 0, parts, at * V, ids.length * V);
        }
        assertArrayEquals(whole, parts, network.shape() + " in pieces of " + piece);
      }
    }
  }

  @Test
  void aPlaceThatIsForgottenBeginsAfreshAndACopyGoesOnAlike() {
    int[] first = {1, 2, 3}, second = {4, 5, 0};
    for (Network network : networks()) {
      CarriedStates states = new CarriedStates(network, 2);
      float[] fresh = scores(network, states, second, 0);
      states.forget(0);
      scores(network, states, first, 0);
      states.copy(0, 1);
      assertArrayEquals(scores(network, states, second, 0), scores(network, states, second, 1));
      states.forget(0);
      assertArrayEquals(fresh, scores(network, states, second, 0));
    }
  }

  /** Sentences that stand side by side go on each for itself, shorter ones too than what a window sees. */
  @Test
  void textsOfABatchGoOnEachForItself() {
    int[][] texts = {{1, 2, 3, 4, 5}, {0, 1, 2}, {5, 4}};
    for (Network network : networks()) {
      CarriedStates together = new CarriedStates(network, 3);
      Workspace ws = network.workspace(false);
      int longest = 5;
      float[][] parts = new float[3][];
      for (int i = 0; i < 3; i++) parts[i] = new float[texts[i].length * V];
      for (int at = 0; at < longest; at += 2) {
        List<Example> pieces = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          int end = Math.min(texts[i].length, at + 2);
          if (at < end) pieces.add(Example.unlabelled(i, Arrays.copyOfRange(texts[i], at, end)));
        }
        ws.batch().fill(pieces.toArray(Example[]::new), 0, 1, pieces.size());
        together.give(ws, e -> (int) e.id());
        network.forward(ws, Dropping.NONE);
        together.take(ws, e -> (int) e.id());
        for (int i = 0; i < ws.batch().sentences(); i++) {
          for (int t = 0; t < ws.batch().length(i); t++) {
            int from = ws.batch().row(t, i) * ws.next().ld();
            int text = (int) ws.batch().example(i).id();
            System.arraycopy(ws.next().scores(), from, parts[text], (at + t) * V, V);
          }
        }
      }
      for (int i = 0; i < 3; i++)
        assertArrayEquals(
            scores(network, new CarriedStates(network, 1), texts[i], 0),
            parts[i],
            network.shape()::toString);
    }
  }

  /** The derivative along a random direction of all dense weights, by a difference of the engine's own loss with the carried state held. */
  @Test
  void theGradientTakesACarriedStateForAConstant() {
    SplittableRandom random = Seeds.of(712);
    int[] first = random.ints(6, 0, V).toArray(), second = random.ints(5, 0, V).toArray();
    int[] next = random.ints(5, 0, V).toArray();
    for (Network network : networks()) {
      boolean kinks =
          network.shape().encoder().cells().get(0) instanceof CellConfig.Rnn rnn
              && rnn.activation() == CellConfig.Activation.RELU;
      if (kinks) continue;
      CarriedStates states = new CarriedStates(network, 1);
      scores(network, states, first, 0);
      Workspace ws = network.workspace(true);
      ws.batch().fill(new Example[] {Example.labelled(0, new int[][] {second}, next)}, 0, 1, 1);
      states.give(ws, e -> 0);
      NextSymbolLoss loss = new NextSymbolLoss(V);
      network.forward(ws, Dropping.NONE);
      loss.gradient(ws, 1f);
      network.backward(ws, Dropping.NONE);
      float[] weights = network.parameters().dense(), start = weights.clone();
      float[] along = new float[weights.length];
      double claimed = 0;
      for (Block b : network.parameters().blocks()) {
        float[] values = new float[Math.toIntExact(b.weights())];
        for (int i = 0; i < values.length; i++) values[i] = random.nextBoolean() ? 1 : -1;
        b.fill(along, values);
      }
      for (int i = 0; i < along.length; i++) claimed += (double) along[i] * ws.gradient()[i];
      double[] at = new double[2];
      float step = 1e-3f;
      for (int side = 0; side < 2; side++) {
        for (int i = 0; i < weights.length; i++)
          weights[i] = start[i] + (side == 0 ? step : -step) * along[i];
        network.pack(ws.kernels(), true);
        network.forward(ws, Dropping.NONE);
        at[side] = loss.gradient(ws, 1f);
      }
      System.arraycopy(start, 0, weights, 0, start.length);
      double measured = (at[0] - at[1]) / (2 * step);
      assertEquals(
          measured,
          claimed,
          0.01 * Math.max(1, Math.abs(measured)),
          () -> network.shape() + ", " + Seeds.describe());
    }
  }
}
