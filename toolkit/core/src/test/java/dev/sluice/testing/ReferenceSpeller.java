package dev.sluice.testing;

import dev.sluice.batch.Spelling;
import dev.sluice.network.CellConfig;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.testing.ReferenceCell.Step;
import java.util.Arrays;
import java.util.List;

/** Two recurrent layers that read a word from both ends, and what each of them knows when it is through, in double. */
final class ReferenceSpeller implements ReferenceLetters {
  private final ReferenceWeights weights;
  private final String letters;
  private final int D;
  private final int H;
  private final ReferenceLayer forward;
  private final ReferenceLayer backward;
  private final double[] undropped;

  ReferenceSpeller(ReferenceWeights weights, Input.Characters shape, CellConfig cell) {
    this.weights = weights;
    D = shape.dimension();
    H = shape.size();
    letters = shape.name() + ".letter";
    weights.add(letters, shape.vocabulary(), D);
    forward = layer(shape.name() + ".forward", cell, false);
    backward = layer(shape.name() + ".backward", cell, true);
    undropped = new double[H];
    Arrays.fill(undropped, 1);
  }

  private ReferenceLayer layer(String name, CellConfig cell, boolean reversed) {
    return new ReferenceLayer(weights, name, cell, D, H, reversed, List.of(), false);
  }

  @Override
  public int width() {
    return 2 * H;
  }

  private Step[] steps(ReferenceLayer layer, Spelling word) {
    double[][] x = new double[word.length()][];
    for (int t = 0; t < x.length; t++) x[t] = weights.of(letters)[word.letter(t)];
    return layer.forward(x, new int[0][], undropped);
  }

  @Override
  public double[] forward(Spelling word) {
    double[] out = new double[2 * H];
    System.arraycopy(steps(forward, word)[word.length() - 1].h, 0, out, 0, H);
    System.arraycopy(steps(backward, word)[0].h, 0, out, H, H);
    return out;
  }

  @Override
  public void backward(Spelling word, double[] d) {
    int T = word.length();
    double[][] dx = new double[T][D];
    double[][] dh = new double[T][H];
    dh[T - 1] = Arrays.copyOfRange(d, 0, H);
    forward.backward(steps(forward, word), dh, undropped, dx);
    dh = new double[T][H];
    dh[0] = Arrays.copyOfRange(d, H, 2 * H);
    backward.backward(steps(backward, word), dh, undropped, dx);
    for (int t = 0; t < T; t++)
      ReferenceWeights.add(weights.gradient(letters)[word.letter(t)], dx[t]);
  }

  @Override
  public double distanceToKink(Spelling word) {
    return Double.POSITIVE_INFINITY;
  }
}
