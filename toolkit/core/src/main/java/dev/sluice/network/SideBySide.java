package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the two directions of a layer on two threads: the second one is offered to the common pool while the caller works on the first. When no thread has taken it by then,
 * the caller does it too. When a thread has taken it but does not get on, because the machine is busy or the process out of its share of processor time, the
 * caller waits for twice the time that its own direction took, then works out the second one again in memory of its own; the workspace, which the late
 * thread may still write to, counts as abandoned. So a call never takes more than a few times its usual time, and gives the same bits in every case.
 *
 * <p>Waking a thread takes as long as several tokens. So the other thread watches for the next layer that is worth it, and after the last one for the next sentence, for as long
 * as {@link #STAY_NANOS}; for a sentence only where this one came that soon after the one before. After {@link #MOST} pieces of work in a row it goes back to the pool, which others
 * need, too.
 */
final class SideBySide extends ForkJoinTask<Void> {
  private static final long serialVersionUID = 1L;

  /** Multiply-adds in a direction below which waking a thread costs more than it gains. */
  private static final long LEAST = 500_000;

  /** How long a thread may take to wake up, beyond twice the caller's own time. */
  private static final long WAKING_NANOS = 100_000;

  /** How long the other thread watches for more, about the time it takes to wake it. */
  private static final long STAY_NANOS = 50_000;

  /** How many directions the other thread works out before it goes back to the pool. */
  private static final int MOST = 256;

  /** Where the second direction is: with nobody, while another thread watches or not; offered to one; in its hands. */
  private static final int AWAY = 0, WATCHED = 1, OFFERED = 2, TAKEN = 3;

  private final transient Workspace ws;
  private final transient Parameters parameters;
  private final transient Kernels kernels = Kernels.create();
  private final transient AtomicInteger stage = new AtomicInteger(AWAY);
  private final double patience;
  private transient Layer second;
  private transient Layer.State state;
  private transient float[] x;
  private transient int ldx;
  private transient int stream;
  private boolean stays; // the other thread, once it is done
  private transient Throwable failure; // of the other thread
  private boolean forked; // and not taken back
  private boolean often; // the sentence came soon after the one before
  private int layer = Integer.MAX_VALUE; // that was read last
  private long ended = System.nanoTime() - STAY_NANOS;

  /**
   * For one workspace.
   *
   * @param patience how many times the caller's own time it waits for the other thread
   */
  SideBySide(Workspace ws, Parameters parameters, double patience) {
    this.ws = ws;
    this.parameters = parameters;
    this.patience = patience;
  }

  /** Whether two threads are worth it for the directions of a recurrent layer. */
  static boolean pays(Batch batch, Layer direction) {
    return ForkJoinPool.getCommonPoolParallelism() > 0
        && direction instanceof Recurrent r
        && (long) batch.rows() * r.cell.gates() * r.H * r.H > LEAST;
  }

  /** Fills the states of layer {@code l}, without dropout. */
  void forward(Layer[] directions, int l, float[] input, int inputWidth) {
    long began = System.nanoTime();
    if (l <= layer) often = began - ended < STAY_NANOS;
    layer = l;
    second = directions[1];
    state = ws.states[l][1];
    x = input;
    ldx = inputWidth;
    stream = 2 * l + 1;
    stays = often || l + 1 < ws.states.length && pays(ws.batch, ws.network.layer(l + 1, 0));
    boolean offered = offer();
    directions[0].forward(
        ws.kernels, parameters, ws.batch, null, ws.states[l][0], x, ldx, Dropping.NONE, 2 * l);
    if (!offered || takeBack()) readBackward(ws.kernels, state);
    else if (!waitFor(began)) {
      ws.abandoned = true;
      Layer.State fresh = second.state();
      fresh.reserve(ws.batch.rows(), ws.batch.sentences(), false);
      ws.states[l][1] = fresh;
      readBackward(ws.kernels, fresh);
    }
    ended = System.nanoTime();
  }

  private void readBackward(Kernels k, Layer.State to) {
    second.forward(k, parameters, ws.batch, null, to, x, ldx, Dropping.NONE, stream);
  }

  /** To the thread that watches, else to the pool; false while a thread is still on its way back there. */
  private boolean offer() {
    if (stage.compareAndSet(WATCHED, OFFERED)) return true;
    if (forked && !isDone()) return false;
    reinitialize();
    stage.set(OFFERED);
    forked = true;
    fork();
    return true;
  }

  /** Whether no other thread has begun, and none will. */
  private boolean takeBack() {
    if (!isDone() && tryUnfork()) forked = false;
    return stage.compareAndSet(OFFERED, AWAY);
  }

  /** Whether the other thread is done in time. */
  private boolean waitFor(long began) {
    long now = System.nanoTime(), deadline = now + (long) (patience * (now - began + WAKING_NANOS));
    while (stage.get() == TAKEN) {
      if (System.nanoTime() >= deadline) return false;
      Thread.onSpinWait();
    }
    if (failure instanceof Error e) throw e;
    if (failure instanceof RuntimeException e) throw e;
    return true;
  }

  @Override
  protected boolean exec() {
    for (int done = 1; stage.compareAndSet(OFFERED, TAKEN); done++) {
      try {
        readBackward(kernels, state);
      } catch (RuntimeException | Error e) {
        failure = e;
        stays = false;
      }
      if (!stays || done == MOST) {
        stage.set(AWAY);
        return true;
      }
      watch();
    }
    return true;
  }

  /** Until more is offered, or nothing is for too long. */
  private void watch() {
    long deadline = System.nanoTime() + STAY_NANOS;
    stage.set(WATCHED);
    while (stage.get() == WATCHED) {
      if (System.nanoTime() >= deadline) stage.compareAndSet(WATCHED, AWAY);
      Thread.onSpinWait();
    }
  }

  @Override
  public Void getRawResult() {
    return null;
  }

  @Override
  protected void setRawResult(Void nothing) {}
}
