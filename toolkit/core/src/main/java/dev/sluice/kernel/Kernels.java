package dev.sluice.kernel;

import java.lang.module.ModuleFinder;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The kernels that networks are made of, as one set with two implementations: {@link ScalarKernels} is the definition, its SIMD twin does the same
 * operations several columns at a time and gives the same bits. An instance has scratch memory of its own and serves one thread.
 *
 * <p>Which one is used: {@code -Dsluice.kernels=scalar} or {@code simd} forces either; otherwise SIMD when the module
 * jdk.incubator.vector is in the running JVM ({@code --add-modules jdk.incubator.vector}) and the processor has fused multiply-add. Where only the option is missing,
 * the logger {@code dev.sluice} says so once, at level INFO.
 */
public abstract class Kernels {
  /** Widths of rows are padded to a multiple of this many floats. */
  public static final int LANE = 16;

  private static final String SETTING = System.getProperty("sluice.kernels", "auto");
  private static final Provider PROVIDER = Provider.choose(SETTING);

  /** Whether nothing but an option of Java keeps the SIMD kernels away. */
  private static final boolean OPTION_IS_MISSING =
      PROVIDER == Provider.SCALAR
          && SETTING.equalsIgnoreCase("auto")
          && Fma.HARDWARE
          && ModuleFinder.ofSystem().find(Provider.MODULE).isPresent();

  private static final AtomicBoolean told = new AtomicBoolean();

  /** For the two implementations. */
  protected Kernels() {}

  /** Which implementation new instances are of. */
  enum Provider {
    SCALAR,
    SIMD;

    private static final String TWIN = "dev.sluice.kernel.simd.SimdKernels";

    private static final String MODULE = "jdk.incubator.vector";

    static Provider choose(String setting) {
      boolean possible = ModuleLayer.boot().findModule(MODULE).isPresent();
      return switch (setting.toLowerCase(Locale.ROOT)) {
        case "scalar" -> SCALAR;
        case "simd" -> {
          if (!possible) {
            throw new IllegalStateException(
                "sluice.kernels=simd needs the vector module: start Java with --add-modules jdk.incubator.vector");
          }
          yield SIMD;
        }
        case "auto" -> possible && Fma.HARDWARE ? SIMD : SCALAR;
        default ->
            throw new IllegalArgumentException(
                "sluice.kernels is \"" + setting + "\", expected auto, scalar or simd");
      };
    }

    Kernels create() {
      if (this == SCALAR) return new ScalarKernels();
      try {
        return (Kernels) Class.forName(TWIN).getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the SIMD kernels are missing from the jar", e);
      }
    }
  }

  /** A new instance of the preferred implementation. */
  public static Kernels create() {
    if (OPTION_IS_MISSING && !told.getAndSet(true)) tell();
    return PROVIDER.create();
  }

  /** Says how to get the fast kernels; a log that fails is none of our business. */
  private static void tell() {
    try {
      System.getLogger("dev.sluice")
          .log(
              System.Logger.Level.INFO,
              "Sluice is several times faster with the option --add-modules "
                  + Provider.MODULE
                  + " for Java; the results are the same. -Dsluice.kernels=scalar turns this note off.");
    } catch (RuntimeException e) {
      return;
    }
  }

  /** A new instance of the scalar definition. */
  public static Kernels scalar() {
    return Provider.SCALAR.create();
  }

  /** Whether {@link #create} gives SIMD kernels. */
  public static boolean isSimd() {
    return PROVIDER == Provider.SIMD;
  }

  /** The width rounded up to a multiple of {@link #LANE}. */
  public static int padded(int width) {
    return width + LANE - 1 & -LANE;
  }

  /** A name for logs, such as {@code scalar} or {@code simd-512}. */
  public abstract String name();

  /** Whether these kernels read packed matrices as panels. */
  protected abstract boolean readsPanels();

  /** Packs B = W, W [K,N] in rows of {@code ld} from {@code at} on. */
  public final void pack(PackedMatrix b, float[] w, int at, int ld) {
    b.pack(readsPanels(), w, at, ld);
  }

  /** Packs B = Wᵀ, W [R,K] in rows of {@code ld} from {@code at} on; R ≤ N, columns from R on are zero. */
  public final void packTransposed(PackedMatrix b, float[] w, int at, int ld, int R) {
    b.packTransposed(readsPanels(), w, at, ld, R);
  }

  /**
   * C = A·B, or C += A·B when {@code add}.
   * <pre>
   *   a [M,K] read    b [K,N] packed    c [M,N] written
   *   c[m,n] = (add ? c[m,n] : 0) + Σₖ a[m,k]·b[k,n], one chain of fused multiply-adds, k ascending
   * </pre>
   */
  public abstract void product(
      float[] a, int aAt, int lda, PackedMatrix b, float[] c, int cAt, int ldc, int M, boolean add);

