package dev.sluice.kernel;

import static dev.sluice.kernel.Functions.sigmoid;
import static dev.sluice.kernel.Functions.tanh;

import java.util.Arrays;

/**
 * The definition of every kernel, in plain loops. The inner loop of products is written in the form that HotSpot turns into vectors on its own, which is a narrow one: arrays
 * from index 0 on, distances between rows that are constants, and few nodes. Three rows by two k at a time are the most that it takes in every JVM; that and going
 * block by block of what the nearest cache holds make products twice as fast as row by row.
 */
final class ScalarKernels extends Kernels {
  /** Rows of a product that are worked on together. */
  private static final int GROUP = 18;

  /** Rows in a tile of sums. */
  private static final int TILE = 3;

  /** The distance between rows of a tile: more than {@link PackedMatrix#WIDEST}, and no multiple of what would let them share a place in the cache. */
  private static final int LD = PackedMatrix.WIDEST + LANE;

  /** Rows of D that are laid out at a time for a weight gradient. */
  private static final int STRETCH = 64;

  /** Numbers of B that stay in the first-level cache beside a tile of sums, where four rows of it are no more. */
  private static final int CACHE = 7000;

  /** Numbers that element-wise loops run over before the next ones are fetched, where a row is not more. */
  private static final int SHORT = 1024;

  private final ScalarFunctions functions = new ScalarFunctions();
  private final float[][] places = new float[6][0]; // the last one for what is added
  private final NormKernels norm = new ScalarNormKernels();
  private final CellKernels cells = new ScalarCellKernels();
  private final AdamKernel adam = new ScalarAdamKernel();
  private final ChainKernels chain = new ScalarChainKernels();
  private float[][] sums; // tiles, and single rows; null before the first product
  private float[][] stretch; // of D; null before the first weight gradient

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
    reserveSums();
    for (int n = 0; n < b.N; n += PackedMatrix.WIDEST) {
      float[][] rows = b.rows[n / PackedMatrix.WIDEST];
      int width = rows[0].length;
      for (int m = 0; m < M; m += GROUP) {
        int count = Math.min(GROUP, M - m), at = cAt + m * ldc + n;
        if (add) take(c, at, ldc, count, width);
        else clear(count, width);
        addProduct(count, a, aAt + m * lda, lda, 1, rows, b.K, width);
        give(c, at, ldc, count, width);
      }
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
    reserveSums();
    if (stretch == null) stretch = new float[STRETCH][PackedMatrix.WIDEST];
    for (int n = 0; n < N; n += PackedMatrix.WIDEST) {
      int width = Math.min(PackedMatrix.WIDEST, N - n);
      for (int r = 0; r < R; r += STRETCH) {
        int rows = Math.min(STRETCH, R - r);
        for (int i = 0; i < rows; i++)
          System.arraycopy(d, dAt + (r + i) * ldd + n, stretch[i], 0, width);
        for (int k = 0; k < K; k += GROUP) {
          int count = Math.min(GROUP, K - k), at = cAt + k * ldc + n;
          take(c, at, ldc, count, width);
          addProduct(count, a, aAt + r * lda + k, 1, lda, stretch, rows, width);
          give(c, at, ldc, count, width);
        }
      }
    }
  }

  private void reserveSums() {
    if (sums == null) sums = new float[GROUP / TILE + TILE - 1][TILE * LD];
  }

  /** The array in which row {@code i} of a group is added up: a tile of three rows, or one of its own for what is left over. */
  private float[] tile(int i, int count) {
    int whole = count / TILE * TILE;
    return sums[i < whole ? i / TILE : count / TILE + i - whole];
  }

  /** Where it begins there. */
  private static int place(int i, int count) {
    return i < count / TILE * TILE ? i % TILE * LD : 0;
  }

  private void clear(int count, int N) {
    for (int i = 0; i < count; i++) {
      int from = place(i, count);
      Arrays.fill(tile(i, count), from, from + N, 0f);
    }
  }

  private void take(float[] c, int at, int ldc, int count, int N) {
    for (int i = 0; i < count; i++)
      System.arraycopy(c, at + i * ldc, tile(i, count), place(i, count), N);
  }

  private void give(float[] c, int at, int ldc, int count, int N) {
    for (int i = 0; i < count; i++)
      System.arraycopy(tile(i, count), place(i, count), c, at + i * ldc, N);
  }

  /**
   * sums[m,n] += Σₖ a[m,k]·b[k,n] for a group of rows, element (m, k) of A at {@code at + m·rowStep + k·kStep}. As many rows of B as the nearest cache holds go by all sums
   * before the next ones are fetched.
   */
  private void addProduct(
      int count, float[] a, int at, int rowStep, int kStep, float[][] b, int K, int N) {
    int block = Math.max(4, CACHE / N & -4), whole = count / TILE * TILE;
    for (int begin = 0; begin < K; begin += block) {
      int end = Math.min(K, begin + block);
      for (int m = 0; m < whole; m += TILE)
        addToTile(sums[m / TILE], a, at + m * rowStep, rowStep, kStep, b, begin, end, N);
      for (int m = whole; m < count; m++)
        addToRow(tile(m, count), a, at + m * rowStep, kStep, b, begin, end, N);
    }
  }

