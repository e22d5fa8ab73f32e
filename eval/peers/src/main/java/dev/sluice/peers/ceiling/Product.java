package dev.sluice.peers.ceiling;

/**
 * One of the three products of a layer y = x·W.
 * <pre>
 *   x [R,D]    W [D,N], N = groups · width    y [R,N]
 *
 *   FORWARD          y = x·W         M = R    N = N    K = D
 *   INPUT_GRADIENT   dx = dy·Wᵀ      M = R    N = D    K = N
 *   WEIGHT_GRADIENT  dW += xᵀ·dy     M = D    N = N    K = R
 * </pre>
 *
 * @param layer whose product it is
 * @param rows R
 * @param inputs D
 * @param groups groups of columns, such as the gates of a cell; our kernels pad each
 * @param width columns of a group
 * @param times how often a training step has it
 */
public record Product(
    String layer, Kind kind, int rows, int inputs, int groups, int width, int times) {

  /** Which of the three. */
  public enum Kind {
    FORWARD("forward"),
    INPUT_GRADIENT("gradient of the input"),
    WEIGHT_GRADIENT("gradient of the weights");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** A product on its own. */
  public static Product of(Kind kind, int rows, int inputs, int groups, int width) {
    return new Product("", kind, rows, inputs, groups, width, 1);
  }

  /** N of the layer, without padding. */
  int outputs() {
    return groups * width;
  }

  /** Rows of the result. */
  int m() {
    return kind == Kind.WEIGHT_GRADIENT ? inputs : rows;
  }

  /** Columns of the result. */
  int n() {
    return kind == Kind.INPUT_GRADIENT ? inputs : outputs();
  }

  /** Terms of each element of the result. */
  int k() {
    return switch (kind) {
      case FORWARD -> inputs;
      case INPUT_GRADIENT -> outputs();
      case WEIGHT_GRADIENT -> rows;
    };
  }

  /** 2·M·N·K. */
  public long flop() {
    return 2L * m() * n() * k();
  }

  /** The part of one of several threads that share out the rows of x; R must be a multiple of their number. */
  Product share(int threads) {
    if (rows % threads != 0)
      throw new IllegalArgumentException(rows + " rows for " + threads + " threads");
    return new Product(layer, kind, rows / threads, inputs, groups, width, times);
  }

  /** Layer, kind and sizes, for a table. */
  String title() {
    return "%s, %s: %d × %d × %d".formatted(layer, kind.title, m(), n(), k());
  }
}
