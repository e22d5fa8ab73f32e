package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Ragged;
import dev.sluice.kernel.Kernels;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sentences may begin with states of their own: read in two pieces, the second going on where the first ended, a sentence gives the bits of the whole. */
class StartStatesTest {
  private static final int D = 6, H = 19;
  private static final int[] LENGTHS = {9, 7, 7, 5};
  private static final int SPLIT = 4;

  private final Kernels k = Kernels.create();

  private static List<CellConfig> cells() {
    List<CellConfig> cells = new ArrayList<>(Gallery.kinds());
    cells.addAll(Gallery.variants());
    return cells;
  }

  private static Ragged ragged(int... lengths) {
    Ragged layout = new Ragged();
    layout.fill(lengths, lengths.length);
    return layout;
  }

  /** A layer that reads forward, with weights and room for a gradient. */
  private final class Layer {
    final Recurrent recurrent;
    final Parameters parameters;
    final int ldx = Kernels.padded(D);

    Layer(CellConfig cell, boolean normalized, SplittableRandom random) {
      Parameters.Layout layout = new Parameters.Layout();
      recurrent = new Recurrent(layout, "cell", cell, D, H, false, List.of(), normalized);
      parameters = layout.allocate();
      for (Block b : parameters.blocks())
        b.fill(parameters.dense(), Seeds.floats(random, (int) b.weights(), 0.4));
      recurrent.pack(k, parameters.dense(), true);
    }

    CellState state(Ragged layout) {
      CellState s = recurrent.state();
      s.reserve(layout.rows(), layout.sequences(), true);
      return s;
    }

    void forward(Ragged layout, CellState s, float[] x) {
      s.reserve(layout.rows(), layout.sequences(), true);
      recurrent.forward(k, parameters.dense(), layout, s, x, ldx);
    }

    /** Makes the sentences of the next piece begin where those of this one ended. */
    void goOn(Ragged layout, CellState s) {
      int carried = s.carried(), n = layout.sequences();
      float[] ends = new float[n * carried];
      for (int i = 0; i < n; i++) recurrent.end(layout, s, i, ends, i * carried);
      s.beginWith(n);
      for (int i = 0; i < n; i++) s.begin(i, ends, i * carried);
    }

    float[] backward(Ragged layout, CellState s, float[] x) {
      float[] g = new float[parameters.dense().length];
      float[] dx = new float[layout.rows() * ldx], scratch = new float[layout.rows() * s.P];
      recurrent.backward(k, layout, s, x, ldx, g, dx, false, scratch);
      return g;
    }
  }

  /** The rows of elements {@code from} and later, in a layout of their own. */
  private static float[] rows(Ragged whole, float[] x, int ld, Ragged part, int from) {
    float[] y = new float[part.rows() * ld];
    for (int i = 0; i < part.sequences(); i++) {
      for (int t = 0; t < part.length(i); t++)
        System.arraycopy(x, whole.row(from + t, i) * ld, y, part.row(t, i) * ld, ld);
    }
    return y;
  }

  private static float[] input(SplittableRandom random, Ragged layout, int ld) {
    float[] x = new float[layout.rows() * ld];
    for (int r = 0; r < layout.rows(); r++)
      System.arraycopy(Seeds.floats(random, D, 1), 0, x, r * ld, D);
    return x;
  }

  @Test
  void twoPiecesGiveTheStatesOfTheWholeBitForBit() {
    SplittableRandom random = Seeds.of(421);
    Ragged whole = ragged(LENGTHS), first = ragged(SPLIT, SPLIT, SPLIT, SPLIT);
    Ragged second = ragged(Arrays.stream(LENGTHS).map(n -> n - SPLIT).toArray());
    for (CellConfig cell : cells()) {
      for (boolean normalized : new boolean[] {false, true}) {
        Layer layer = new Layer(cell, normalized, random);
        float[] x = input(random, whole, layer.ldx);
        CellState all = layer.state(whole), piece = layer.state(first);
        layer.forward(whole, all, x);
        layer.forward(first, piece, rows(whole, x, layer.ldx, first, 0));
        layer.goOn(first, piece);
        layer.forward(second, piece, rows(whole, x, layer.ldx, second, SPLIT));
        assertArrayEquals(
            rows(whole, all.h, all.P, second, SPLIT),
            Arrays.copyOf(piece.h, second.rows() * piece.P),
            () -> cell.description() + ", " + Seeds.describe());
      }
    }
  }

  /** What the second piece hands back is what reaches the end of the first one in the whole; where more than one state recurs, they pass on parts of it among each other. */
  @Test
  void theGradientOfTheStatesAPieceBeginsWithIsThatOfTheWholeAtTheSplit() {
    SplittableRandom random = Seeds.of(422);
    Ragged whole = ragged(LENGTHS), first = ragged(SPLIT, SPLIT, SPLIT, SPLIT);
    Ragged second = ragged(Arrays.stream(LENGTHS).map(n -> n - SPLIT).toArray());
    for (CellConfig cell : cells()) {
      Layer layer = new Layer(cell, false, random);
      if (layer.state(whole).order > 1) continue;
      float[] x = input(random, whole, layer.ldx);
      CellState all = layer.state(whole), piece = layer.state(first);
      layer.forward(whole, all, x);
      for (int i = 0; i < 4; i++) {
        for (int t = SPLIT; t < LENGTHS[i]; t++) {
          float[] d = Seeds.floats(random, layer.recurrent.P, 1);
          System.arraycopy(d, 0, all.dh, whole.row(t, i) * all.P, d.length);
        }
      }
      float[] dh = rows(whole, all.dh, all.P, second, SPLIT);
      layer.forward(first, piece, rows(whole, x, layer.ldx, first, 0));
      layer.goOn(first, piece);
      float[] tail = rows(whole, x, layer.ldx, second, SPLIT);
      layer.forward(second, piece, tail);
      System.arraycopy(dh, 0, piece.dh, 0, dh.length);
      float[] g = layer.backward(second, piece, tail);
      layer.backward(whole, all, x);
      for (int i = 0; i < 4; i++) {
        int row = whole.row(SPLIT - 1, i);
        String name = cell.description() + ", " + Seeds.describe();
        for (int j = 0; j < piece.P; j++)
          assertEquals(all.dh[row * all.P + j] + 0f, piece.dStartH[i * piece.P + j] + 0f, name);
        for (int j = 0; j < piece.H && layer.recurrent.cell.hasMemory(); j++)
          assertEquals(all.dc[row * all.H + j] + 0f, piece.dStartC[i * piece.H + j] + 0f, name);
      }
      for (Block b : layer.parameters.blocks()) { // they were given, not learned
        if (!b.name().contains("initial")) continue;
        for (float v : b.unpadded(g)) assertEquals(0, v, b.name());
      }
    }
  }

  @Test
  void afterwardsSentencesBeginAfreshAgain() {
    SplittableRandom random = Seeds.of(423);
    Ragged layout = ragged(3, 2);
    for (CellConfig cell : cells()) {
      Layer layer = new Layer(cell, false, random);
      float[] x = input(random, layout, layer.ldx);
      CellState s = layer.state(layout);
      layer.forward(layout, s, x);
      float[] expected = s.h.clone();
      s.beginWith(2);
      Arrays.fill(s.startH, 0.5f);
      layer.forward(layout, s, x);
      s.beginAfresh();
      layer.forward(layout, s, x);
      assertArrayEquals(expected, s.h, cell::description);
    }
  }
}