  private static void addToTile(
      float[] s,
      float[] a,
      int at,
      int rowStep,
      int kStep,
      float[][] b,
      int begin,
      int end,
      int N) {
    int k = begin, p = at + k * kStep, q = p + rowStep, r = q + rowStep;
    for (; k + 2 <= end; k += 2, p += 2 * kStep, q += 2 * kStep, r += 2 * kStep) {
      threeByTwo(s, N, b[k], b[k + 1], a[p], a[p + kStep], a[q], a[q + kStep], a[r], a[r + kStep]);
    }
    if (k < end) threeByOne(s, N, b[k], a[p], a[q], a[r]);
  }

  private static void addToRow(
      float[] s, float[] a, int at, int kStep, float[][] b, int begin, int end, int N) {
    int k = begin, p = at + k * kStep;
    for (; k + 4 <= end; k += 4, p += 4 * kStep) {
      oneByFour(
          s,
          N,
          b[k],
          b[k + 1],
          b[k + 2],
          b[k + 3],
          a[p],
          a[p + kStep],
          a[p + 2 * kStep],
          a[p + 3 * kStep]);
    }
    for (; k < end; k++, p += kStep) oneByOne(s, N, b[k], a[p]);
  }

  private static void threeByTwo(
      float[] s,
      int N,
      float[] b0,
      float[] b1,
      float a00,
      float a01,
      float a10,
      float a11,
      float a20,
      float a21) {
    for (int n = 0; n < N; n++) {
      float x0 = b0[n], x1 = b1[n];
      s[n] = Fma.fma(a01, x1, Fma.fma(a00, x0, s[n]));
      s[n + LD] = Fma.fma(a11, x1, Fma.fma(a10, x0, s[n + LD]));
      s[n + 2 * LD] = Fma.fma(a21, x1, Fma.fma(a20, x0, s[n + 2 * LD]));
    }
  }

  private static void threeByOne(float[] s, int N, float[] b, float a0, float a1, float a2) {
    for (int n = 0; n < N; n++) {
      float x = b[n];
      s[n] = Fma.fma(a0, x, s[n]);
      s[n + LD] = Fma.fma(a1, x, s[n + LD]);
      s[n + 2 * LD] = Fma.fma(a2, x, s[n + 2 * LD]);
    }
  }

  private static void oneByFour(
      float[] s,
      int N,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float a0,
      float a1,
      float a2,
      float a3) {
    for (int n = 0; n < N; n++) {
      s[n] = Fma.fma(a3, b3[n], Fma.fma(a2, b2[n], Fma.fma(a1, b1[n], Fma.fma(a0, b0[n], s[n]))));
    }
  }

  private static void oneByOne(float[] s, int N, float[] b, float a) {
    for (int n = 0; n < N; n++) s[n] = Fma.fma(a, b[n], s[n]);
  }

  @Override
  public void columnSums(float[] d, int dAt, int ldd, int R, int N, float[] s, int sAt) {
    reservePlaces(N);
    float[] sum = gather(0, s, sAt, N, 1, N);
    for (int r = 0; r < R; r++) {
      float[] row = gather(1, d, dAt + r * ldd, N, 1, N);
      for (int n = 0; n < N; n++) sum[n] += row[n];
    }
    scatter(sum, s, sAt, N, 1, N);
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
    int step = rowsAtATime(H);
    for (int r = 0; r < R; r += step) {
      int rows = Math.min(step, R - r), n = rows * H, s = at + r * H;
      int p = gateAt + r * 4 * H, q = recAt + r * 4 * H;
      float[] i = sums(0, gate, p, rec, q, 4 * H, rows, H);
      float[] f = sums(1, gate, p + H, rec, q + H, 4 * H, rows, H);
      float[] g = sums(2, gate, p + 2 * H, rec, q + 2 * H, 4 * H, rows, H);
      float[] o = sums(3, gate, p + 3 * H, rec, q + 3 * H, 4 * H, rows, H);
      functions.sigmoids(i, n);
      functions.sigmoids(f, n);
      functions.tanhs(g, n);
      functions.sigmoids(o, n);
      float[] state = gather(4, cPrev, prevAt + r * ldp, ldp, rows, H);
      for (int j = 0; j < n; j++) state[j] = Fma.fma(f[j], state[j], i[j] * g[j]);
      System.arraycopy(state, 0, c, s, n);
      functions.tanhs(state, n);
      System.arraycopy(state, 0, tc, s, n);
      for (int j = 0; j < n; j++) state[j] *= o[j];
      System.arraycopy(state, 0, h, s, n);
      scatter(i, gate, p, 4 * H, rows, H);
      scatter(f, gate, p + H, 4 * H, rows, H);
      scatter(g, gate, p + 2 * H, 4 * H, rows, H);
      scatter(o, gate, p + 3 * H, 4 * H, rows, H);
    }
  }

