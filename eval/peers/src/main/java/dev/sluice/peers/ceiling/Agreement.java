package dev.sluice.peers.ceiling;

import java.util.List;
import java.util.Locale;

/** Whether every {@link Way} gives the same product; two callers compute halves of what one of the others does. */
final class Agreement {
  /** The largest difference, as a share of the largest element, that another order of additions explains. */
  static final double TOLERANCE = 2e-5;

  private static final List<Way> OTHERS = List.of(Way.OPENBLAS_TWO, Way.SLUICE, Way.SCALAR);

  private Agreement() {}

  /** The largest difference between two results by the largest element; not a number where one of them is not finite. */
  static double difference(float[] expected, float[] found) {
    double largest = 0, apart = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      apart = Math.max(apart, Math.abs((double) expected[i] - found[i]));
    }
    return apart / largest;
  }

  /** Throws where a product differs. */
  static void require(Product product) {
    float[] expected = Way.OPENBLAS.result(product, 1);
    for (Way way : OTHERS) {
      double difference = difference(expected, way.result(product, 1));
      if (!(difference <= TOLERANCE)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s: %s and %s differ by %.1e of the largest element",
                product.title(),
                Way.OPENBLAS.title,
                way.title,
                difference));
      }
    }
  }
}
