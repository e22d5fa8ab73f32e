package dev.sluice.loss;

import java.util.List;

/**
 * The weight of each label in a loss.
 * <pre>
 *   w[j] = factor[j] · n[j]^-b · Σ n / Σₖ n[k]^(1-b)
 * </pre>
 * n counts the label in training and b is the balance; without factors the mean of w over all tokens is 1, so that the size of a step does not depend on b.
 */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * The weights.
   *
   * @param labels the names
   * @param counts how often each stands in the training split
   * @param balance b, 0 to 1
   * @param factors factors on single labels or types
   * @return a weight per label; null when all are 1
   * @throws IllegalArgumentException naming a factor whose label or type does not exist
   */
  public static float[] of(
      List<String> labels, long[] counts, double balance, List<ClassWeight> factors) {
    if (balance == 0 && factors.isEmpty()) return null;
    double[] w = new double[labels.size()];
    double all = 0, weighted = 0;
    for (int j = 0; j < w.length; j++) {
      w[j] = StrictMath.pow(Math.max(1, counts[j]), -balance);
      all += counts[j];
      weighted += counts[j] * w[j];
    }
    for (int j = 0; j < w.length; j++) w[j] *= all / weighted;
    for (ClassWeight factor : factors) {
      boolean known = false;
      for (int j = 0; j < w.length; j++) {
        String label = labels.get(j);
        if (!label.equals(factor.label()) && !type(label).equals(factor.label())) continue;
        w[j] *= factor.weight();
        known = true;
      }
      if (!known) throw new IllegalArgumentException(factor.label());
    }
    float[] weights = new float[w.length];
    for (int j = 0; j < w.length; j++) weights[j] = (float) w[j];
    return weights;
  }

  private static String type(String label) {
    return label.length() > 2 && label.charAt(1) == '-' ? label.substring(2) : label;
  }
}
