package dev.sluice.kernel;

import static dev.sluice.kernel.Functions.sigmoid;
import static dev.sluice.kernel.Functions.tanh;

import java.util.Arrays;

/**
 * The definition of every kernel, in plain loops. Inner loops of products run over separate arrays from index 0 with four k fused, the form that
 * HotSpot vectorises on its own; a product goes block by block of what the nearest cache holds, which makes it 1.4 times as fast.
 */
final class ScalarKernels extends Kernels {
  /** Rows of a product that are worked on together. */
  private static final int GROUP = 16;

  /** Rows of D that are laid out at a time for a weight gradient. */
  private static final int STRETCH = 64;

  /** Numbers of B that stay in the first-level cache beside a row of sums, where four rows of it are no more. */
  private static final int CACHE = 7000;

  private final NormKernels norm = new ScalarNormKernels();
  private final CellKernels cells = new ScalarCellKernels();
  private final AdamKernel adam = new ScalarAdamKernel();
  private final ChainKernels chain = new ScalarChainKernels();
  private final float[][] sums = new float[GROUP][0]; // rows of a product
  private final float[][] stretch = new float[STRETCH][0]; // of D, for a weight gradient

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
    for (int m = 0; m < M; m += GROUP) {
      int count = Math.min(GROUP, M - m), at = cAt + m * ldc;
      if (add) take(c, at, ldc, count, b.N);
      else for (int i = 0; i < count; i++) Arrays.fill(sums[i], 0, b.N, 0f);
      addProduct(count, a, aAt + m * lda, lda, 1, b.rows, b.K, b.N);
      give(c, at, ldc, count, b.N);
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
    if (stretch[0].length < N) Arrays.setAll(stretch, i -> new float[N]);
    for (int r = 0; r < R; r += STRETCH) {
      int rows = Math.min(STRETCH, R - r);
      for (int i = 0; i < rows; i++) System.arraycopy(d, dAt + (r + i) * ldd, stretch[i], 0, N);
      for (int k = 0; k < K; k += GROUP) {
        int count = Math.min(GROUP, K - k), at = cAt + k * ldc;
        take(c, at, ldc, count, N);
        addProduct(count, a, aAt + r * lda + k, 1, lda, stretch, rows, N);
        give(c, at, ldc, count, N);
      }
    }
  }

  private void take(float[] c, int at, int ldc, int count, int N) {
    for (int i = 0; i < count; i++) System.arraycopy(c, at + i * ldc, sums[i], 0, N);
  }

  private void give(float[] c, int at, int ldc, int count, int N) {
    for (int i = 0; i < count; i++) System.arraycopy(sums[i], 0, c, at + i * ldc, N);
  }

  /**
   * sums[m,n] += Σₖ a[m,k]·b[k,n] for a group of rows, element (m, k) of A at {@code at + m·rowStep + k·kStep}. As many rows of B as the nearest cache holds go by all sums
   * before the next ones are fetched.
   */
  private void addProduct(
      int count, float[] a, int at, int rowStep, int kStep, float[][] b, int K, int N) {
    int block = Math.max(4, CACHE / N & -4);
    for (int begin = 0; begin < K; begin += block) {
      int end = Math.min(K, begin + block);
      for (int m = 0; m < count; m++) {
        float[] sum = sums[m];
        int k = begin, from = at + m * rowStep + k * kStep;
        for (; k + 4 <= end; k += 4, from += 4 * kStep) {
          addFour(
              sum,
              N,
              a[from],
              b[k],
              a[from + kStep],
              b[k + 1],
              a[from + 2 * kStep],
              b[k + 2],
              a[from + 3 * kStep],
              b[k + 3]);
        }
        for (; k < end; k++, from += kStep) addOne(sum, N, a[from], b[k]);
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
    if (sums[0].length >= N) return;
    Arrays.setAll(sums, i -> new float[N]);
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
