package dev.sluice.kernel;

import static dev.sluice.kernel.Functions.sigmoid;
import static dev.sluice.kernel.Functions.tanh;

import java.util.Arrays;

/** The definition of every kernel of layer normalisation, in plain loops. */
final class ScalarNormKernels extends NormKernels {
  private final float[] stripes = new float[STRIPES];
  private final float[] products = new float[STRIPES];

  @Override
  public void normalize(
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
      int N) {
    for (int r = 0; r < R; r++) {
      int p = xAt + r * ldx, q = hatAt + r * N;
      Arrays.fill(stripes, 0f);
      for (int j = 0; j < N; j++) stripes[j & STRIPES - 1] += x[p + j];
      float mean = mean(stripes, n);
      Arrays.fill(stripes, 0f);
      for (int j = 0; j < N; j++) {
        float d = Fma.fma(-mean, real[j], x[p + j]);
        stripes[j & STRIPES - 1] = Fma.fma(d, d, stripes[j & STRIPES - 1]);
      }
      float s = scale(mean(stripes, n));
      scale[scaleAt + r] = s;
      for (int j = 0; j < N; j++) {
        float normal = Fma.fma(-mean, real[j], x[p + j]) * s;
        hat[q + j] = normal;
        x[p + j] = Fma.fma(gain[gainAt + j], normal, bias[biasAt + j]);
      }
    }
  }

  @Override
  public void normalizeBackward(
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
      int N) {
    for (int r = 0; r < R; r++) {
      int p = dyAt + r * ldy, q = hatAt + r * N, to = dxAt + r * ldx;
      Arrays.fill(stripes, 0f);
      Arrays.fill(products, 0f);
      for (int j = 0; j < N; j++) {
        float d = dy[p + j], delta = d * gain[gainAt + j], normal = hat[q + j];
        int stripe = j & STRIPES - 1;
        stripes[stripe] += delta;
        products[stripe] = Fma.fma(delta, normal, products[stripe]);
        dGain[dGainAt + j] = Fma.fma(d, normal, dGain[dGainAt + j]);
      }
      float mean = mean(stripes, n), along = mean(products, n), s = scale[scaleAt + r];
      for (int j = 0; j < N; j++) {
        float delta = dy[p + j] * gain[gainAt + j];
        float d = Fma.fma(-along, hat[q + j], Fma.fma(-mean, real[j], delta)) * s;
        dx[to + j] = add ? dx[to + j] + d : d;
      }
    }
  }

  @Override
  public void lstmMemory(
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
      int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int p = gateAt + r * 4 * H + j, q = recAt + r * 4 * H + j;
        float i = sigmoid(gate[p] + rec[q]);
        float f = sigmoid(gate[p + H] + rec[q + H]);
        float g = tanh(gate[p + 2 * H] + rec[q + 2 * H]);
        gate[p] = i;
        gate[p + H] = f;
        gate[p + 2 * H] = g;
        gate[p + 3 * H] = sigmoid(gate[p + 3 * H] + rec[q + 3 * H]);
        c[at + r * H + j] = Fma.fma(f, cPrev[prevAt + r * ldp + j], i * g);
      }
    }
  }

  @Override
  public void lstmOutput(
      int G, float[] gate, int gateAt, float[] tc, float[] h, int at, int R, int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int s = at + r * H + j;
        tc[s] = tanh(tc[s]);
        h[s] = gate[gateAt + (r * G + G - 1) * H + j] * tc[s];
      }
    }
  }

  @Override
  public void lstmOutputBackward(
      int G, float[] gate, int gateAt, float[] tc, float[] dh, int at, int R, int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int s = at + r * H + j, p = gateAt + (r * G + G - 1) * H + j;
        float o = gate[p], d = dh[s];
        gate[p] = d * tc[s] * (o * (1f - o));
        dh[s] = d * o * Fma.fma(-tc[s], tc[s], 1f);
      }
    }
  }

  @Override
  public void lstmMemoryBackward(
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
      int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int p = gateAt + r * 4 * H + j;
        float i = gate[p], f = gate[p + H], g = gate[p + 2 * H], delta = dc[at + r * H + j];
        gate[p] = delta * g * (i * (1f - i));
        gate[p + H] = delta * cPrev[prevAt + r * ldp + j] * (f * (1f - f));
        gate[p + 2 * H] = delta * i * Fma.fma(-g, g, 1f);
        dcPrev[dcPrevAt + r * ldp + j] = delta * f;
      }
    }
  }
}
