package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Two threads for the two directions give the bits of one, also when the other thread is too slow and its work is done again. */
class SideBySideTest {
  private static final int TOKENS = 30;
  private final Network network = network(false);
  private final Example[] sentence = {example()};

  private static Network network(boolean layerNorm) {
    NetworkShape shape =
        NetworkShape.tagger(
            List.of(new NetworkShape.Input.Table("word", 50, 20)),
            new NetworkShape.Encoder(
                new CellConfig.Lstm(),
                List.of(160, 160),
                true,
                EncoderConfig.Connection.NONE,
                layerNorm,
                Optional.empty()),
            7);
    Network network = new Network(shape);
    network.initialise(3);
    network.pack(Kernels.create(), false);
    return network;
  }

  private static Example example() {
    int[] ids = new int[TOKENS];
    Arrays.setAll(ids, t -> t * 7 % 50);
    return Example.unlabelled(0, ids);
  }

  private float[] scores(Workspace ws) {
    return scores(network, ws);
  }

  private float[] scores(Network network, Workspace ws) {
    ws.batch().fill(sentence, 0, 1, 1);
    network.forward(ws, Dropping.NONE);
    return Arrays.copyOf(ws.tokens().scores(), TOKENS * ws.tokens().ld());
  }

  @Test
  void twoThreadsGiveTheBitsOfOne() {
    float[] expected = scores(network.workspace(false));
    Workspace ws = network.workspace(false);
    ws.allowTwoThreads(1_000_000.0);
    for (int i = 0; i < 200; i++) assertArrayEquals(expected, scores(ws));
    assertFalse(ws.abandoned);
  }

  @Test
  void aThreadThatWatchesForMoreAndOneThatHasLeftGiveTheSameBits() throws InterruptedException {
    float[] expected = scores(network.workspace(false));
    Workspace ws = network.workspace(false);
    ws.allowTwoThreads(1_000_000.0);
    for (int i = 0; i < 60; i++) {
      if (i % 3 == 0) Thread.sleep(1); // longer than it watches
      if (i % 7 == 0) LockSupport.parkNanos(40_000); // about as long
      assertArrayEquals(expected, scores(ws));
    }
    assertFalse(ws.abandoned);
  }

  @Test
  void workThatIsDoneAgainBecauseTheOtherThreadIsSlowGivesTheSameBits() {
    float[] expected = scores(network.workspace(false));
    for (int i = 0; i < 200; i++) {
      Workspace ws = network.workspace(false); // an abandoned one is not used again
      ws.allowTwoThreads(0.0);
      assertArrayEquals(expected, scores(ws));
    }
  }

  @Test
  void normalisedLayersGiveTheSameBitsOnTwoThreadsAndDoneAgain() {
    Network normalized = network(true);
    float[] expected = scores(normalized, normalized.workspace(false));
    for (int i = 0; i < 50; i++) {
      Workspace ws = normalized.workspace(false);
      ws.allowTwoThreads(i % 2 == 0 ? 0.0 : 1_000_000.0);
      assertArrayEquals(expected, scores(normalized, ws));
    }
  }

  @Test
  void trainingAndShortSentencesStayOnOneThread() {
    Workspace training = network.workspace(true);
    training.allowTwoThreads(true);
    training.batch().fill(sentence, 0, 1, 1);
    assertNull(training.beside(network.layer(0, 0)));
    Workspace tagging = network.workspace(false);
    tagging.allowTwoThreads(true);
    tagging.batch().fill(new Example[] {Example.unlabelled(0, new int[] {1})}, 0, 1, 1);
    assertNull(tagging.beside(network.layer(0, 0)));
    tagging.batch().fill(sentence, 0, 1, 1);
    if (java.util.concurrent.ForkJoinPool.getCommonPoolParallelism() > 0) {
      assertNotNull(tagging.beside(network.layer(0, 0)));
    }
  }
}