  /** As many rows as fill some thousand places, so that loops are long. */
  private int rowsAtATime(int H) {
    int rows = Math.max(1, SHORT / H);
    reservePlaces(rows * H);
    return rows;
  }

  private void reservePlaces(int size) {
    if (places[0].length < size) Arrays.setAll(places, i -> new float[size]);
  }

  /** Rows of width H in a distance, laid out without gaps in a place of its own. */
  private float[] gather(int place, float[] x, int at, int ld, int rows, int H) {
    float[] to = places[place];
    for (int r = 0; r < rows; r++) System.arraycopy(x, at + r * ld, to, r * H, H);
    return to;
  }

  /** The sums of two matrices in the same layout, likewise. */
  private float[] sums(int place, float[] x, int xAt, float[] y, int yAt, int ld, int rows, int H) {
    float[] sum = gather(place, x, xAt, ld, rows, H);
    float[] other = gather(places.length - 1, y, yAt, ld, rows, H);
    for (int j = 0; j < rows * H; j++) sum[j] += other[j];
    return sum;
  }

  /** Takes back what was gathered. */
  private static void scatter(float[] x, float[] to, int at, int ld, int rows, int H) {
    for (int r = 0; r < rows; r++) System.arraycopy(x, r * H, to, at + r * ld, H);
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
    int step = rowsAtATime(H);
    for (int r = 0; r < R; r += step) {
      int rows = Math.min(step, R - r), n = rows * H, s = at + r * H, p = gateAt + r * 4 * H;
      float[] o = gather(0, gate, p + 3 * H, 4 * H, rows, H);
      float[] dH = gather(1, dh, s, H, rows, H);
      float[] t = gather(2, tc, s, H, rows, H);
      float[] delta = gather(3, dc, s, H, rows, H);
      for (int j = 0; j < n; j++)
        delta[j] = Fma.fma(dH[j] * o[j], Fma.fma(-t[j], t[j], 1f), delta[j]);
      for (int j = 0; j < n; j++) o[j] = dH[j] * t[j] * (o[j] * (1f - o[j]));
      scatter(o, gate, p + 3 * H, 4 * H, rows, H);

      float[] f = gather(0, gate, p + H, 4 * H, rows, H);
      float[] before = gather(1, cPrev, prevAt + r * ldp, ldp, rows, H);
      for (int j = 0; j < n; j++) before[j] = delta[j] * before[j] * (f[j] * (1f - f[j]));
      for (int j = 0; j < n; j++) f[j] = delta[j] * f[j];
      scatter(before, gate, p + H, 4 * H, rows, H);
      scatter(f, dcPrev, dcPrevAt + r * ldp, ldp, rows, H);

      float[] i = gather(0, gate, p, 4 * H, rows, H);
      float[] g = gather(1, gate, p + 2 * H, 4 * H, rows, H);
      for (int j = 0; j < n; j++) t[j] = delta[j] * i[j] * Fma.fma(-g[j], g[j], 1f);
      for (int j = 0; j < n; j++) i[j] = delta[j] * g[j] * (i[j] * (1f - i[j]));
      scatter(t, gate, p + 2 * H, 4 * H, rows, H);
      scatter(i, gate, p, 4 * H, rows, H);
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
    int step = rowsAtATime(H);
    for (int first = 0; first < R; first += step) {
      int rows = Math.min(step, R - first), count = rows * H;
      int p = gateAt + first * 3 * H, q = recAt + first * 3 * H;
      float[] r = sums(0, gate, p, rec, q, 3 * H, rows, H);
      float[] z = sums(1, gate, p + H, rec, q + H, 3 * H, rows, H);
      float[] u = gather(2, rec, q + 2 * H, 3 * H, rows, H);
      float[] n = gather(3, gate, p + 2 * H, 3 * H, rows, H);
      float[] b = gather(4, bias, biasAt, 0, rows, H);
      functions.sigmoids(r, count);
      functions.sigmoids(z, count);
      for (int j = 0; j < count; j++) u[j] += b[j];
      for (int j = 0; j < count; j++) n[j] = Fma.fma(r[j], u[j], n[j]);
      functions.tanhs(n, count);
      float[] state = gather(4, hPrev, prevAt + first * ldp, ldp, rows, H);
      for (int j = 0; j < count; j++) state[j] = Fma.fma(z[j], state[j] - n[j], n[j]);
      System.arraycopy(state, 0, h, at + first * H, count);
      scatter(r, gate, p, 3 * H, rows, H);
      scatter(z, gate, p + H, 3 * H, rows, H);
      scatter(n, gate, p + 2 * H, 3 * H, rows, H);
      scatter(u, rec, q + 2 * H, 3 * H, rows, H);
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
