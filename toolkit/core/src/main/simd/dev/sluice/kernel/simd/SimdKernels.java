package dev.sluice.kernel.simd;

import static dev.sluice.kernel.PackedMatrix.PANEL;

import dev.sluice.kernel.AdamKernel;
import dev.sluice.kernel.CellKernels;
import dev.sluice.kernel.ChainKernels;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.NormKernels;
import dev.sluice.kernel.PackedMatrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The SIMD twin of the scalar kernels: the same operations on as many columns at a time as a vector has lanes, hence the same bits.
 */
public final class SimdKernels extends Kernels {
  /** Vectors as wide as the processor's, at most {@link Kernels#LANE} floats. */
  static final VectorSpecies<Float> S =
      FloatVector.SPECIES_PREFERRED.length() > LANE
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int W = S.length();

  /** Rows of A and D that are packed at a time for a weight gradient: a panel of D stays in the first-level cache. */
  private static final int BLOCK = 192;

  private final NormKernels norm = new SimdNormKernels();
  private final CellKernels cells = new SimdCellKernels();
  private final AdamKernel adam = new SimdAdamKernel();
  private final ChainKernels chain = new SimdChainKernels();
  private final float[] panel = new float[BLOCK * PANEL];
  private float[] columns = new float[0]; // of A, for a weight gradient, [K,BLOCK]

  /** Called by the provider in {@link Kernels}. */
  public SimdKernels() {}

  @Override
  public String name() {
    return "simd-" + W * Float.SIZE;
  }

  @Override
  protected boolean readsPanels() {
    return true;
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
    int K = b.rows(), N = b.columns();
    float[] panels = b.panels();
    int n = 0;
    if (M == 1 && W == LANE) {
      for (; n + 4 * PANEL <= N; n += 4 * PANEL)
        SimdTiles.fourPanels(a, aAt, panels, n * K, K, c, cAt + n, add);
      for (; n + 2 * PANEL <= N; n += 2 * PANEL)
        SimdTiles.twoPanels(a, aAt, panels, n * K, K, c, cAt + n, add);
    }
    for (; n < N; n += PANEL) {
      SimdTiles.tiles(
          a, aAt, lda, panels, n * K, K, c, cAt + n, ldc, M, Math.min(PANEL, N - n), add);
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
    if (columns.length < K * BLOCK) columns = new float[K * BLOCK];
    for (int r = 0; r < R; r += BLOCK) {
      int rows = Math.min(BLOCK, R - r);
      transpose(a, aAt + r * lda, lda, rows, K);
      for (int n = 0; n < N; n += PANEL) {
        int width = Math.min(PANEL, N - n);
        for (int i = 0; i < rows; i++)
          System.arraycopy(d, dAt + (r + i) * ldd + n, panel, i * PANEL, width);
        SimdTiles.tiles(columns, 0, BLOCK, panel, 0, rows, c, cAt + n, ldc, K, width, true);
      }
    }
  }

  /** Fills {@code columns} with a block of Aᵀ, [K,BLOCK]; eight rows of A at a time keep its cache lines in reach. */
  private void transpose(float[] a, int aAt, int lda, int rows, int K) {
    for (int r0 = 0; r0 < rows; r0 += 8) {
      int r1 = Math.min(rows, r0 + 8);
      for (int k = 0; k < K; k++) {
        for (int r = r0; r < r1; r++) columns[k * BLOCK + r] = a[aAt + r * lda + k];
      }
    }
  }

  @Override
  public void columnSums(float[] d, int dAt, int ldd, int R, int N, float[] s, int sAt) {
    for (int n = 0; n < N; n += W) {
      FloatVector sum = FloatVector.fromArray(S, s, sAt + n);
      for (int r = 0; r < R; r++) sum = sum.add(FloatVector.fromArray(S, d, dAt + r * ldd + n));
      sum.intoArray(s, sAt + n);
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
      for (int n = 0; n < N; n += W) {
        FloatVector product =
            FloatVector.fromArray(S, x, xAt + r * ldx + n)
                .mul(FloatVector.fromArray(S, m, mAt + r * ldm + n));
        int to = yAt + r * ldy + n;
        (add ? FloatVector.fromArray(S, y, to).add(product) : product).intoArray(y, to);
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
      int p = gateAt + r * 4 * H, q = recAt + r * 4 * H;
      lstmGates(gate, p, rec, q, H);
      memory(gate, p, cPrev, prevAt + r * ldp, c, at + r * H, H);
      SimdFunctions.tanhs(c, at + r * H, tc, at + r * H, H);
      product(gate, p + 3 * H, tc, h, at + r * H, H);
    }
  }

  // Loops of their own, small enough for the compiler to keep every vector of one in registers.

  /** x += y. */
  static void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i += W) sum(x, xAt + i, y, yAt + i).intoArray(x, xAt + i);
  }

