package dev.sluice.kernel;

import static dev.sluice.kernel.Functions.sigmoid;
import static dev.sluice.kernel.Functions.tanh;

/**
 * The definition of every kernel, in plain loops. Inner loops of products run over separate arrays from index 0 with four k fused, the form that
 * HotSpot vectorises on its own.
 */
final class ScalarKernels extends Kernels {
  private final NormKernels norm = new ScalarNormKernels();
  private final CellKernels cells = new ScalarCellKernels();
  private final AdamKernel adam = new ScalarAdamKernel();
  private final ChainKernels chain = new ScalarChainKernels();
  private float[] sum = new float[0];
  private float[][] d4 = new float[4][0];

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  protected boolean readsPanels() {
    return false;
  }

  @Override
  public void product(
      float[] a,
      int aAt,
      int lda,
      PackedMatrix b,
      float[] c,
      int cAt,
      int ldc,
      int M,
      boolean add) {
    reserve(b.N);
    for (int m = 0; m < M; m++) {
      int row = cAt + m * ldc;
      if (add) System.arraycopy(c, row, sum, 0, b.N);
      else java.util.Arrays.fill(sum, 0, b.N, 0f);
      int from = aAt + m * lda;
      int k = 0;
      for (; k + 4 <= b.K; k += 4) {
        addFour(
            sum,
            b.N,
            a[from + k],
            b.rows[k],
            a[from + k + 1],
            b.rows[k + 1],
            a[from + k + 2],
            b.rows[k + 2],
            a[from + k + 3],
            b.rows[k + 3]);
      }
      for (; k < b.K; k++) addOne(sum, b.N, a[from + k], b.rows[k]);
      System.arraycopy(sum, 0, c, row, b.N);
    }
  }

  @Override
  public void outer(
      float[] a,
      int aAt,
      int lda,
      float[] d,
      int dAt,
      int ldd,
      int R,
      int K,
      int N,
      float[] c,
      int cAt,
      int ldc) {
    reserve(N);
    for (int r = 0; r < R; r += 4) {
      int rows = Math.min(4, R - r);
      for (int i = 0; i < rows; i++) System.arraycopy(d, dAt + (r + i) * ldd, d4[i], 0, N);
      int from = aAt + r * lda;
      for (int k = 0; k < K; k++, from++) {
        System.arraycopy(c, cAt + k * ldc, sum, 0, N);
        if (rows == 4) {
          addFour(
              sum,
              N,
              a[from],
              d4[0],
              a[from + lda],
              d4[1],
              a[from + 2 * lda],
              d4[2],
              a[from + 3 * lda],
              d4[3]);
        } else {
          for (int i = 0; i < rows; i++) addOne(sum, N, a[from + i * lda], d4[i]);
        }
        System.arraycopy(sum, 0, c, cAt + k * ldc, N);
      }
    }
  }

  private static void addFour(
      float[] s,
      int N,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3) {
    for (int n = 0; n < N; n++) {
      s[n] = Fma.fma(a3, b3[n], Fma.fma(a2, b2[n], Fma.fma(a1, b1[n], Fma.fma(a0, b0[n], s[n]))));
    }
  }

  private static void addOne(float[] s, int N, float a, float[] b) {
    for (int n = 0; n < N; n++) s[n] = Fma.fma(a, b[n], s[n]);
  }

  private void reserve(int N) {
    if (sum.length >= N) return;
    sum = new float[N];
    d4 = new float[4][N];
  }

  @Override
  public void columnSums(float[] d, int dAt, int ldd, int R, int N, float[] s, int sAt) {
    for (int r = 0; r < R; r++) {
      for (int n = 0; n < N; n++) s[sAt + n] += d[dAt + r * ldd + n];
    }
  }

  @Override
  public void multiply(
      float[] x,
      int xAt,
      int ldx,
      float[] m,
      int mAt,
      int ldm,
      float[] y,
      int yAt,
      int ldy,
      int R,
      int N,
      boolean add) {
    for (int r = 0; r < R; r++) {
      for (int n = 0; n < N; n++) {
        float product = x[xAt + r * ldx + n] * m[mAt + r * ldm + n];
        y[yAt + r * ldy + n] = add ? y[yAt + r * ldy + n] + product : product;
      }
    }
  }

