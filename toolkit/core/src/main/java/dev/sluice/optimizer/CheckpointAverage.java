package dev.sluice.optimizer;

import dev.sluice.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of the weights at the ends of the last n epochs, or of all epochs while they are fewer: checkpoint averaging (Vaswani et al. 2017, section 6.1), which
 * with equal weights and equal distances is also the mean of stochastic weight averaging (Izmailov et al. 2018). Added up in double, oldest epoch first.
 *
 * <p>It holds n copies of the weights, of which the newest is the trained weights while the mean is in their place.
 */
final class CheckpointAverage extends WeightAverage {
  private final List<float[]> network = new ArrayList<>(); // the arrays of its weights
  private final float[][][] ends; // [epoch modulo n][array]: the weights at the end of an epoch
  private int newest;

  CheckpointAverage(int epochs, Parameters parameters) {
    network.add(parameters.dense());
    for (Parameters.Table t : parameters.tables()) network.add(t.values());
    ends = new float[epochs][network.size()][];
    for (float[][] end : ends) Arrays.setAll(end, a -> new float[network.get(a).length]);
  }

  @Override
  public boolean putIn(int epoch) {
    int n = Math.min(epoch, ends.length);
    newest = epoch % ends.length;
    for (int a = 0; a < network.size(); a++) {
      float[] w = network.get(a);
      System.arraycopy(w, 0, ends[newest][a], 0, w.length);
      for (int i = 0; i < w.length; i++) {
        double sum = 0;
        for (int e = epoch - n + 1; e <= epoch; e++) sum += ends[e % ends.length][a][i];
        w[i] = (float) (sum / n);
      }
    }
    return true;
  }

  @Override
  public boolean takeOut() {
    for (int a = 0; a < network.size(); a++)
      System.arraycopy(ends[newest][a], 0, network.get(a), 0, network.get(a).length);
    return true;
  }

  @Override
  public List<float[]> weights() {
    List<float[]> all = new ArrayList<>();
    for (float[][] end : ends) all.addAll(List.of(end));
    return all;
  }
}
