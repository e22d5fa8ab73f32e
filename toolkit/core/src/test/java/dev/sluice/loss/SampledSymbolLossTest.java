package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Next;
import dev.sluice.network.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A softmax over what was drawn: the whole softmax when everything was, and else the gradient of its own formula. */
class SampledSymbolLossTest {
  private static final int V = 12;

  private final Network network =
      new Network(
          NetworkShape.predictor(
              List.of(new Input.Table("word", V, 5)),
              new Encoder(new CellConfig.Lstm(), List.of(8), false),
              new Next(V, false)));
  private final Workspace ws = network.workspace(true);

  private void fill() {
    network.initialise(3);
    network.pack(Kernels.create(), true);
    Example[] examples = {
      Example.labelled(4, new int[][] {{1, 2, 3, 4}}, 2, 3, 4, 11),
      Example.labelled(5, new int[][] {{7, 0}}, 0, 9)
    };
    ws.batch().fill(examples, 0, 1, 2);
  }

  private static Proposal evenly() {
    return Proposal.unigram(new long[V]);
  }

  @Test
  void whenAllSymbolsAreDrawnItIsTheWholeSoftmax() {
    fill();
    network.forward(ws, Dropping.NONE);
    double whole = new NextSymbolLoss(V).gradient(ws, 1f);
    network.backward(ws, Dropping.NONE);
    float[] expected = ws.gradient().clone();
    SampledSymbolLoss sampled = new SampledSymbolLoss(evenly(), 2000);
    sampled.choose(ws, 1, 1);
    network.forward(ws, Dropping.NONE);
    assertEquals(whole, sampled.gradient(ws, 1f), 1e-5 * whole);
    network.backward(ws, Dropping.NONE);
    for (int i = 0; i < expected.length; i++)
      assertEquals(expected[i], ws.gradient()[i], 1e-5, "weight " + i);
  }

  /** With few samples: the loss by its formula from the scores, and its differences against the gradient of the scores. */
  @Test
  void theGradientIsThatOfTheFormula() {
    fill();
    Proposal proposal = Proposal.logUniform(V);
    SampledSymbolLoss loss = new SampledSymbolLoss(proposal, 4);
    loss.choose(ws, 9, 1);
    network.forward(ws, Dropping.NONE);
    double before = loss.gradient(ws, 1f);
    float[] d = ws.next().gradient().clone(), scores = ws.next().scores();
    int ld = ws.next().ld();
    for (int r = 0; r < ws.batch().rows(); r++) {
      for (int c = 0; c < ws.next().columns(); c++) {
        int at = r * ld + c;
        float held = scores[at], step = 1e-2f;
        scores[at] = held + step;
        double up = loss.gradient(ws, 1f);
        scores[at] = held - step;
        double down = loss.gradient(ws, 1f);
        scores[at] = held;
        assertEquals((up - down) / (2 * step), d[at], 2e-3, "row " + r + ", column " + c);
      }
    }
    assertEquals(before, loss.gradient(ws, 1f));
  }

  @Test
  void whatIsDrawnDependsOnSeedAndEpoch() {
    fill();
    SampledSymbolLoss loss = new SampledSymbolLoss(evenly(), 3);
    loss.choose(ws, 1, 1);
    network.forward(ws, Dropping.NONE);
    double first = loss.gradient(ws, 1f);
    loss.choose(ws, 1, 2);
    network.forward(ws, Dropping.NONE);
    double second = loss.gradient(ws, 1f);
    loss.choose(ws, 1, 1);
    network.forward(ws, Dropping.NONE);
    assertEquals(first, loss.gradient(ws, 1f));
    assertNotEquals(first, second);
  }

  @Test
  void proposalsAreDistributionsAndDrawsFollowThem() {
    long[] counts = new long[V];
    for (int i = 0; i < V; i++) counts[i] = 3L * i;
    for (Proposal proposal : List.of(Proposal.logUniform(V), Proposal.unigram(counts))) {
      double sum = 0;
      for (int id = 0; id < V; id++) sum += proposal.probability(id);
      assertEquals(1, sum, 1e-12);
      int[] seen = new int[V];
      int draws = 100_000;
      for (int i = 0; i < draws; i++) seen[proposal.draw(77, i)]++;
      for (int id = 0; id < V; id++)
        assertEquals(proposal.probability(id), (double) seen[id] / draws, 0.006, "id " + id);
      assertEquals(draws, Arrays.stream(seen).sum());
    }
    assertEquals(
        StrictMath.log(2) / StrictMath.log(V + 1.0), Proposal.logUniform(V).probability(0), 1e-15);
  }
}
