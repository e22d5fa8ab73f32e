package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Offers the second direction of a layer to an idle thread of the common pool while the caller works on the first one; when nobody has taken it by then, the
 * caller does it too. The result is the same either way.
 */
final class SideBySide extends ForkJoinTask<Void> {
  private static final long serialVersionUID = 1L;

  /** Multiply-adds in a direction below which waking a thread costs more than it gains. */
  private static final long LEAST = 1_000_000;

  private final transient Workspace ws;
  private final transient Kernels kernels;
  private transient Recurrent direction;
  private transient CellState state;
  private transient float[] x;
  private transient int ldx;
  private transient Dropping drop;
  private transient int stream;

  SideBySide(Workspace ws) {
    this.ws = ws;
    kernels = ws.kernels.another();
  }

  /** Whether a direction is worth a thread, and there is a pool that would run it. */
  static boolean pays(Batch batch, Recurrent first) {
    return ForkJoinPool.getCommonPoolParallelism() > 0
        && (long) batch.rows() * first.cell.gates() * first.H * first.H > LEAST;
  }

  void start(
      Recurrent second,
      CellState itsState,
      float[] input,
      int inputWidth,
      Dropping dropping,
      int number) {
    direction = second;
    state = itsState;
    x = input;
    ldx = inputWidth;
    drop = dropping;
    stream = number;
    reinitialize();
    fork();
  }

  void finish() {
    if (tryUnfork()) exec();
    else join();
  }

  @Override
  protected boolean exec() {
    direction.forward(kernels, ws.parameters, ws.batch, state, x, ldx, drop, stream);
    return true;
  }

  @Override
  public Void getRawResult() {
    return null;
  }

  @Override
  protected void setRawResult(Void nothing) {}
}
