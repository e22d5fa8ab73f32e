package dev.sluice.kernel;

/**
 * The kernels of a chain of labels, vectors and a vector times a matrix in double precision, as one set with two implementations like {@link Kernels}, which hands them out. They have no
 * scratch memory: one instance serves any thread.
 */
public abstract class ChainKernels {
  /** For the two implementations. */
  protected ChainKernels() {}

  /**
   * Rows times a vector.
   * <pre>
   *   a [R] read from aAt    m [R,L] read from mAt    out [L] written
   *   out[j] = Σᵢ a[i]·m[i,j], from 0 on, i ascending, every operation rounded by itself
   * </pre>
   */
  public abstract void multiply(
      double[] a, int aAt, int R, double[] m, int mAt, double[] out, int L);

  /**
   * The best of each column, each row raised by its element of a vector.
   * <pre>
   *   a [R] read from aAt    m [R,L] read    out [L] written    out[j] = maxᵢ (a[i] + m[i,j])
   * </pre>
   */
  public abstract void best(double[] a, int aAt, int R, double[] m, double[] out, int L);

  /** y[i] = eˣ with x = x[i], n elements of two different arrays, with the bits of {@link StrictMath#exp}. */
  public abstract void exponentials(double[] x, int xAt, double[] y, int yAt, int n);
}
