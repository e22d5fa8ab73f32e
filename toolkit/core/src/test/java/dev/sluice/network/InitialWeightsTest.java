package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Gallery;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** First values: a function of the seed alone, of the kind the papers recommend, and none in the padding. */
class InitialWeightsTest {
  private static final int LSTM_GATES = 4; // no other matrix has as many groups

  @Test
  void theSeedDecidesEveryWeightEvenOfAUsedNetwork() {
    for (NetworkShape shape : Gallery.shapes()) {
      Network one = new Network(shape), used = new Network(shape), other = new Network(shape);
      for (Block b : used.parameters().blocks()) fillWith(3, b, used.parameters().dense());
      for (Parameters.Table t : used.parameters().tables()) fillWith(3, t.block(), t.values());
      one.initialise(5);
      used.initialise(5);
      other.initialise(6);
      float[] weights = one.parameters().dense();
      assertArrayEquals(weights, used.parameters().dense(), shape::toString);
      assertFalse(Arrays.equals(weights, other.parameters().dense()));
      for (int t = 0; t < one.parameters().tables().size(); t++) {
        float[] table = one.parameters().tables().get(t).values();
        assertArrayEquals(table, used.parameters().tables().get(t).values());
        boolean added = one.parameters().tables().get(t).block().name().equals("input.delta");
        assertEquals(added, Arrays.equals(table, other.parameters().tables().get(t).values()));
      }
    }
  }

  private static void fillWith(float value, Block b, float[] array) {
    float[] w = new float[Math.toIntExact(b.weights())];
    Arrays.fill(w, value);
    b.fill(array, w);
  }

  @Test
  void recurrentWeightsAreOrthogonalForgetGatesOpenHighwaysCarryAndGainsAreOne() {
    for (NetworkShape shape : Gallery.shapes()) {
      Network network = new Network(shape);
      network.initialise(9);
      float[] dense = network.parameters().dense();
      for (Block b : network.parameters().blocks()) {
        for (int g = 0; g < b.groups(); g++) {
          boolean forget = b.groups() == LSTM_GATES && g == 1;
          if (b.name().endsWith(".recurrent")) orthogonal(dense, b, g);
          if (!b.name().endsWith("bias") && !b.name().endsWith("gain")) continue;
          boolean carries = b.name().endsWith(".highway.bias");
          boolean open = forget && b.name().endsWith("ward.bias");
          boolean gain = b.name().endsWith("gain");
          for (int j = 0; j < b.width(); j++)
            assertEquals(
                carries ? -1 : open || gain ? 1 : 0, dense[b.at() + g * b.padded() + j], b.name());
        }
      }
    }
  }

  private static void orthogonal(float[] dense, Block b, int group) {
    for (int r = 0; r < b.rows(); r++) {
      for (int s = 0; s <= r; s++) {
        double dot = 0;
        for (int j = 0; j < b.width(); j++) {
          int column = b.at() + group * b.padded() + j;
          dot += (double) dense[column + r * b.ld()] * dense[column + s * b.ld()];
        }
        assertEquals(r == s ? 1 : 0, dot, 1e-6, b.name());
      }
    }
  }

  @Test
  void paddingHoldsNoWeight() {
    for (NetworkShape shape : Gallery.shapes()) {
      Network network = new Network(shape);
      network.initialise(11);
      float[] dense = network.parameters().dense(), kept = new float[dense.length];
      long count = 0;
      for (Block b : network.parameters().blocks()) {
        b.fill(kept, b.unpadded(dense));
        count += b.weights();
      }
      assertArrayEquals(kept, dense, shape::toString);
      for (Parameters.Table t : network.parameters().tables()) {
        float[] rows = new float[t.values().length];
        t.block().fill(rows, t.block().unpadded(t.values()));
        assertArrayEquals(rows, t.values(), shape::toString);
        count += t.block().weights();
      }
      assertEquals(count, network.parameters().count());
      assertTrue(count > 0);
    }
  }
}