  /** The gates i, f, g, o of a row. */
  static void lstmGates(float[] gate, int p, float[] rec, int q, int H) {
    add(gate, p, rec, q, 4 * H);
    SimdFunctions.sigmoids(gate, p, gate, p, 2 * H);
    SimdFunctions.tanhs(gate, p + 2 * H, gate, p + 2 * H, H);
    SimdFunctions.sigmoids(gate, p + 3 * H, gate, p + 3 * H, H);
  }

  /** c = f·cPrev + i·g. */
  static void memory(float[] gate, int p, float[] cPrev, int prevAt, float[] c, int at, int H) {
    for (int j = 0; j < H; j += W) {
      FloatVector i = FloatVector.fromArray(S, gate, p + j),
          f = FloatVector.fromArray(S, gate, p + H + j);
      FloatVector g = FloatVector.fromArray(S, gate, p + 2 * H + j);
      f.fma(FloatVector.fromArray(S, cPrev, prevAt + j), i.mul(g)).intoArray(c, at + j);
    }
  }

  /** z = x·y, y and z from the same place on. */
  static void product(float[] x, int xAt, float[] y, float[] z, int at, int n) {
    for (int i = 0; i < n; i += W)
      FloatVector.fromArray(S, x, xAt + i)
          .mul(FloatVector.fromArray(S, y, at + i))
          .intoArray(z, at + i);
  }

