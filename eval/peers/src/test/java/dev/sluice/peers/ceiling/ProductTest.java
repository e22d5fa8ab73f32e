package dev.sluice.peers.ceiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.peers.Work;
import dev.sluice.peers.ceiling.Product.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only equal products can be compared: all ways must multiply the same numbers to the same result. */
class ProductTest {

  /** The definition in double, for sizes just beside multiples of the lane and of the rows that kernels take at a time. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyWayComputesTheProductOfItsName(Kind kind) {
    Product product = Product.of(kind, 27, 33, 4, 17);
    double[] expected = definition(product, Operands.of(product, 1));
    for (Way way : Way.values()) {
      float[] found = way.result(product, 1);
      assertEquals(expected.length, found.length, way.title);
      for (int i = 0; i < found.length; i++) {
        assertEquals(expected[i], found[i], 1e-4, way.title + " at " + i);
      }
    }
  }

  private static double[] definition(Product p, Operands o) {
    int R = p.rows(), D = p.inputs(), N = p.outputs();
    double[] y = new double[R * N], dx = new double[R * D], dw = new double[D * N];
    for (int r = 0; r < R; r++) {
      for (int d = 0; d < D; d++) {
        for (int n = 0; n < N; n++) {
          double x = o.x()[r * D + d], w = o.w()[d * N + n], dy = o.dy()[r * N + n];
          y[r * N + n] += x * w;
          dx[r * D + d] += dy * w;
          dw[d * N + n] += x * dy;
        }
      }
    }
    return switch (p.kind()) {
      case FORWARD -> y;
      case INPUT_GRADIENT -> dx;
      case WEIGHT_GRADIENT -> dw;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 256})
  void openBlasAndOurKernelsAgreeAtEveryMeasuredShape(int hidden) {
    List<Product> products = new ArrayList<>(TrainingStep.products(Work.of(hidden)));
    products.addAll(TrainingStep.secondInput(Work.of(hidden)));
    for (Product product : products) Agreement.require(product);
  }

  /** The check before a measurement would notice a product of other operands. */
  @Test
  void anotherProductIsNoticed() {
    Product product = Product.of(Kind.FORWARD, 8, 16, 1, 16);
    float[] one = Way.SLUICE.result(product, 1), other = Way.SLUICE.result(product, 2);
    assertTrue(Agreement.difference(one, other) > 1000 * Agreement.TOLERANCE);
    assertEquals(0, Agreement.difference(one, one));
    other[3] = Float.NaN;
    assertTrue(Double.isNaN(Agreement.difference(one, other)));
  }

  /** 2 · 32 · 800 · 200 for a step of the recurrence, whichever way. */
  @Test
  void flopsAreTwiceTheProductOfTheSizes() {
    for (Kind kind : List.of(Kind.FORWARD, Kind.INPUT_GRADIENT)) {
      assertEquals(10_240_000, Product.of(kind, 32, 200, 4, 200).flop());
    }
    Product weights = Product.of(Kind.WEIGHT_GRADIENT, 640, 130, 4, 200);
    assertEquals(133_120_000, weights.flop());
    assertEquals(List.of(130, 800, 640), List.of(weights.m(), weights.n(), weights.k()));
  }

  @Test
  void sharesOfRowsAddUpToTheProduct() {
    Product whole = Product.of(Kind.WEIGHT_GRADIENT, 640, 130, 4, 200);
    assertEquals(whole.flop(), 2 * whole.share(2).flop());
    assertThrows(IllegalArgumentException.class, () -> whole.share(3));
  }
}