  /**
   * C += Aᵀ·D, the gradient of a weight matrix over all rows of a sequence.
   * <pre>
   *   a [R,K] read    d [R,N] read    c [K,N] added to    N a multiple of 16
   *   c[k,n] += Σᵣ a[r,k]·d[r,n], one chain of fused multiply-adds, r ascending
   * </pre>
   */
  public abstract void outer(
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
      int ldc);

  /** s[n] += Σᵣ d[r,n], r ascending; d [R,N], N a multiple of 16. */
  public abstract void columnSums(float[] d, int dAt, int ldd, int R, int N, float[] s, int sAt);

  /** y[r,n] = x[r,n]·m[r,n], or y[r,n] += when {@code add}; all [R,N], N a multiple of 16; y may be x. */
  public abstract void multiply(
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
      boolean add);

  /**
   * One step of an LSTM for R rows, H padded.
   * <pre>
   *   gate [R,4H] in: input part of the four sums, out: i, f, g, o    rec [R,4H] recurrent part, read
   *   cPrev rows of ldp, read    c, tc, h [R,H] written
   *
   *   i = σ(·)  f = σ(·)  g = tanh(·)  o = σ(·)    of gate + rec
   *   c = f·cPrev + i·g    tc = tanh(c)    h = o·tc
   * </pre>
   * Source: Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000.
   */
  public abstract void lstmForward(
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
      int H);

  /**
   * Gradient of {@link #lstmForward}.
   * <pre>
   *   gate [R,4H] in: i, f, g, o, out: gradients of the four sums    dh [R,H] read    dc [R,H] read
   *   dcPrev rows of ldp, written
   *
   *   δ = dc + dh·o·(1 - tc²)    dcPrev = δ·f
   *   d(i) = δ·g·i(1-i)   d(f) = δ·cPrev·f(1-f)   d(g) = δ·i·(1-g²)   d(o) = dh·tc·o(1-o)
   * </pre>
   */
  public abstract void lstmBackward(
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
      int H);

  /**
   * One step of a GRU for R rows, H padded, reset gate after the matrix product.
   * <pre>
   *   gate [R,3H] in: input part, out: r, z, n    rec [R,3H] recurrent part, its last third in: without bias, out: with
   *   bias [H] of the recurrent part of n    hPrev rows of ldp, read    h [R,H] written
   *
   *   r = σ(·)  z = σ(·)  of gate + rec    n = tanh(gate + r·(rec + bias))    h = (1-z)·n + z·hPrev
   * </pre>
   * Source: Cho et al. 2014, in the form of PyTorch.
   */
  public abstract void gruForward(
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
      int H);

  /**
   * Gradient of {@link #gruForward}.
   * <pre>
   *   gate [R,3H] in: r, z, n, out: gradients of the input part    rec [R,3H] out: gradients of the recurrent part
   *   dh [R,H] read    dhPrev rows of ldd, added to
   *
   *   d(n) = dh·(1-z)·(1-n²)   d(z) = dh·(hPrev-n)·z(1-z)   d(r) = d(n)·rec·r(1-r)   dhPrev += dh·z
   * </pre>
   * The recurrent part has d(r), d(z) and d(n)·r.
   */
  public abstract void gruBackward(
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
      int H);

  /** h = f(gate + rec) for one step of a simple recurrent network, R rows; f is tanh (0), sigmoid (1) or max(0,·) (2). Source: Elman 1990. */
  public abstract void rnnForward(
      int f, float[] gate, int gateAt, float[] rec, int recAt, float[] h, int at, int R, int H);

  /** gate = dh·f′, with f′ computed from h = f(·). */
  public abstract void rnnBackward(
      int f, float[] gate, int gateAt, float[] h, float[] dh, int at, int R, int H);

  /**
   * A gated mean of a layer's output and of what goes past the layer; all arrays [n] from index 0, n a multiple of 16.
   * <pre>
   *   gate in: sums, out: g = σ(·)    carried x, read    y in: h, out: y    apart = h - x, written
   *
   *   y = g·h + (1-g)·x = x + g·apart
   * </pre>
   * Source: Srivastava, Greff and Schmidhuber 2015, arXiv:1505.00387, equation 3, with g their transform gate.
   */
  public abstract void highwayForward(
      float[] gate, float[] carried, float[] y, float[] apart, int n);

  /**
   * Gradient of {@link #highwayForward}.
   * <pre>
   *   gate in: g, out: gradient of its sums    dy in: gradient of y, out: of h    dCarried written
   *
   *   d(sums) = dy·apart·g(1-g)    dh = dy·g    dCarried = dy·(1-g)
   * </pre>
   */
  public abstract void highwayBackward(
      float[] gate, float[] apart, float[] dy, float[] dCarried, int n);

  /** The kernels of layer normalisation, of the same kind and for the same thread. */
  public abstract NormKernels norm();

  /** The kernels of the cells beside the plain ones, of the same kind and for the same thread. */
  public abstract CellKernels cells();

  /** The kernel of Adam, of the same kind. */
  public abstract AdamKernel adam();

  /** The kernels of a chain of labels, of the same kind. */
  public abstract ChainKernels chain();
}
