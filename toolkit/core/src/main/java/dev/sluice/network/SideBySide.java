package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Runs the two directions of a layer on two threads: the second one is offered to the common pool while the caller works on the first. When no thread has taken it by then,
 * the caller does it too. When a thread has taken it but does not get on, because the machine is busy or the process out of its share of processor time, the
 * caller waits for twice the time that its own direction took, then works out the second one again in memory of its own; the workspace, which the late
 * thread may still write to, counts as abandoned. So a call never takes more than a few times its usual time, and gives the same bits in every case.
 */
final class SideBySide extends ForkJoinTask<Void> {
  private static final long serialVersionUID = 1L;

  /** Multiply-adds in a direction below which waking a thread costs more than it gains. */
  private static final long LEAST = 2_000_000;

  /** How long a thread may take to wake up, beyond twice the caller's own time. */
  private static final long WAKING_NANOS = 100_000;

  private final transient Workspace ws;
  private final transient Parameters parameters;
  private final transient Kernels kernels = Kernels.create();
  private final double patience;
  private transient Layer second;
  private transient Layer.State state;
  private transient float[] x;
  private transient int ldx;
  private transient int stream;

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
    second = directions[1];
    state = ws.states[l][1];
    x = input;
    ldx = inputWidth;
    stream = 2 * l + 1;
    reinitialize();
    fork();
    long began = System.nanoTime();
    directions[0].forward(
        ws.kernels, parameters, ws.batch, null, ws.states[l][0], x, ldx, Dropping.NONE, 2 * l);
    if (tryUnfork()) {
      second.forward(ws.kernels, parameters, ws.batch, null, state, x, ldx, Dropping.NONE, stream);
      return;
    }
    long now = System.nanoTime(), deadline = now + (long) (patience * (now - began + WAKING_NANOS));
    while (!isDone() && System.nanoTime() < deadline) Thread.onSpinWait();
    if (isDone()) {
      join(); // throws what the other thread threw
      return;
    }
    ws.abandoned = true;
    Layer.State fresh = second.state();
    fresh.reserve(ws.batch.rows(), ws.batch.sentences(), false);
    ws.states[l][1] = fresh;
    second.forward(ws.kernels, parameters, ws.batch, null, fresh, x, ldx, Dropping.NONE, stream);
  }

  @Override
  protected boolean exec() {
    second.forward(kernels, parameters, ws.batch, null, state, x, ldx, Dropping.NONE, stream);
    return true;
  }

  @Override
  public Void getRawResult() {
    return null;
  }

  @Override
  protected void setRawResult(Void nothing) {}
}
