package dev.sluice.eval.agreement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.network.Block;
import dev.sluice.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorSurfaceTest {
  private static final int GRID = 5;

  /** By hand: neighbours in rows differ by factors 2 and 4, those in columns by 3, 3 and 12. */
  @Test
  void roughnessIsTheFactorBetweenNeighbours() {
    ErrorSurface surface = new ErrorSurface(new double[][] {{1, 2, 8}, {3, 6, 24}, {3, 6, 2}});
    assertEquals(12, surface.largestFactor());
    assertEquals(12, surface.factor(0.99));
    assertEquals(1, surface.factor(0));
    assertEquals(3, surface.factor(0.5)); // of 1 1 2 2 2 3 3 3 3 4 4 12, the sixth
    assertEquals(22, surface.largestStep());
    assertEquals(6, surface.center());
  }

  @Test
  void aFlatSurfaceHasNoRoughness() {
    ErrorSurface surface = new ErrorSurface(new double[][] {{5, 5, 5}, {5, 5, 5}, {5, 5, 5}});
    assertEquals(1, surface.largestFactor());
    assertEquals(0, surface.largestStep());
  }

  /** The weights at the corner are those in the middle moved by both directions, each as long as the weights; afterwards everything is as it was. */
  @Test
  void weightsAreMovedByTheirOwnNormAndBroughtBack() {
    Network network = new Network(StudiedCell.LSTM.shape(4, 5));
    network.initialise(1);
    float[] before = network.parameters().dense().clone();
    Block block =
        network.parameters().blocks().stream()
            .filter(b -> b.name().equals("encoder.0.forward.recurrent"))
            .findFirst()
            .orElseThrow();
    List<float[]> seen = new ArrayList<>();
    ErrorSurface surface =
        ErrorSurface.of(
            network,
            GRID,
            7,
            () -> {
              seen.add(block.unpadded(network.parameters().dense()));
              return seen.size() - 1;
            });
    assertArrayEquals(before, network.parameters().dense());
    assertEquals(GRID * GRID, seen.size());
    assertEquals(ErrorSurface.FLOOR, surface.loss()[0][0]); // 0, and below the floor
    assertEquals(GRID * GRID - 1, surface.loss()[GRID - 1][GRID - 1]);
    float[] center = block.unpadded(before);
    assertArrayEquals(center, seen.get(GRID * GRID / 2));
    double norm = distance(center, new float[center.length]);
    assertEquals(norm, distance(center, seen.get(2)), 1e-4 * norm); // -1 along the first alone
    assertEquals(norm, distance(center, seen.get(10)), 1e-4 * norm); // -1 along the second
    assertEquals(norm / 2, distance(center, seen.get(13)), 1e-4 * norm); // half of it forward
    float[] corner = seen.get(0);
    for (int n = 0; n < center.length; n++)
      assertEquals(seen.get(2)[n] + seen.get(10)[n] - center[n], corner[n], 1e-5);
    assertTrue(distance(seen.get(2), seen.get(10)) > norm / 2, "two directions, not one");
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int n = 0; n < a.length; n++) squares += Math.pow((double) a[n] - b[n], 2);
    return Math.sqrt(squares);
  }
}
