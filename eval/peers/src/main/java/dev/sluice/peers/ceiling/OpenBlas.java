package dev.sluice.peers.ceiling;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.sluice.peers.Machine;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** A product by OpenBLAS's sgemm through the binding of bytedeco, operands in native memory, rows without padding. */
final class OpenBlas implements Multiplier {
  private final Product product;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;

  OpenBlas(Product product, Operands operands) {
    this.product = product;
    boolean gradient = product.kind() == Product.Kind.INPUT_GRADIENT;
    boolean weights = product.kind() == Product.Kind.WEIGHT_GRADIENT;
    a = new FloatPointer(gradient ? operands.dy() : operands.x());
    b = new FloatPointer(weights ? operands.dy() : operands.w());
    c = new FloatPointer(new float[product.m() * product.n()]);
  }

  /** Loads the library, which then says on standard error which kernels it runs when OPENBLAS_VERBOSE is 2. */
  public static void main(String... none) {
    Loader.load(openblas_nolapack.class);
  }

  /** Which library it is, for a report. */
  static String library() {
    return "OpenBLAS: %s, kernels for %s"
        .formatted(
            Machine.jar(openblas_nolapack.class), System.getProperty("openblas.core", "unknown"));
  }

  /** How many threads a product may use from now on, in the whole process. */
  static void threads(int count) {
    blas_set_num_threads(count);
  }

  @Override
  public void multiply() {
    int M = product.m(), N = product.n(), K = product.k();
    switch (product.kind()) {
      case FORWARD ->
          cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, M, N, K, 1f, a, K, b, N, 0f, c, N);
      case INPUT_GRADIENT ->
          cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, M, N, K, 1f, a, K, b, K, 0f, c, N);
      case WEIGHT_GRADIENT ->
          cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, M, N, K, 1f, a, M, b, N, 1f, c, N);
    }
  }

  @Override
  public float[] result() {
    float[] values = new float[product.m() * product.n()];
    c.get(values);
    return values;
  }

  @Override
  public void close() {
    a.deallocate();
    b.deallocate();
    c.deallocate();
  }
}
