package dev.sluice.kernel.simd;

import static dev.sluice.kernel.simd.SimdKernels.S;

import dev.sluice.kernel.CellKernels;
import jdk.incubator.vector.FloatVector;

/** The SIMD twin of the scalar kernels of the further cells. */
final class SimdCellKernels extends CellKernels {
  private static final int W = S.length();

  @Override
  public void lstmForward(
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
      int H) {
    int G = coupling == UNCOUPLED ? 4 : 3, O = (G - 1) * H, pO = pAt + (G - 2) * H;
    for (int r = 0; r < R; r++) {
      int a = gateAt + r * G * H, b = recAt + r * G * H, s = at + r * H, q = prevAt + r * ldp;
      gates(gate, a, rec, b, p, pAt, cPrev, q, H);
      if (coupling == UNCOUPLED) gates(gate, a + H, rec, b + H, p, pAt + H, cPrev, q, H);
      SimdKernels.add(gate, a + O - H, rec, b + O - H, H);
      SimdFunctions.tanhs(gate, a + O - H, gate, a + O - H, H);
      if (coupling == UNCOUPLED) SimdKernels.memory(gate, a, cPrev, q, c, s, H);
      else coupledMemory(coupling == INPUT, gate, a, cPrev, q, c, s, H);
      gates(gate, a + O, rec, b + O, p, pO, c, s, H);
      if (tc == null) continue;
      SimdFunctions.tanhs(c, s, tc, s, H);
      SimdKernels.product(gate, a + O, tc, m, s, H);
    }
  }

  // Loops of their own, small enough for the compiler to keep every vector of one in registers.

  private static void gates(
      float[] gate, int a, float[] rec, int b, float[] p, int pAt, float[] seen, int q, int H) {
    for (int j = 0; j < H; j += W) {
      FloatVector sum = at(gate, a + j).add(at(rec, b + j));
      at(p, pAt + j).fma(at(seen, q + j), sum).intoArray(gate, a + j);
    }
    SimdFunctions.sigmoids(gate, a, gate, a, H);
  }

