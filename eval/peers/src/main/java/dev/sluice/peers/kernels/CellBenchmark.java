package dev.sluice.peers.kernels;

import dev.sluice.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** The pointwise part of a cell for 32 sentences, and its functions; arrays are padded, only weights without padding count. */
public class CellBenchmark extends TwinBenchmark {
  static final int STATES = SENTENCES * HIDDEN;

  private static final int TANH = 0;
  private static final int SIGMOID = 1;

  private final int H = Kernels.padded(HIDDEN);
  private Kernels k;
  private float[] gate;
  private float[] rec;
  private float[] cPrev;
  private float[] c;
  private float[] tc;
  private float[] h;
  private float[] dh;
  private float[] dc;
  private float[] dcPrev;

  /** Makes the states and sums. */
  @Setup
  public void prepare() {
    k = create();
    gate = some(SENTENCES * GATES * H);
    rec = some(SENTENCES * GATES * H);
    cPrev = some(SENTENCES * H);
    c = new float[SENTENCES * H];
    tc = new float[SENTENCES * H];
    h = new float[SENTENCES * H];
    dh = some(SENTENCES * H);
    dc = some(SENTENCES * H);
    dcPrev = new float[SENTENCES * H];
  }

  /** One step forward: four gates, memory and state. */
  @Benchmark
  @OperationsPerInvocation(STATES)
  @Unit("ns per state")
  public void lstmForward() {
    k.lstmForward(gate, 0, rec, 0, cPrev, 0, H, c, tc, h, 0, SENTENCES, H);
  }

  /** One step forward and back: the way back alone would feed on its own results, which fade to zero. */
  @Benchmark
  @OperationsPerInvocation(STATES)
  @Unit("ns per state")
  public void lstmForwardAndBackward() {
    k.lstmForward(gate, 0, rec, 0, cPrev, 0, H, c, tc, h, 0, SENTENCES, H);
    k.lstmBackward(gate, 0, cPrev, 0, H, tc, dh, dc, 0, dcPrev, 0, SENTENCES, H);
  }

  /** tanh of sums of two numbers. */
  @Benchmark
  @OperationsPerInvocation(STATES)
  @Unit("ns per element")
  public void tanh() {
    k.rnnForward(TANH, gate, 0, rec, 0, h, 0, SENTENCES, H);
  }

  /** The logistic sigmoid of sums of two numbers. */
  @Benchmark
  @OperationsPerInvocation(STATES)
  @Unit("ns per element")
  public void sigmoid() {
    k.rnnForward(SIGMOID, gate, 0, rec, 0, h, 0, SENTENCES, H);
  }
}
