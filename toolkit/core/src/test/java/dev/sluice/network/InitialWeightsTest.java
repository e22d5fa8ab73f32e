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
  void recurrentWeightsAreOrthogonalOrTheIdentityForgetGatesOpenHighwaysCarryAndGainsAreOne() {
    for (NetworkShape shape : Gallery.shapes()) {
      Network network = new Network(shape);
      network.initialise(9);
      float[] dense = network.parameters().dense();
      for (Block b : network.parameters().blocks()) {
        boolean gain = b.name().endsWith("gain");
        if (!b.name().startsWith("encoder.")) {
          if (b.name().endsWith(".recurrent")) orthogonal(dense, b, 1); // reads letters
          if (b.groups() == 4 && b.name().endsWith(".bias")) constant(1, dense, b, 1); // an LSTM
          continue;
        }
        CellConfig cell = shape.encoder().cells().get(b.name().charAt(8) - '0');
        String kind = b.name().substring(b.name().lastIndexOf('.') + 1);
        for (int g = 0; g < b.groups(); g++) {
          if (kind.equals("bias")) {
            boolean carries = b.name().endsWith(".highway.bias");
            constant(carries ? -1 : (float) forgetBias(cell, g), dense, b, g);
          } else if (kind.endsWith("bias") || gain || kind.equals("peephole")) {
            constant(gain ? 1 : 0, dense, b, g);
          } else if (kind.startsWith("initial")) {
            constant(0, dense, b, g);
          }
        }
        if (!kind.startsWith("recurrent") || kind.endsWith("bias") || gain) continue;
        if (cell instanceof CellConfig.Rnn rnn) recurrent(rnn, kind, dense, b);
        else orthogonal(dense, b, 1);
      }
    }
  }

  private static double forgetBias(CellConfig cell, int gate) {
    if (!(cell instanceof CellConfig.Lstm lstm)) return 0;
    return switch (lstm.coupling()) {
      case NONE -> gate == 1 ? lstm.forgetBias() : 0;
      case FORGET -> gate == 0 ? lstm.forgetBias() : 0;
      case INPUT -> gate == 0 ? -lstm.forgetBias() : 0;
    };
  }

  private static void constant(float value, float[] dense, Block b, int group) {
    for (int j = 0; j < b.width(); j++)
      assertEquals(value, dense[b.at() + group * b.padded() + j], 0, b.name());
  }

  private static void recurrent(CellConfig.Rnn rnn, String kind, float[] dense, Block b) {
    if (rnn.recurrent() == CellConfig.Recurrent.ORTHOGONAL) {
      orthogonal(dense, b, 1.0 / rnn.order());
      return;
    }
    for (int i = 0; i < b.rows(); i++) {
      for (int j = 0; j < b.width(); j++)
        assertEquals(
            i == j && kind.equals("recurrent") ? 1 : 0, dense[b.at() + i * b.ld() + j], b.name());
    }
  }

  /** Rows of the given squared length, at right angles to each other, in every group. */
  private static void orthogonal(float[] dense, Block b, double length) {
    for (int group = 0; group < b.groups(); group++) {
      for (int r = 0; r < b.rows(); r++) {
        for (int s = 0; s <= r; s++) {
          double dot = 0;
          for (int j = 0; j < b.width(); j++) {
            int column = b.at() + group * b.padded() + j;
            dot += (double) dense[column + r * b.ld()] * dense[column + s * b.ld()];
          }
          assertEquals(r == s ? length : 0, dot, 1e-6, b.name());
        }
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
