package dev.sluice.model;

import dev.sluice.vocabulary.Symbols;

/**
 * Where a blank stands between two words, learned from how often each word of train touches its neighbours.
 * <pre>
 *   a blank unless  logit a(left) + logit b(right) - logit c > 0
 *   a(w), b(w) how often w touches the word behind, before it    c how often any two neighbours touch
 * </pre>
 * That is naive Bayes for two neighbours seen apart; a full stop touches what stands before it, an opening bracket what stands behind. Immutable.
 */
public final class WordJoins {
  /** [symbols, 2]: of each symbol the share of the sum above on its right, then on its left. */
  private final float[] weights;

  WordJoins(float[] weights) {
    this.weights = weights;
  }

  float[] weights() {
    return weights;
  }

  /** Whether a blank stands between two words. */
  public boolean apart(int left, int right) {
    return weights[2 * left] + weights[2 * right + 1] <= 0;
  }

  /** Counts neighbours. */
  public static final class Builder {
    private final long[] touches; // [symbols, 2]
    private final long[] seen;

    /** For symbols that can be read. */
    public Builder(Symbols symbols) {
      touches = new long[2 * symbols.read()];
      seen = new long[2 * symbols.read()];
    }

    /** Two neighbours, and whether nothing stands between them. */
    public void add(int left, int right, boolean touch) {
      seen[2 * left]++;
      seen[2 * right + 1]++;
      if (!touch) return;
      touches[2 * left]++;
      touches[2 * right + 1]++;
    }

    /** What was learned; shares are smoothed by one neighbour that touches as often as any. */
    public WordJoins build() {
      long all = 0, touching = 0;
      for (int i = 0; i < seen.length; i += 2) {
        all += seen[i];
        touching += touches[i];
      }
      double share = (touching + 0.5) / (all + 1.0);
      float[] weights = new float[seen.length];
      for (int i = 0; i < weights.length; i++)
        weights[i] = (float) (logit((touches[i] + share) / (seen[i] + 1.0)) - logit(share) / 2);
      return new WordJoins(weights);
    }

    private static double logit(double p) {
      return StrictMath.log(p / (1 - p));
    }
  }
}
