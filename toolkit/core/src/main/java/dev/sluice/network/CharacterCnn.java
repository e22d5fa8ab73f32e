package dev.sluice.network;

import dev.sluice.batch.Ragged;
import dev.sluice.batch.Spellings;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.Arrays;

/**
 * A convolution over the letters of a word, and the largest value of each filter.
 * <pre>
 *   letters [V,D]    filters [D,k·F]    bias [F]
 *   y[t] = bias + Σₒ letters[c(t+o)]·filters(o)    out = max over t of y[t]
 * </pre>
 * o runs over the window; beyond the word there is nothing. Source: dos Santos and Zadrozny 2014, in the form of Ma and Hovy 2016.
 *
 * <p>There are far fewer letters than places, so the products letters·filters are made once per change of the weights, [V,k·F]; a place of a word is then a sum of k rows. The
 * gradient takes the same way back: it is added up by letter and offset first, for the one place of each word and filter that has the maximum.
 */
final class CharacterCnn implements CharacterEncoder {
  private final int window;
  private final int before; // letters of the window that stand before its middle
  private final int F;
  private final int ldf; // F padded
  private final Block letters;
  private final Block filters;
  private final Block bias;
  private final PackedMatrix packed;
  private final PackedMatrix transposed;
  private float[] products = {}; // [V, k·ldf], once packed

  CharacterCnn(Parameters.Layout layout, NetworkShape.Input.Characters shape) {
    window = shape.window();
    before = (window - 1) / 2;
    F = shape.size();
    ldf = Kernels.padded(F);
    letters = layout.dense(shape.name() + ".letter", shape.vocabulary(), 1, shape.dimension());
    filters = layout.dense(shape.name() + ".filter", shape.dimension(), window, F);
    bias = layout.dense(shape.name() + ".bias", 1, 1, F);
    packed = new PackedMatrix(shape.dimension(), filters.ld());
    transposed = new PackedMatrix(filters.ld(), letters.ld());
  }

  private final class Pass extends State {
    int[] winner = new int[0]; // [words, F]: the place that has the maximum
    float[] dProducts = new float[0]; // [V, k·ldf]
    final float[] y = new float[ldf];

    @Override
    long numbers(Spellings words, boolean training) {
      return training ? (long) words.count() * F + (long) letters.rows() * filters.ld() : 0;
    }

    @Override
    long longest(Spellings words) {
      return (long) words.count() * ldf;
    }
  }

  @Override
  public int width() {
    return F;
  }

  @Override
  public State state() {
    return new Pass();
  }

  @Override
  public void pack(Kernels k, float[] dense, boolean training) {
    k.pack(packed, dense, filters.at(), filters.ld());
    if (training) k.packTransposed(transposed, dense, filters.at(), filters.ld(), filters.rows());
    products = Workspace.room(products, Math.multiplyExact(letters.rows(), filters.ld()));
    k.product(
        dense,
        letters.at(),
        letters.ld(),
        packed,
        products,
        0,
        filters.ld(),
        letters.rows(),
        false);
  }

  @Override
  public void initialise(Parameters p, Recurrent.Initial initial) {
    int D = letters.width();
    initial.uniform(p.dense(), letters, Math.sqrt(3.0 / D));
    initial.uniform(p.dense(), filters, Math.sqrt(6.0 / (window * D + F)));
  }

  @Override
  public void forward(Kernels k, float[] dense, Spellings words, State state, boolean training) {
    Pass s = (Pass) state;
    Ragged layout = words.layout();
    int[] letter = words.letters();
    int wide = filters.ld();
    s.out = Workspace.room(s.out, words.count() * ldf);
    if (training && s.winner.length < words.count() * F) s.winner = new int[words.count() * F];
    for (int w = 0; w < words.count(); w++) {
      int T = layout.length(w), to = w * ldf;
      for (int t = 0; t < T; t++) {
        System.arraycopy(dense, bias.at(), s.y, 0, ldf);
        for (int o = 0; o < window; o++) {
          int at = t + o - before;
          if (at < 0 || at >= T) continue;
          int from = letter[layout.row(at, w)] * wide + o * ldf;
          for (int f = 0; f < ldf; f++) s.y[f] += products[from + f];
        }
        keepLargest(s, t, to, w * F, training);
      }
    }
  }

  private void keepLargest(Pass s, int t, int to, int winnerAt, boolean training) {
    if (t == 0) {
      System.arraycopy(s.y, 0, s.out, to, ldf);
      if (training) Arrays.fill(s.winner, winnerAt, winnerAt + F, 0);
    } else if (training) {
      for (int f = 0; f < F; f++) {
        if (s.y[f] <= s.out[to + f]) continue;
        s.out[to + f] = s.y[f];
        s.winner[winnerAt + f] = t;
      }
    } else {
      for (int f = 0; f < ldf; f++) s.out[to + f] = Math.max(s.out[to + f], s.y[f]);
    }
  }

  @Override
  public void backward(Kernels k, float[] dense, Spellings words, State state, float[] g) {
    Pass s = (Pass) state;
    Ragged layout = words.layout();
    int[] letter = words.letters();
    int wide = filters.ld(), V = letters.rows(), D = letters.width();
    s.dProducts = Workspace.room(s.dProducts, V * wide);
    Arrays.fill(s.dProducts, 0f);
    k.columnSums(s.dOut, 0, ldf, words.count(), ldf, g, bias.at());
    for (int w = 0; w < words.count(); w++) {
      int T = layout.length(w);
      for (int f = 0; f < F; f++) {
        float d = s.dOut[w * ldf + f];
        int t = s.winner[w * F + f];
        for (int o = 0; o < window; o++) {
          int at = t + o - before;
          if (at >= 0 && at < T) s.dProducts[letter[layout.row(at, w)] * wide + o * ldf + f] += d;
        }
      }
    }
    k.outer(
        dense, letters.at(), letters.ld(), s.dProducts, 0, wide, V, D, wide, g, filters.at(), wide);
    k.product(s.dProducts, 0, wide, transposed, g, letters.at(), letters.ld(), V, true);
  }
}
