package dev.sluice.kernel;

import static dev.sluice.kernel.Functions.sigmoid;
import static dev.sluice.kernel.Functions.tanh;

/** The definition of every kernel of the further cells, in plain loops. */
final class ScalarCellKernels extends CellKernels {
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
      for (int j = 0; j < H; j++) {
        int a = gateAt + r * G * H + j, b = recAt + r * G * H + j, s = at + r * H + j;
        float before = cPrev[prevAt + r * ldp + j];
        float first = sigmoid(Fma.fma(p[pAt + j], before, gate[a] + rec[b]));
        gate[a] = first;
        float i = first, f = 1f - first;
        if (coupling == UNCOUPLED) {
          f = sigmoid(Fma.fma(p[pAt + H + j], before, gate[a + H] + rec[b + H]));
          gate[a + H] = f;
        } else if (coupling == FORGET) {
          i = 1f - first;
          f = first;
        }
        float g = tanh(gate[a + O - H] + rec[b + O - H]);
        gate[a + O - H] = g;
        c[s] = Fma.fma(f, before, i * g);
        float o = sigmoid(Fma.fma(p[pO + j], c[s], gate[a + O] + rec[b + O]));
        gate[a + O] = o;
        if (tc == null) continue;
        tc[s] = tanh(c[s]);
        m[s] = o * tc[s];
      }
    }
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
      for (int j = 0; j < H; j++) {
        int a = gateAt + r * G * H + j, s = at + r * H + j;
        float before = cPrev[prevAt + r * ldp + j], delta = dc[s];
        if (tc != null) {
          float o = gate[a + O];
          delta = Fma.fma(dm[s] * o, Fma.fma(-tc[s], tc[s], 1f), delta);
          gate[a + O] = dm[s] * tc[s] * (o * (1f - o));
        }
        float dO = gate[a + O];
        delta = Fma.fma(dO, p[pAt + hole + j], delta);
        dp[dpAt + hole + j] = Fma.fma(dO, c[s], dp[dpAt + hole + j]);
        float first = gate[a], g = gate[a + O - H];
        float i = coupling == FORGET ? 1f - first : first;
        float f = coupling == UNCOUPLED ? gate[a + H] : coupling == INPUT ? 1f - first : first;
        float slope = coupling == UNCOUPLED ? g : coupling == INPUT ? g - before : before - g;
        float dFirst = delta * slope * (first * (1f - first));
        gate[a] = dFirst;
        dp[dpAt + j] = Fma.fma(dFirst, before, dp[dpAt + j]);
        float back = Fma.fma(dFirst, p[pAt + j], delta * f);
        if (coupling == UNCOUPLED) {
          float dF = delta * before * (f * (1f - f));
          gate[a + H] = dF;
          dp[dpAt + H + j] = Fma.fma(dF, before, dp[dpAt + H + j]);
          back = Fma.fma(dF, p[pAt + H + j], back);
        }
        gate[a + O - H] = delta * i * Fma.fma(-g, g, 1f);
        dcPrev[dcPrevAt + r * ldp + j] = back;
      }
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
      for (int j = 0; j < H; j++) {
        int a = gateAt + r * 3 * H + j, b = recAt + r * 3 * H + j, s = at + r * H + j;
        gate[a] = sigmoid(gate[a] + rec[b]);
        gate[a + H] = sigmoid(gate[a + H] + rec[b + H]);
        reset[s] = gate[a] * hIn[s];
      }
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
      for (int j = 0; j < H; j++) {
        int a = gateAt + (r * G + G - 2) * H + j, b = recAt + (r * G + G - 2) * H + j;
        if (G == 2) gate[a] = sigmoid(gate[a] + rec[b]);
        float n = tanh(gate[a + H] + rec[b + H]);
        gate[a + H] = n;
        h[at + r * H + j] = Fma.fma(gate[a], hPrev[prevAt + r * ldp + j] - n, n);
      }
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
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int a = gateAt + (r * G + G - 2) * H + j, to = dhPrevAt + r * ldp + j;
        float z = gate[a], n = gate[a + H], d = dh[at + r * H + j];
        gate[a + H] = d * (1f - z) * Fma.fma(-n, n, 1f);
        gate[a] = d * (hPrev[prevAt + r * ldp + j] - n) * (z * (1f - z));
        dhPrev[to] = Fma.fma(d, z, dhPrev[to]);
      }
    }
  }

  @Override
  public void gruResetBackward(
      float[] gate, int gateAt, float[] hIn, int at, float[] dReset, int dResetAt, int R, int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int a = gateAt + r * 3 * H + j, s = dResetAt + r * H + j;
        float open = gate[a], d = dReset[s];
        gate[a] = d * hIn[at + r * H + j] * (open * (1f - open));
        dReset[s] = d * open;
      }
    }
  }
}
