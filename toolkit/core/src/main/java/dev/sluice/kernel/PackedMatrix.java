package dev.sluice.kernel;

/**
 * The right-hand side of products, laid out for the kernels that read it: once per optimizer step, read at every time step.
 *
 * <p>The SIMD kernels read panels of 32 columns, panel after panel, row after row within one; the scalar kernels a separate array per row of at most 1024 columns,
 * since only arrays read from index 0 are vectorised by HotSpot. A matrix holds the layout of the kernels that packed it.
 */
public final class PackedMatrix {
  /** Columns of a panel. */
  public static final int PANEL = 32;

  /** The most columns in a row for scalar kernels. */
  static final int WIDEST = 1024;

  final int K;
  final int N;
  float[] panels;
  float[][][] rows; // [⌈N/1024⌉][K][columns]

  /**
   * Room for a matrix.
   *
   * @param K rows
   * @param N columns, a multiple of {@link Kernels#LANE}
   */
  public PackedMatrix(int K, int N) {
    if (K < 1 || N < 1 || N % Kernels.LANE != 0)
      throw new IllegalArgumentException("packed matrix [" + K + "," + N + "]");
    this.K = K;
    this.N = N;
  }

  /** Number of rows. */
  public int rows() {
    return K;
  }

  /** Number of columns, padding included. */
  public int columns() {
    return N;
  }

  /** The panels, [⌈N/32⌉][K][32]; null when packed for scalar kernels. */
  public float[] panels() {
    return panels;
  }

  private void reserveRows() {
    if (rows != null) return;
    rows = new float[(N + WIDEST - 1) / WIDEST][][];
    for (int part = 0; part < rows.length; part++)
      rows[part] = new float[K][Math.min(WIDEST, N - part * WIDEST)];
  }

  /** Takes B = W, W [K,N] in rows of {@code ld}. */
  void pack(boolean inPanels, float[] w, int at, int ld) {
    if (!inPanels) {
      reserveRows();
      for (int part = 0; part < rows.length; part++) {
        int n = part * WIDEST, width = rows[part][0].length;
        for (int k = 0; k < K; k++) System.arraycopy(w, at + k * ld + n, rows[part][k], 0, width);
      }
      return;
    }
    if (panels == null) panels = new float[(N + PANEL - 1) / PANEL * PANEL * K];
    for (int n = 0; n < N; n += PANEL) {
      int width = Math.min(PANEL, N - n);
      int to = n * K;
      for (int k = 0; k < K; k++, to += PANEL)
        System.arraycopy(w, at + k * ld + n, panels, to, width);
    }
  }

  /** Takes B = Wᵀ, W [R,K] in rows of {@code ld}; columns from R on stay zero. */
  void packTransposed(boolean inPanels, float[] w, int at, int ld, int R) {
    if (!inPanels) {
      reserveRows();
      for (int r = 0; r < R; r++) {
        float[][] part = rows[r / WIDEST];
        for (int k = 0; k < K; k++) part[k][r % WIDEST] = w[at + r * ld + k];
      }
      return;
    }
    if (panels == null) panels = new float[(N + PANEL - 1) / PANEL * PANEL * K];
    for (int n = 0; n < R; n += PANEL) {
      int width = Math.min(PANEL, R - n);
      for (int k0 = 0;
          k0 < K;
          k0 += 16) { // blocks of 16 columns of W keep its cache lines and the panel's in reach
        int k1 = Math.min(K, k0 + 16);
        for (int j = 0; j < width; j++) {
          int from = at + (n + j) * ld;
          for (int k = k0; k < k1; k++) panels[n * K + k * PANEL + j] = w[from + k];
        }
      }
    }
  }
}