  private static void coupledMemory(
      boolean input, float[] gate, int a, float[] cPrev, int q, float[] c, int s, int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < H; j += W) {
      FloatVector first = at(gate, a + j), other = one.sub(first);
      FloatVector i = input ? first : other, f = input ? other : first;
      f.fma(at(cPrev, q + j), i.mul(at(gate, a + H + j))).intoArray(c, s + j);
    }
  }

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(S, x, i);
  }

  @Override
  public void lstmBackward(
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
      int H) {
    int G = coupling == UNCOUPLED ? 4 : 3, O = (G - 1) * H, hole = (G - 2) * H;
    for (int r = 0; r < R; r++) {
      int a = gateAt + r * G * H, s = at + r * H, q = prevAt + r * ldp, to = dcPrevAt + r * ldp;
      outputBack(gate, a + O, p, pAt + hole, c, tc, dm, dc, s, dcPrev, to, dp, dpAt + hole, H);
      if (coupling == UNCOUPLED) gatesBack(gate, a, p, pAt, cPrev, q, dcPrev, to, dp, dpAt, H);
      else coupledBack(coupling == INPUT, gate, a, p, pAt, cPrev, q, dcPrev, to, dp, dpAt, H);
    }
  }

  /** Leaves δ in dcPrev. */
  private static void outputBack(
      float[] gate,
      int o,
      float[] p,
      int pAt,
      float[] c,
      float[] tc,
      float[] dm,
      float[] dc,
      int s,
      float[] delta,
      int to,
      float[] dp,
      int dpAt,
      int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < H; j += W) {
      FloatVector sum = at(dc, s + j), open = at(gate, o + j);
      if (tc != null) {
        FloatVector squashed = at(tc, s + j), d = at(dm, s + j);
        sum = d.mul(open).fma(squashed.neg().fma(squashed, one), sum);
        open = d.mul(squashed).mul(open.mul(one.sub(open)));
        open.intoArray(gate, o + j);
      }
      open.fma(at(p, pAt + j), sum).intoArray(delta, to + j);
      open.fma(at(c, s + j), at(dp, dpAt + j)).intoArray(dp, dpAt + j);
    }
  }

  private static void gatesBack(
      float[] gate,
      int a,
      float[] p,
      int pAt,
      float[] cPrev,
      int q,
      float[] dcPrev,
      int to,
      float[] dp,
      int dpAt,
      int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < H; j += W) {
      FloatVector i = at(gate, a + j), f = at(gate, a + H + j), g = at(gate, a + 2 * H + j);
      FloatVector before = at(cPrev, q + j), delta = at(dcPrev, to + j);
      FloatVector dI = delta.mul(g).mul(i.mul(one.sub(i)));
      FloatVector dF = delta.mul(before).mul(f.mul(one.sub(f)));
      dI.intoArray(gate, a + j);
      dF.intoArray(gate, a + H + j);
      delta.mul(i).mul(g.neg().fma(g, one)).intoArray(gate, a + 2 * H + j);
      dI.fma(before, at(dp, dpAt + j)).intoArray(dp, dpAt + j);
      dF.fma(before, at(dp, dpAt + H + j)).intoArray(dp, dpAt + H + j);
      dF.fma(at(p, pAt + H + j), dI.fma(at(p, pAt + j), delta.mul(f))).intoArray(dcPrev, to + j);
    }
  }

  private static void coupledBack(
      boolean input,
      float[] gate,
      int a,
      float[] p,
      int pAt,
      float[] cPrev,
      int q,
      float[] dcPrev,
      int to,
      float[] dp,
      int dpAt,
      int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < H; j += W) {
      FloatVector first = at(gate, a + j), other = one.sub(first), g = at(gate, a + H + j);
      FloatVector before = at(cPrev, q + j), delta = at(dcPrev, to + j);
      FloatVector i = input ? first : other, f = input ? other : first;
      FloatVector slope = input ? g.sub(before) : before.sub(g);
      FloatVector d = delta.mul(slope).mul(first.mul(other));
      d.intoArray(gate, a + j);
      delta.mul(i).mul(g.neg().fma(g, one)).intoArray(gate, a + H + j);
      d.fma(before, at(dp, dpAt + j)).intoArray(dp, dpAt + j);
      d.fma(at(p, pAt + j), delta.mul(f)).intoArray(dcPrev, to + j);
    }
  }

  @Override
  public void gruGates(
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] hIn,
      int at,
      float[] reset,
      int R,
      int H) {
    for (int r = 0; r < R; r++) {
      int a = gateAt + r * 3 * H, s = at + r * H;
      SimdKernels.add(gate, a, rec, recAt + r * 3 * H, 2 * H);
      SimdFunctions.sigmoids(gate, a, gate, a, 2 * H);
      for (int j = 0; j < H; j += W) at(gate, a + j).mul(at(hIn, s + j)).intoArray(reset, s + j);
    }
  }

  @Override
  public void gruState(
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
      int H) {
    for (int r = 0; r < R; r++) {
      int a = gateAt + (r * G + G - 2) * H, b = recAt + (r * G + G - 2) * H, q = prevAt + r * ldp;
      if (G == 2) {
        SimdKernels.add(gate, a, rec, b, H);
        SimdFunctions.sigmoids(gate, a, gate, a, H);
      }
      SimdKernels.add(gate, a + H, rec, b + H, H);
      SimdFunctions.tanhs(gate, a + H, gate, a + H, H);
      SimdKernels.gruState(gate, a, hPrev, q, h, at + r * H, H);
    }
  }

  @Override
  public void gruStateBackward(
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
      int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j += W) {
        int a = gateAt + (r * G + G - 2) * H + j, to = dhPrevAt + r * ldp + j;
        FloatVector z = at(gate, a), n = at(gate, a + H), d = at(dh, at + r * H + j);
        d.mul(one.sub(z)).mul(n.neg().fma(n, one)).intoArray(gate, a + H);
        d.mul(at(hPrev, prevAt + r * ldp + j).sub(n)).mul(z.mul(one.sub(z))).intoArray(gate, a);
        d.fma(z, at(dhPrev, to)).intoArray(dhPrev, to);
      }
    }
  }

  @Override
  public void gruResetBackward(
      float[] gate, int gateAt, float[] hIn, int at, float[] dReset, int dResetAt, int R, int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j += W) {
        int a = gateAt + r * 3 * H + j, s = dResetAt + r * H + j;
        FloatVector open = at(gate, a), d = at(dReset, s);
        d.mul(at(hIn, at + r * H + j)).mul(open.mul(one.sub(open))).intoArray(gate, a);
        d.mul(open).intoArray(dReset, s);
      }
    }
  }
}