  @Override
  public void lstmForward(
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] cPrev,
      int prevAt,
      int ldp,
      float[] c,
      float[] tc,
      float[] h,
      int at,
      int R,
      int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int p = gateAt + r * 4 * H + j, q = recAt + r * 4 * H + j, s = at + r * H + j;
        float i = sigmoid(gate[p] + rec[q]);
        float f = sigmoid(gate[p + H] + rec[q + H]);
        float g = tanh(gate[p + 2 * H] + rec[q + 2 * H]);
        float o = sigmoid(gate[p + 3 * H] + rec[q + 3 * H]);
        gate[p] = i;
        gate[p + H] = f;
        gate[p + 2 * H] = g;
        gate[p + 3 * H] = o;
        c[s] = Fma.fma(f, cPrev[prevAt + r * ldp + j], i * g);
        tc[s] = tanh(c[s]);
        h[s] = o * tc[s];
      }
    }
  }

  @Override
  public void lstmBackward(
      float[] gate,
      int gateAt,
      float[] cPrev,
      int prevAt,
      int ldp,
      float[] tc,
      float[] dh,
      float[] dc,
      int at,
      float[] dcPrev,
      int dcPrevAt,
      int R,
      int H) {
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j++) {
        int p = gateAt + r * 4 * H + j, s = at + r * H + j;
        float i = gate[p], f = gate[p + H], g = gate[p + 2 * H], o = gate[p + 3 * H];
        float delta = Fma.fma(dh[s] * o, Fma.fma(-tc[s], tc[s], 1f), dc[s]);
        gate[p] = delta * g * (i * (1f - i));
        gate[p + H] = delta * cPrev[prevAt + r * ldp + j] * (f * (1f - f));
        gate[p + 2 * H] = delta * i * Fma.fma(-g, g, 1f);
        gate[p + 3 * H] = dh[s] * tc[s] * (o * (1f - o));
        dcPrev[dcPrevAt + r * ldp + j] = delta * f;
      }
    }
  }

  @Override
  public void gruForward(
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] bias,
      int biasAt,
      float[] hPrev,
      int prevAt,
      int ldp,
      float[] h,
      int at,
      int R,
      int H) {
    for (int i = 0; i < R; i++) {
      for (int j = 0; j < H; j++) {
        int p = gateAt + i * 3 * H + j, q = recAt + i * 3 * H + j;
        float r = sigmoid(gate[p] + rec[q]);
        float z = sigmoid(gate[p + H] + rec[q + H]);
        float u = rec[q + 2 * H] + bias[biasAt + j];
        float n = tanh(Fma.fma(r, u, gate[p + 2 * H]));
        gate[p] = r;
        gate[p + H] = z;
        gate[p + 2 * H] = n;
        rec[q + 2 * H] = u;
        h[at + i * H + j] = Fma.fma(z, hPrev[prevAt + i * ldp + j] - n, n);
      }
    }
  }

  @Override
  public void gruBackward(
      float[] gate,
      int gateAt,
      float[] rec,
      int recAt,
      float[] hPrev,
      int prevAt,
      int ldp,
      float[] dh,
      int at,
      float[] dhPrev,
      int dhPrevAt,
      int ldd,
      int R,
      int H) {
    for (int i = 0; i < R; i++) {
      for (int j = 0; j < H; j++) {
        int p = gateAt + i * 3 * H + j, q = recAt + i * 3 * H + j;
        float r = gate[p], z = gate[p + H], n = gate[p + 2 * H], d = dh[at + i * H + j];
        float dn = d * (1f - z) * Fma.fma(-n, n, 1f);
        float dz = d * (hPrev[prevAt + i * ldp + j] - n) * (z * (1f - z));
        float dr = dn * rec[q + 2 * H] * (r * (1f - r));
        gate[p] = dr;
        gate[p + H] = dz;
        gate[p + 2 * H] = dn;
        rec[q] = dr;
        rec[q + H] = dz;
        rec[q + 2 * H] = dn * r;
        int to = dhPrevAt + i * ldd + j;
        dhPrev[to] = Fma.fma(d, z, dhPrev[to]);
      }
    }
  }

  @Override
  public void rnnForward(
      int f, float[] gate, int gateAt, float[] rec, int recAt, float[] h, int at, int R, int H) {
    for (int i = 0; i < R * H; i++) {
      float x = gate[gateAt + i] + rec[recAt + i];
      h[at + i] = f == 0 ? tanh(x) : f == 1 ? sigmoid(x) : Math.max(0f, x);
    }
  }

  @Override
  public void rnnBackward(
      int f, float[] gate, int gateAt, float[] h, float[] dh, int at, int R, int H) {
    for (int i = 0; i < R * H; i++) {
      float y = h[at + i];
      float slope = f == 0 ? Fma.fma(-y, y, 1f) : f == 1 ? y * (1f - y) : y > 0 ? 1f : 0f;
      gate[gateAt + i] = dh[at + i] * slope;
    }
  }

  @Override
  public void highwayForward(float[] gate, float[] carried, float[] y, float[] apart, int n) {
    for (int i = 0; i < n; i++) {
      gate[i] = sigmoid(gate[i]);
      apart[i] = y[i] - carried[i];
      y[i] = Fma.fma(gate[i], apart[i], carried[i]);
    }
  }

  @Override
  public void highwayBackward(float[] gate, float[] apart, float[] dy, float[] dCarried, int n) {
    for (int i = 0; i < n; i++) {
      float g = gate[i], d = dy[i];
      gate[i] = d * apart[i] * (g * (1f - g));
      dy[i] = d * g;
      dCarried[i] = d * (1f - g);
    }
  }

  @Override
  public NormKernels norm() {
    return norm;
  }

  @Override
  public CellKernels cells() {
    return cells;
  }

  @Override
  public AdamKernel adam() {
    return adam;
  }

  @Override
  public ChainKernels chain() {
    return chain;
  }
}
