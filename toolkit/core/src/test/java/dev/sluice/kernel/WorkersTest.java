package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A team does every piece once, whatever happens in it, and then goes home. */
@Timeout(30)
class WorkersTest {
  private static final int[] TEAMS = {1, 2, 4};

  @Test
  void everyPieceIsDoneOnceAndBeforeRunReturns() {
    for (int threads : TEAMS) {
      try (Workers workers = new Workers(threads)) {
        assertEquals(threads, workers.threads());
        for (int round = 0; round < 300; round++) {
          int n = round % 37;
          AtomicIntegerArray done = new AtomicIntegerArray(n + 1);
          workers.run(n, done::incrementAndGet);
          for (int i = 0; i < n; i++) assertEquals(1, done.get(i), "piece " + i + " of " + n);
          assertEquals(0, done.get(n));
        }
      }
    }
  }

  /** Plain arrays: what a piece wrote can be read after the run, and in the next run by any thread. */
  @Test
  void resultsOfOneRunAreSeenByTheNext() {
    try (Workers workers = new Workers(4)) {
      int[] x = new int[64];
      for (int round = 0; round < 300; round++) {
        int expected = round;
        workers.run(
            x.length,
            i -> {
              int j = (i * 7 + expected) % x.length;
              if (x[j] != expected) throw new AssertionError("stale " + x[j]);
              x[j]++;
            });
      }
      for (int v : x) assertEquals(300, v);
    }
  }

  @Test
  void piecesRunSideBySide() {
    try (Workers workers = new Workers(3)) {
      CountDownLatch together = new CountDownLatch(3);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      workers.run(
          3,
          i -> {
            threads.add(Thread.currentThread());
            together.countDown();
            await(together); // returns only when three threads are here
          });
      assertEquals(3, threads.size());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatAPieceThrowsReachesTheCallerAndTheTeamGoesOn() {
    for (int threads : TEAMS) {
      try (Workers workers = new Workers(threads)) {
        for (Throwable thrown : List.of(new IllegalStateException("x"), new AssertionError("y"))) {
          for (int bad : new int[] {0, 5, 9}) {
            Throwable caught =
                assertThrows(Throwable.class, () -> workers.run(10, i -> fail(i == bad, thrown)));
            assertSame(thrown, caught);
            AtomicIntegerArray done = new AtomicIntegerArray(10);
            workers.run(10, done::incrementAndGet);
            for (int i = 0; i < 10; i++) assertEquals(1, done.get(i));
          }
        }
      }
    }
  }

  private static void fail(boolean now, Throwable thrown) {
    if (!now) return;
    if (thrown instanceof RuntimeException e) throw e;
    throw (Error) thrown;
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> helpers = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(3)) {
      CountDownLatch together = new CountDownLatch(3);
      workers.run(
          3,
          i -> {
            helpers.add(Thread.currentThread());
            together.countDown();
            await(together);
          });
    }
    helpers.remove(Thread.currentThread());
    assertEquals(2, helpers.size());
    for (Thread t : new ArrayList<>(helpers)) {
      t.join(10_000);
      assertFalse(t.isAlive());
    }
  }
}
