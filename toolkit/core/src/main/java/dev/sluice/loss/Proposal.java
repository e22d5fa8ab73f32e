package dev.sluice.loss;

import dev.sluice.kernel.Noise;

/** A distribution over the ids 0 to V-1 from which a sampled softmax draws. Immutable. */
public final class Proposal {
  private final double[] cumulative; // null for log-uniform
  private final int V;
  private final double logV; // of V + 1

  private Proposal(int symbols, double[] cumulative) {
    V = symbols;
    logV = StrictMath.log(V + 1.0);
    this.cumulative = cumulative;
  }

  /** P(k) = log((k+2)/(k+1)) / log(V+1): close to Zipf's law where ids are ranks. */
  public static Proposal logUniform(int symbols) {
    return new Proposal(symbols, null);
  }

  /** P(k) in proportion to the counts plus one. */
  public static Proposal unigram(long[] counts) {
    double[] cumulative = new double[counts.length];
    double sum = 0;
    for (int k = 0; k < counts.length; k++) cumulative[k] = sum += counts[k] + 1.0;
    return new Proposal(counts.length, cumulative);
  }

  /** V. */
  int symbols() {
    return V;
  }

  /** The probability of an id. */
  double probability(int id) {
    if (cumulative == null) return StrictMath.log((id + 2.0) / (id + 1.0)) / logV;
    return (cumulative[id] - (id == 0 ? 0 : cumulative[id - 1])) / cumulative[V - 1];
  }

  /** Draw number {@code index} of a stream. */
  int draw(long stream, long index) {
    double u = (Noise.bits(stream, index) >>> 11) * 0x1p-53;
    if (cumulative == null) return Math.min(V - 1, (int) (StrictMath.exp(u * logV) - 1));
    double at = u * cumulative[V - 1];
    int low = 0, high = V - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
