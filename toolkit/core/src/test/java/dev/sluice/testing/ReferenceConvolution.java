package dev.sluice.testing;

import dev.sluice.batch.Spelling;
import dev.sluice.network.NetworkShape.Input;

/** A convolution over the letters of a word, place by place, and the maximum of each filter, in double. */
final class ReferenceConvolution implements ReferenceLetters {
  private final Input.Characters shape;
  private final ReferenceWeights weights;
  private final String name;

  ReferenceConvolution(ReferenceWeights weights, Input.Characters shape) {
    this.weights = weights;
    this.shape = shape;
    name = shape.name();
    weights.add(name + ".letter", shape.vocabulary(), shape.dimension());
    weights.add(name + ".filter", shape.dimension(), shape.window() * shape.size());
    weights.add(name + ".bias", 1, shape.size());
  }

  @Override
  public int width() {
    return shape.size();
  }

  /** The filters at every place, [T][F]. */
  private double[][] places(Spelling word) {
    int F = shape.size();
    double[][] y = new double[word.length()][];
    for (int t = 0; t < y.length; t++) {
      y[t] = weights.of(name + ".bias")[0].clone();
      for (int o = 0; o < shape.window(); o++) {
        double[] letter = letter(word, t, o);
        if (letter == null) continue;
        for (int d = 0; d < letter.length; d++) {
          for (int f = 0; f < F; f++)
            y[t][f] += letter[d] * weights.of(name + ".filter")[d][o * F + f];
        }
      }
    }
    return y;
  }

  private double[] letter(Spelling word, int t, int offset) {
    int at = t + offset - (shape.window() - 1) / 2;
    return at < 0 || at >= word.length() ? null : weights.of(name + ".letter")[word.letter(at)];
  }

  private static int best(double[][] y, int f) {
    int best = 0;
    for (int t = 1; t < y.length; t++) if (y[t][f] > y[best][f]) best = t;
    return best;
  }

  @Override
  public double[] forward(Spelling word) {
    double[][] y = places(word);
    double[] out = new double[shape.size()];
    for (int f = 0; f < out.length; f++) out[f] = y[best(y, f)][f];
    return out;
  }

  @Override
  public void backward(Spelling word, double[] d) {
    double[][] y = places(word);
    int F = shape.size();
    for (int f = 0; f < F; f++) {
      int t = best(y, f);
      weights.gradient(name + ".bias")[0][f] += d[f];
      for (int o = 0; o < shape.window(); o++) {
        int at = t + o - (shape.window() - 1) / 2;
        if (at < 0 || at >= word.length()) continue;
        double[] letter = weights.of(name + ".letter")[word.letter(at)];
        double[] g = weights.gradient(name + ".letter")[word.letter(at)];
        for (int k = 0; k < letter.length; k++) {
          weights.gradient(name + ".filter")[k][o * F + f] += d[f] * letter[k];
          g[k] += d[f] * weights.of(name + ".filter")[k][o * F + f];
        }
      }
    }
  }

  /** Places that show a filter the same letters are equal and no rivals. */
  @Override
  public double distanceToKink(Spelling word) {
    double[][] y = places(word);
    double nearest = Double.POSITIVE_INFINITY;
    for (int f = 0; f < shape.size(); f++) {
      double most = y[best(y, f)][f];
      for (double[] place : y) if (place[f] != most) nearest = Math.min(nearest, most - place[f]);
    }
    return nearest;
  }
}
