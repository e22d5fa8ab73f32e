package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The other side of the comparison must be real training, or the figures mean nothing. */
class LibtorchPeerTest {

  /** Where every word is in every batch, our row rule and libtorch's own Adam are the same rule. */
  @Test
  void rowUpdateEqualsLibtorchsAdamWhenEveryRowIsTouched() {
    Work work = new Work(4, 6, 8, 3, 32, 20, 7);
    try (Peer dense = new LibtorchPeer(work, 1, LibtorchPeer.Update.DENSE);
        Peer rows = new LibtorchPeer(work, 1, LibtorchPeer.Update.ROWS)) {
      for (int step = 0; step < 30; step++) {
        train(dense);
        train(rows);
        assertEquals(dense.loss(), rows.loss(), 1e-4, "step " + step);
      }
    }
  }

  @Test
  void bothUpdatesLearnTheLabels() {
    Work work = new Work(20, 16, 16, 5, 32, 20, 11);
    for (LibtorchPeer.Update update : LibtorchPeer.Update.values()) {
      try (Peer peer = new LibtorchPeer(work, 1, update)) {
        train(peer);
        double first = peer.loss();
        for (int step = 0; step < 250; step++) train(peer);
        assertTrue(peer.loss() < 0.5 * first, update + ": " + first + " to " + peer.loss());
      }
    }
  }

  @Test
  void tagsBatchesAndSentencesAtAnyTime() {
    try (Peer peer = new LibtorchPeer(Work.of(10), 1, LibtorchPeer.Update.ROWS)) {
      assertTrue(peer.tagTokensPerSecond(Duration.ZERO) > 0);
      assertEquals(1, peer.sentenceMicros(Duration.ZERO).length);
      train(peer);
      assertTrue(peer.tagTokensPerSecond(Duration.ZERO) > 0);
    }
  }

  /** No time at all is one step. */
  private static void train(Peer peer) {
    assertTrue(peer.trainTokensPerSecond(Duration.ZERO) > 0);
  }
}
