package dev.sluice.kernel;

/**
 * The pointwise kernels of the cells beside the plain ones, as one set with two implementations like {@link Kernels}, which hands them out: LSTM with peepholes and coupled gates, GRU with the reset
 * gate before the matrix product or without one. H is padded, rows are as in {@link Kernels}.
 */
public abstract class CellKernels {
  /** Input and forget gate are both learned: the sums are those of i, f, g, o. */
  public static final int UNCOUPLED = 0;

  /** The input gate is learned, f = 1 - i: the sums are those of i, g, o. */
  public static final int INPUT = 1;

  /** The forget gate is learned, i = 1 - f: the sums are those of f, g, o. */
  public static final int FORGET = 2;

  /** For the two implementations. */
  protected CellKernels() {}

  /**
   * One step of an LSTM with peepholes or coupled gates for R rows; G is 4, or 3 where gates are coupled.
   * <pre>
   *   gate [R,G·H] in: input part of the sums, out: the gates    rec [R,G·H] recurrent part, read
   *   p [(G-1)·H] peepholes of the gates without g, in their order; zeros for none    cPrev rows of ldp, read
   *   c, tc, m [R,H] written; tc and m left out when tc is null
   *
   *   i = σ(· + pᵢ·cPrev)  f = σ(· + p_f·cPrev)  g = tanh(·)    of gate + rec; one of i, f may be 1 minus the other
   *   c = f·cPrev + i·g    o = σ(· + pₒ·c)    tc = tanh(c)    m = o·tc
   * </pre>
   * Sources: Gers and Schmidhuber 2000, in the form of Graves 2013, arXiv:1308.0850, equations 7 to 11; coupled gates as in Greff et al. 2017, arXiv:1503.04069.
   */
  public abstract void lstmForward(
      int coupling,
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] p,
      int pAt,
      float[] cPrev,
      int prevAt,
      int ldp,
      float[] c,
      float[] tc,
      float[] m,
      int at,
      int R,
      int H);

  /**
   * Gradient of {@link #lstmForward}.
   * <pre>
   *   gate [R,G·H] in: the gates, out: gradients of the sums    dm, dc [R,H] read    dcPrev rows of ldp, written
   *   dp [(G-1)·H] added to, r ascending
   *
   *   d(o) = dm·tc·o(1-o)    δ = dc + dm·o·(1-tc²) + d(o)·pₒ
   *   d(i) = δ·g·i(1-i)   d(f) = δ·cPrev·f(1-f)   d(g) = δ·i·(1-g²)
   *   coupled: d(i) = δ·(g-cPrev)·i(1-i)   or   d(f) = δ·(cPrev-g)·f(1-f)
   *   dcPrev = δ·f + d(i)·pᵢ + d(f)·p_f    dp += Σᵣ d(i)·cPrev, d(f)·cPrev, d(o)·c
   * </pre>
   * When tc is null, the last part of {@code gate} already has d(o), and dc also what comes through the output.
   */
  public abstract void lstmBackward(
      int coupling,
      float[] gate,
      int gateAt,
      float[] p,
      int pAt,
      float[] cPrev,
      int prevAt,
      int ldp,
      float[] c,
      float[] tc,
      float[] dm,
      float[] dc,
      int at,
      float[] dcPrev,
      int dcPrevAt,
      float[] dp,
      int dpAt,
      int R,
      int H);

  /**
   * The first half of a step of a GRU with the reset gate before the matrix product, for R rows.
   * <pre>
   *   gate [R,3H] in: input part, out: r, z in the first two thirds    rec [R,3H] recurrent part of these, read
   *   hIn [R,H] the state as it enters the recurrence, read    reset [R,H] written
   *
   *   r = σ(·)  z = σ(·)  of gate + rec    reset = r·hIn
   * </pre>
   * Source: Cho et al. 2014, arXiv:1406.1078, equations 5 to 8, with their z and 1 - z changed over.
   */
  public abstract void gruGates(
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] hIn,
      int at,
      float[] reset,
      int R,
      int H);

  /**
   * The last part of a step of a GRU whose candidate is a sum: with the reset before the product (G = 3, rec now from {@code reset}), or without one (G = 2, where z is worked out, too).
   * <pre>
   *   gate [R,G·H] in: the input part of n in the last part, and before it z, or its input part; out: z, n    rec [R,G·H] read
   *   hPrev rows of ldp, read    h [R,H] written
   *
   *   n = tanh(gate + rec)    h = (1-z)·n + z·hPrev
   * </pre>
   */
  public abstract void gruState(
      int G,
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] hPrev,
      int prevAt,
      int ldp,
      float[] h,
      int at,
      int R,
      int H);

  /**
   * Gradient of {@link #gruState}.
   * <pre>
   *   gate [R,G·H] in: z, n in the last two parts, out: gradients of their sums    dh [R,H] read    dhPrev rows of ldp, added to
   *
   *   d(n) = dh·(1-z)·(1-n²)   d(z) = dh·(hPrev-n)·z(1-z)   dhPrev += dh·z
   * </pre>
   */
  public abstract void gruStateBackward(
      int G,
      float[] gate,
      int gateAt,
      float[] hPrev,
      int prevAt,
      int ldp,
      float[] dh,
      int at,
      float[] dhPrev,
      int dhPrevAt,
      int R,
      int H);

  /**
   * Gradient of {@link #gruGates} with respect to the reset gate: d(r) = dReset·hIn·r(1-r) takes the place of r, the first third of gate [R,3H], and dReset·r that of dReset [R,H], the gradient of hIn.
   */
  public abstract void gruResetBackward(
      float[] gate, int gateAt, float[] hIn, int at, float[] dReset, int dResetAt, int R, int H);
}
