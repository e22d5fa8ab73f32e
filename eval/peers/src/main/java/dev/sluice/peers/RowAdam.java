package dev.sluice.peers;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam for the rows of a table that a batch touches, out of libtorch's operations. libtorch itself has
 * only the dense rule, which reads and writes the whole table at every step; with this one the
 * comparison is with the fastest training a user of libtorch can write.
 */
final class RowAdam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Tensor table;
  private final double rate;
  private final Tensor mean;
  private final Tensor square;
  private final Scalar beta2 = new Scalar(BETA2);
  private final Scalar oneMinusBeta1 = new Scalar(1 - BETA1);
  private final Scalar oneMinusBeta2 = new Scalar(1 - BETA2);
  private final Scalar epsilon = new Scalar(EPSILON);
  private int steps;

  /** Moments for a table of {@code words} rows and {@code dimension} columns that learns at a rate. */
  RowAdam(Tensor table, int words, int dimension, double rate) {
    this.table = table;
    this.rate = rate;
    this.mean = torch.zeros(words, dimension);
    this.square = torch.zeros(words, dimension);
  }

  /** Updates the rows {@code ids}, whose values and gradient are in {@code rows}; gradients are off. */
  @SuppressWarnings("try")
  void step(Tensor ids, Tensor rows) {
    steps++;
    double step = rate / (1 - Math.pow(BETA1, steps));
    double root = Math.sqrt(1 - Math.pow(BETA2, steps));
    try (PointerScope scope = new PointerScope()) {
      Tensor d = rows.grad();
      Tensor m = mean.index_select(0, ids).lerp_(d, oneMinusBeta1);
      Tensor v = square.index_select(0, ids).mul_(beta2).addcmul_(d, d, oneMinusBeta2);
      Tensor divisor = v.sqrt().div_(new Scalar(root)).add_(epsilon);
      rows.addcdiv_(m, divisor, new Scalar(-step));
      mean.index_copy_(0, ids, m);
      square.index_copy_(0, ids, v);
      table.index_copy_(0, ids, rows);
    }
  }

  void close() {
    mean.deallocate();
    square.deallocate();
    beta2.deallocate();
    oneMinusBeta1.deallocate();
    oneMinusBeta2.deallocate();
    epsilon.deallocate();
  }
}
