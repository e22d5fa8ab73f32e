package dev.sluice.kernel.simd;

import static dev.sluice.kernel.simd.SimdKernels.S;

import dev.sluice.kernel.NormKernels;
import jdk.incubator.vector.FloatVector;

/**
 * The SIMD twin of the scalar kernels of layer normalisation. A sum is made in as many passes as a vector is narrower than the stripes, so its order does not depend on the
 * width of a vector.
 */
final class SimdNormKernels extends NormKernels {
  private static final int W = S.length();

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
      int p = xAt + r * ldx;
      sum(x, p, N);
      float mean = mean(stripes, n);
      squares(x, p, -mean, real, N);
      float s = scale(mean(stripes, n));
      scale[scaleAt + r] = s;
      scaled(x, p, -mean, s, hat, hatAt + r * N, gain, gainAt, bias, biasAt, real, N);
    }
  }

  // Loops of their own, small enough for the compiler to keep every vector of one in registers.

  private void sum(float[] x, int at, int N) {
    for (int stripe = 0; stripe < STRIPES; stripe += W) {
      FloatVector sum = FloatVector.zero(S);
      for (int j = stripe; j < N; j += STRIPES) sum = sum.add(FloatVector.fromArray(S, x, at + j));
      sum.intoArray(stripes, stripe);
    }
  }

  private void squares(float[] x, int at, float minusMean, float[] real, int N) {
    FloatVector m = FloatVector.broadcast(S, minusMean);
    for (int stripe = 0; stripe < STRIPES; stripe += W) {
      FloatVector sum = FloatVector.zero(S);
      for (int j = stripe; j < N; j += STRIPES) {
        FloatVector d =
            m.fma(FloatVector.fromArray(S, real, j), FloatVector.fromArray(S, x, at + j));
        sum = d.fma(d, sum);
      }
      sum.intoArray(stripes, stripe);
    }
  }

  private static void scaled(
      float[] x,
      int at,
      float minusMean,
      float scale,
      float[] hat,
      int hatAt,
      float[] gain,
      int gainAt,
      float[] bias,
      int biasAt,
      float[] real,
      int N) {
    FloatVector m = FloatVector.broadcast(S, minusMean);
    for (int j = 0; j < N; j += W) {
      FloatVector normal =
          m.fma(FloatVector.fromArray(S, real, j), FloatVector.fromArray(S, x, at + j)).mul(scale);
      normal.intoArray(hat, hatAt + j);
      FloatVector.fromArray(S, gain, gainAt + j)
          .fma(normal, FloatVector.fromArray(S, bias, biasAt + j))
          .intoArray(x, at + j);
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
      int p = dyAt + r * ldy, q = hatAt + r * N;
      sums(dy, p, hat, q, gain, gainAt, dGain, dGainAt, N);
      FloatVector m = FloatVector.broadcast(S, -mean(stripes, n));
      FloatVector a = FloatVector.broadcast(S, -mean(products, n));
      float s = scale[scaleAt + r];
      for (int j = 0, to = dxAt + r * ldx; j < N; j += W, to += W) {
        FloatVector delta =
            FloatVector.fromArray(S, dy, p + j).mul(FloatVector.fromArray(S, gain, gainAt + j));
        FloatVector d =
            a.fma(
                    FloatVector.fromArray(S, hat, q + j),
                    m.fma(FloatVector.fromArray(S, real, j), delta))
                .mul(s);
        (add ? FloatVector.fromArray(S, dx, to).add(d) : d).intoArray(dx, to);
      }
    }
  }

  private void sums(
      float[] dy,
      int p,
      float[] hat,
      int q,
      float[] gain,
      int gainAt,
      float[] dGain,
      int dGainAt,
      int N) {
    for (int stripe = 0; stripe < STRIPES; stripe += W) {
      FloatVector sum = FloatVector.zero(S), product = sum;
      for (int j = stripe; j < N; j += STRIPES) {
        FloatVector d = FloatVector.fromArray(S, dy, p + j);
        FloatVector normal = FloatVector.fromArray(S, hat, q + j);
        FloatVector delta = d.mul(FloatVector.fromArray(S, gain, gainAt + j));
        sum = sum.add(delta);
        product = delta.fma(normal, product);
        d.fma(normal, FloatVector.fromArray(S, dGain, dGainAt + j)).intoArray(dGain, dGainAt + j);
      }
      sum.intoArray(stripes, stripe);
      product.intoArray(products, stripe);
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
      int p = gateAt + r * 4 * H, q = recAt + r * 4 * H;
      SimdKernels.lstmGates(gate, p, rec, q, H);
      SimdKernels.memory(gate, p, cPrev, prevAt + r * ldp, c, at + r * H, H);
    }
  }

  @Override
  public void lstmOutput(
      int G, float[] gate, int gateAt, float[] tc, float[] h, int at, int R, int H) {
    for (int r = 0; r < R; r++) {
      int o = gateAt + (r * G + G - 1) * H, s = at + r * H;
      SimdFunctions.tanhs(tc, s, tc, s, H);
      SimdKernels.product(gate, o, tc, h, s, H);
    }
  }

  @Override
  public void lstmOutputBackward(
      int G, float[] gate, int gateAt, float[] tc, float[] dh, int at, int R, int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j += W) {
        int s = at + r * H + j, p = gateAt + (r * G + G - 1) * H + j;
        FloatVector o = FloatVector.fromArray(S, gate, p), d = FloatVector.fromArray(S, dh, s);
        FloatVector squashed = FloatVector.fromArray(S, tc, s);
        d.mul(squashed).mul(o.mul(one.sub(o))).intoArray(gate, p);
        d.mul(o).mul(squashed.neg().fma(squashed, one)).intoArray(dh, s);
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
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j += W) {
        int p = gateAt + r * 4 * H + j;
        FloatVector i = FloatVector.fromArray(S, gate, p),
            f = FloatVector.fromArray(S, gate, p + H);
        FloatVector g = FloatVector.fromArray(S, gate, p + 2 * H);
        FloatVector delta = FloatVector.fromArray(S, dc, at + r * H + j);
        delta.mul(g).mul(i.mul(one.sub(i))).intoArray(gate, p);
        delta
            .mul(FloatVector.fromArray(S, cPrev, prevAt + r * ldp + j))
            .mul(f.mul(one.sub(f)))
            .intoArray(gate, p + H);
        delta.mul(i).mul(g.neg().fma(g, one)).intoArray(gate, p + 2 * H);
        delta.mul(f).intoArray(dcPrev, dcPrevAt + r * ldp + j);
      }
    }
  }
}
