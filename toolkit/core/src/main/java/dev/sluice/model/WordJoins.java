package dev.sluice.model;

import dev.sluice.vocabulary.Symbols;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a blank stands between two words, learned from which words of train touch.
 * <pre>
 *   two neighbours touch unless neither wants it:    P(touch) = 1 - (1-a(left))·(1-b(right))    a blank where that is at most 1/2
 * </pre>
 * An opening bracket wants to touch what stands behind, a full stop what stands before it; a word that is often followed by a full stop does not.
 * Which of two neighbours wanted it when they touch
 * is not seen: a and b are fitted by expectation and maximisation (the noisy or, Pearl 1988). Immutable.
 */
public final class WordJoins {
  private static final float LN2 = (float) StrictMath.log(2);

  /** [symbols, 2]: -log(1-a), -log(1-b) of each symbol. */
  private final float[] weights;

  WordJoins(float[] weights) {
    this.weights = weights;
  }

  float[] weights() {
    return weights;
  }

  /** Whether a blank stands between two words. */
  public boolean apart(int left, int right) {
    return weights[2 * left] + weights[2 * right + 1] <= LN2;
  }

  /** What texts say of their words. */
  public static WordJoins of(Symbols symbols, List<List<SymbolModel.Piece>> texts) {
    Builder joins = new Builder(symbols);
    for (List<SymbolModel.Piece> text : texts) {
      for (int i = 1; i < text.size(); i++) {
        int left = symbols.id(text.get(i - 1).symbol());
        joins.add(left, symbols.id(text.get(i).symbol()), text.get(i).touches());
      }
    }
    return joins.build();
  }

  /** Counts neighbours. */
  public static final class Builder {
    private static final int ROUNDS = 20;
    private static final double MOST = 1 - 1e-6;

    private final int symbols;
    private final SortedMap<Long, long[]> pairs = new TreeMap<>(); // by both ids: apart, touching

    /** For symbols that can be read. */
    public Builder(Symbols symbols) {
      this.symbols = symbols.read();
    }

    /** Two neighbours, and whether nothing stands between them. */
    public void add(int left, int right, boolean touch) {
      pairs.computeIfAbsent((long) left << 32 | right, pair -> new long[2])[touch ? 1 : 0]++;
    }

    /** What was learned; each word is taken to have been apart from a neighbour once more than it was. */
    public WordJoins build() {
      double[] seen = new double[2 * symbols], wants = new double[2 * symbols];
      Arrays.fill(seen, 1);
      pairs.forEach(
          (pair, count) -> {
            seen[2 * left(pair)] += count[0] + count[1];
            seen[2 * right(pair) + 1] += count[0] + count[1];
          });
      Arrays.fill(wants, 0.5);
      for (int round = 0; round < ROUNDS; round++) {
        double[] active = new double[2 * symbols];
        pairs.forEach(
            (pair, count) -> {
              double a = wants[2 * left(pair)], b = wants[2 * right(pair) + 1];
              double touch = 1 - (1 - a) * (1 - b);
              if (count[1] == 0 || touch == 0) return;
              active[2 * left(pair)] += count[1] * a / touch;
              active[2 * right(pair) + 1] += count[1] * b / touch;
            });
        for (int i = 0; i < wants.length; i++) wants[i] = active[i] / seen[i];
      }
      float[] weights = new float[wants.length];
      for (int i = 0; i < weights.length; i++)
        weights[i] = (float) -StrictMath.log1p(-Math.min(MOST, wants[i]));
      return new WordJoins(weights);
    }

    private static int left(long pair) {
      return (int) (pair >>> 32);
    }

    private static int right(long pair) {
      return (int) pair;
    }
  }
}