  private static FloatVector sum(float[] x, int xAt, float[] y, int yAt) {
    return FloatVector.fromArray(S, x, xAt).add(FloatVector.fromArray(S, y, yAt));
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
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int r = 0; r < R; r++) {
      for (int j = 0; j < H; j += W) {
        int p = gateAt + r * 4 * H + j, s = at + r * H + j;
        FloatVector i = FloatVector.fromArray(S, gate, p),
            f = FloatVector.fromArray(S, gate, p + H);
        FloatVector g = FloatVector.fromArray(S, gate, p + 2 * H),
            o = FloatVector.fromArray(S, gate, p + 3 * H);
        FloatVector squashed = FloatVector.fromArray(S, tc, s), d = FloatVector.fromArray(S, dh, s);
        FloatVector delta =
            d.mul(o).fma(squashed.neg().fma(squashed, one), FloatVector.fromArray(S, dc, s));
        delta.mul(g).mul(i.mul(one.sub(i))).intoArray(gate, p);
        delta
            .mul(FloatVector.fromArray(S, cPrev, prevAt + r * ldp + j))
            .mul(f.mul(one.sub(f)))
            .intoArray(gate, p + H);
        delta.mul(i).mul(g.neg().fma(g, one)).intoArray(gate, p + 2 * H);
        d.mul(squashed).mul(o.mul(one.sub(o))).intoArray(gate, p + 3 * H);
        delta.mul(f).intoArray(dcPrev, dcPrevAt + r * ldp + j);
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
    for (int r = 0; r < R; r++) {
      int p = gateAt + r * 3 * H, q = recAt + r * 3 * H;
      add(gate, p, rec, q, 2 * H);
      SimdFunctions.sigmoids(gate, p, gate, p, 2 * H);
      gruCandidate(gate, p, rec, q + 2 * H, bias, biasAt, H);
      SimdFunctions.tanhs(gate, p + 2 * H, gate, p + 2 * H, H);
      gruState(gate, p + H, hPrev, prevAt + r * ldp, h, at + r * H, H);
    }
  }

  /** Makes the input part of n its sum, and puts the recurrent part with its bias in the place of the one without. */
  private static void gruCandidate(
      float[] gate, int p, float[] rec, int q, float[] bias, int biasAt, int H) {
    for (int j = 0; j < H; j += W) {
      FloatVector r = FloatVector.fromArray(S, gate, p + j), u = sum(rec, q + j, bias, biasAt + j);
      u.intoArray(rec, q + j);
      r.fma(u, FloatVector.fromArray(S, gate, p + 2 * H + j)).intoArray(gate, p + 2 * H + j);
    }
  }

  /** h = (1-z)·n + z·hPrev, with z in gate from zAt on and n behind it. */
  static void gruState(float[] gate, int zAt, float[] hPrev, int prevAt, float[] h, int at, int H) {
    for (int j = 0; j < H; j += W) {
      FloatVector z = FloatVector.fromArray(S, gate, zAt + j),
          n = FloatVector.fromArray(S, gate, zAt + H + j);
      z.fma(FloatVector.fromArray(S, hPrev, prevAt + j).sub(n), n).intoArray(h, at + j);
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
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < R; i++) {
      for (int j = 0; j < H; j += W) {
        int p = gateAt + i * 3 * H + j, q = recAt + i * 3 * H + j;
        FloatVector r = FloatVector.fromArray(S, gate, p),
            z = FloatVector.fromArray(S, gate, p + H);
        FloatVector n = FloatVector.fromArray(S, gate, p + 2 * H),
            d = FloatVector.fromArray(S, dh, at + i * H + j);
        FloatVector dn = d.mul(one.sub(z)).mul(n.neg().fma(n, one));
        FloatVector dz =
            d.mul(FloatVector.fromArray(S, hPrev, prevAt + i * ldp + j).sub(n))
                .mul(z.mul(one.sub(z)));
        FloatVector dr = dn.mul(FloatVector.fromArray(S, rec, q + 2 * H)).mul(r.mul(one.sub(r)));
        dr.intoArray(gate, p);
        dz.intoArray(gate, p + H);
        dn.intoArray(gate, p + 2 * H);
        dr.intoArray(rec, q);
        dz.intoArray(rec, q + H);
        dn.mul(r).intoArray(rec, q + 2 * H);
        int to = dhPrevAt + i * ldd + j;
        d.fma(z, FloatVector.fromArray(S, dhPrev, to)).intoArray(dhPrev, to);
      }
    }
  }

  @Override
  public void rnnForward(
      int f, float[] gate, int gateAt, float[] rec, int recAt, float[] h, int at, int R, int H) {
    int n = R * H;
    for (int i = 0; i < n; i += W) sum(gate, gateAt + i, rec, recAt + i).intoArray(h, at + i);
    if (f == 0) SimdFunctions.tanhs(h, at, h, at, n);
    else if (f == 1) SimdFunctions.sigmoids(h, at, h, at, n);
    else
      for (int i = 0; i < n; i += W)
        FloatVector.zero(S).max(FloatVector.fromArray(S, h, at + i)).intoArray(h, at + i);
  }

  @Override
  public void rnnBackward(
      int f, float[] gate, int gateAt, float[] h, float[] dh, int at, int R, int H) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < R * H; i += W) {
      FloatVector y = FloatVector.fromArray(S, h, at + i);
      FloatVector slope;
      if (f == 0) {
        slope = y.neg().fma(y, one);
      } else if (f == 1) {
        slope = y.mul(one.sub(y));
      } else {
        VectorMask<Float> positive = y.compare(VectorOperators.GT, 0f);
        slope = FloatVector.zero(S).blend(one, positive);
      }
      FloatVector.fromArray(S, dh, at + i).mul(slope).intoArray(gate, gateAt + i);
    }
  }

  @Override
  public void highwayForward(float[] gate, float[] carried, float[] y, float[] apart, int n) {
    SimdFunctions.sigmoids(gate, 0, gate, 0, n);
    for (int i = 0; i < n; i += W) {
      FloatVector g = FloatVector.fromArray(S, gate, i);
      FloatVector x = FloatVector.fromArray(S, carried, i);
      FloatVector d = FloatVector.fromArray(S, y, i).sub(x);
      d.intoArray(apart, i);
      g.fma(d, x).intoArray(y, i);
    }
  }

  @Override
  public void highwayBackward(float[] gate, float[] apart, float[] dy, float[] dCarried, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += W) {
      FloatVector g = FloatVector.fromArray(S, gate, i), d = FloatVector.fromArray(S, dy, i);
      d.mul(FloatVector.fromArray(S, apart, i)).mul(g.mul(one.sub(g))).intoArray(gate, i);
      d.mul(g).intoArray(dy, i);
      d.mul(one.sub(g)).intoArray(dCarried, i);
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
