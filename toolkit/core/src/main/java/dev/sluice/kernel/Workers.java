package dev.sluice.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A few threads that share out numbered pieces of work. Which thread takes which piece is left to chance, so a piece must write nothing that another one reads
 * or writes. Calls allocate nothing. One caller at a time.
 */
public final class Workers implements AutoCloseable {
  private static final int SPINS = 2_000;

  private final Thread[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile IntConsumer work;
  private volatile int pieces;
  private volatile int turn;
  private volatile boolean closed;
  private volatile Throwable failure;
  private volatile Thread caller;

  /** A team of the given size, the calling thread included. */
  public Workers(int threads) {
    if (threads < 1) throw new IllegalArgumentException(threads + " threads, expected at least 1");
    helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Thread(this::help, "sluice-worker-" + (i + 1));
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** The size of the team, the calling thread included. */
  public int threads() {
    return helpers.length + 1;
  }

  /** Does pieces 0 to n-1 and returns when all are done; throws what a piece threw. */
  public void run(int n, IntConsumer piece) {
    if (helpers.length == 0 || n == 1) {
      for (int i = 0; i < n; i++) piece.accept(i);
      return;
    }
    caller = Thread.currentThread();
    failure = null;
    work = piece;
    pieces = n;
    next.set(0);
    busy.set(helpers.length);
    turn++;
    for (Thread helper : helpers) LockSupport.unpark(helper);
    takePieces(piece, n);
    for (int spins = 0; busy.get() > 0; spins++) {
      if (spins < SPINS) Thread.onSpinWait();
      else LockSupport.parkNanos(this, 50_000);
    }
    work = null;
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) throw e;
    if (thrown instanceof Error e) throw e;
  }

  private void takePieces(IntConsumer piece, int n) {
    try {
      for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) piece.accept(i);
    } catch (RuntimeException | Error e) {
      failure = e;
      next.set(n);
    }
  }

  private void help() {
    int seen = 0;
    while (true) {
      for (int spins = 0; turn == seen && !closed; spins++) {
        if (spins < SPINS) Thread.onSpinWait();
        else LockSupport.park(this);
      }
      if (closed) return;
      seen = turn;
      takePieces(work, pieces);
      if (busy.decrementAndGet() == 0) LockSupport.unpark(caller);
    }
  }

  /** Ends the helping threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) LockSupport.unpark(helper);
  }
}
