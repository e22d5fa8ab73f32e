package dev.sluice.peers.ceiling;

import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import dev.sluice.network.Block;

/** A product by our kernels in the layout of our engine: groups padded, W packed beforehand, as a training step packs it once for all of its products. */
public final class KernelMultiplier implements Multiplier {
  private final Kernels kernels;
  private final Product product;
  private final Block result;
  private final float[] a;
  private final int lda;
  private final PackedMatrix packed; // W or its transpose; null for the gradient of weights
  private final float[] d; // the other operand of that gradient
  private final int ldd;
  private final float[] c;

  /** With made-up operands. */
  public KernelMultiplier(Kernels kernels, Product product) {
    this(kernels, product, Operands.of(product, 1));
  }

  KernelMultiplier(Kernels kernels, Product product, Operands operands) {
    this.kernels = kernels;
    this.product = product;
    Block x = new Block("x", 0, product.rows(), 1, product.inputs());
    Block w = new Block("w", 0, product.inputs(), product.groups(), product.width());
    Block y = new Block("y", 0, product.rows(), product.groups(), product.width());
    float[] weights = filled(w, operands.w());
    switch (product.kind()) {
      case FORWARD -> {
        a = filled(x, operands.x());
        lda = x.ld();
        packed = new PackedMatrix(w.rows(), w.ld());
        kernels.pack(packed, weights, 0, w.ld());
        d = null;
        ldd = 0;
        result = y;
      }
      case INPUT_GRADIENT -> {
        a = filled(y, operands.dy());
        lda = y.ld();
        packed = new PackedMatrix(w.ld(), x.ld());
        kernels.packTransposed(packed, weights, 0, w.ld(), w.rows());
        d = null;
        ldd = 0;
        result = x;
      }
      default -> {
        a = filled(x, operands.x());
        lda = x.ld();
        packed = null;
        d = filled(y, operands.dy());
        ldd = y.ld();
        result = w;
      }
    }
    c = new float[result.size()];
  }

  private static float[] filled(Block block, float[] values) {
    float[] array = new float[block.size()];
    block.fill(array, values);
    return array;
  }

  @Override
  public void multiply() {
    int rows = product.rows();
    if (packed != null) kernels.product(a, 0, lda, packed, c, 0, result.ld(), rows, false);
    else kernels.outer(a, 0, lda, d, 0, ldd, rows, product.inputs(), ldd, c, 0, result.ld());
  }

  @Override
  public float[] result() {
    return result.unpadded(c);
  }

  @Override
  public void close() {}
}
