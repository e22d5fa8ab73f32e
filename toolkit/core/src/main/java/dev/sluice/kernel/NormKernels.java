package dev.sluice.kernel;

/**
 * The kernels of layer normalisation and of the LSTM whose memory is normalised on its way out, as one set with two implementations like {@link Kernels}, which hands
 * them out.
 *
 * <p>Mean and variance are sums with one result: 16 fixed stripes and a fixed tree, whatever the width of a vector. Columns of padding are zero before and after
 * and count for nothing.
 */
public abstract class NormKernels {
  /** ε, added to the variance: the value in the code of the paper's authors and in PyTorch. */
  public static final float EPSILON = 1e-5f;

  /** The number of stripes of a sum. */
  protected static final int STRIPES = 16;

  /** For the two implementations. */
  protected NormKernels() {}

  /**
   * Layer normalisation of R rows, N padded.
   * <pre>
   *   x rows of ldx, in: sums, out: y    hat [R,N] written    scale [R] written
   *   gain, bias [N] read    real [N] 1 for a column that counts, 0 for padding    n the number of those that count
   *
   *   μ = Σx/n    σ² = Σ(x-μ)²/n    scale = 1/√(σ²+ε)    hat = (x-μ)·scale    y = gain·hat + bias
   * </pre>
   * Source: Ba, Kiros and Hinton 2016, arXiv:1607.06450, equation 4.
   */
  public abstract void normalize(
      float[] x,
      int xAt,
      int ldx,
      float[] hat,
      int hatAt,
      float[] scale,
      int scaleAt,
      float[] gain,
      int gainAt,
      float[] bias,
      int biasAt,
      float[] real,
      int n,
      int R,
      int N);

  /**
   * Gradient of {@link #normalize}.
   * <pre>
   *   dy rows of ldy, read    dx rows of ldx, written, or added to when {@code add}; may be dy
   *   dGain [N] added to, r ascending
   *
   *   δ = dy·gain    dx = scale·(δ - Σδ/n - hat·Σ(δ·hat)/n)    dGain += Σᵣ dy·hat
   * </pre>
   * The gradient of the bias is the column sums of dy.
   */
  public abstract void normalizeBackward(
      float[] dy,
      int dyAt,
      int ldy,
      float[] hat,
      int hatAt,
      float[] scale,
      int scaleAt,
      float[] gain,
      int gainAt,
      float[] real,
      int n,
      float[] dx,
      int dxAt,
      int ldx,
      boolean add,
      float[] dGain,
      int dGainAt,
      int R,
      int N);

  /**
   * The first half of {@link Kernels#lstmForward}: gates and memory.
   * <pre>
   *   gate [R,4H] in: input part of the four sums, out: i, f, g, o    rec [R,4H] recurrent part, read
   *   cPrev rows of ldp, read    c [R,H] written        c = f·cPrev + i·g
   * </pre>
   */
  public abstract void lstmMemory(
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] cPrev,
      int prevAt,
      int ldp,
      float[] c,
      int at,
      int R,
      int H);

  /** The second half: tc [R,H] in: normalised memory m, out: tanh(m); h = o·tanh(m), with o the last of the G parts of gate [R,G·H]. */
  public abstract void lstmOutput(
      int G, float[] gate, int gateAt, float[] tc, float[] h, int at, int R, int H);

  /** Gradient of {@link #lstmOutput}: d(o) = dh·tc·o(1-o) takes the place of o, and dm = dh·o·(1-tc²) that of dh. */
  public abstract void lstmOutputBackward(
      int G, float[] gate, int gateAt, float[] tc, float[] dh, int at, int R, int H);

  /**
   * Gradient of {@link #lstmMemory}.
   * <pre>
   *   gate [R,4H] in: i, f, g in the first three fourths, out: gradients of their sums    dc [R,H] read    dcPrev rows of ldp, written
   *
   *   d(i) = dc·g·i(1-i)   d(f) = dc·cPrev·f(1-f)   d(g) = dc·i·(1-g²)   dcPrev = dc·f
   * </pre>
   */
  public abstract void lstmMemoryBackward(
      float[] gate,
      int gateAt,
      float[] cPrev,
      int prevAt,
      int ldp,
      float[] dc,
      int at,
      float[] dcPrev,
      int dcPrevAt,
      int R,
      int H);

  /** The sum over the stripes divided by n; overwrites them. */
  protected static float mean(float[] stripes, int n) {
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) stripes[i] += stripes[i + half];
    }
    return stripes[0] / n;
  }

  /** 1/√(variance + ε), every operation rounded to float. */
  protected static float scale(float variance) {
    return 1f / (float) Math.sqrt(variance + EPSILON);
  }
}
