package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of the comparison must be real training, or the figures mean nothing. */
class PeerTest {
  private static final Work SMALL = new Work(20, 16, 16, 2, 5, 32, 20, 11);

  /** Where every word is in every batch, our row rule and libtorch's own Adam are the same rule. */
  @Test
  void rowUpdateEqualsLibtorchsAdamWhenEveryRowIsTouched() {
    Work work = new Work(4, 6, 8, 1, 3, 32, 20, 7);
    try (Peer dense = new LibtorchPeer(work, 1, LibtorchPeer.Update.DENSE);
        Peer rows = new LibtorchPeer(work, 1, LibtorchPeer.Update.ROWS)) {
      for (int step = 0; step < 30; step++) {
        train(dense);
        train(rows);
        assertEquals(dense.loss(), rows.loss(), 1e-4, "step " + step);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LibtorchPeer.Update.class)
  void libtorchLearnsTheLabels(LibtorchPeer.Update update) {
    learnsTheLabels(new LibtorchPeer(SMALL, 1, update));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void sluiceLearnsTheLabels(int threads) {
    learnsTheLabels(new SluicePeer(SMALL, threads));
  }

  private static void learnsTheLabels(Peer made) {
    try (Peer peer = made) {
      train(peer);
      double first = peer.loss();
      assertEquals(Math.log(SMALL.labels()), first, 0.3, "a fresh network guesses evenly");
      for (int n = 0; n < 10 && !(peer.loss() < 0.5 * first); n++) {
        assertTrue(peer.trainTokensPerSecond(Duration.ofMillis(500L * (n + 1))) > 0);
      }
      assertTrue(peer.loss() < 0.5 * first, first + " to " + peer.loss());
    }
  }

  @Test
  void peersTagBatchesAndSentencesBetweenTrainingSteps() {
    for (Peer made :
        List.of(new LibtorchPeer(SMALL, 1, LibtorchPeer.Update.ROWS), new SluicePeer(SMALL, 2))) {
      try (Peer peer = made) {
        assertTrue(peer.tagTokensPerSecond(Duration.ZERO) > 0);
        assertEquals(1, peer.sentenceMicros(Duration.ZERO).length);
        train(peer);
        assertTrue(peer.tagTokensPerSecond(Duration.ZERO) > 0);
      }
    }
  }

  /** No time at all is the least a peer can train: a step or two. */
  private static void train(Peer peer) {
    assertTrue(peer.trainTokensPerSecond(Duration.ZERO) > 0);
  }
}
