package dev.sluice.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Named matrices in double with a gradient beside each, and the few operations that the reference needs. */
public final class ReferenceWeights {
  private final Map<String, double[][]> values = new LinkedHashMap<>();
  private final Map<String, double[][]> gradients = new LinkedHashMap<>();

  void add(String name, int rows, int columns) {
    values.put(name, new double[rows][columns]);
    gradients.put(name, new double[rows][columns]);
  }

  /** The names of all matrices. */
  public Set<String> names() {
    return values.keySet();
  }

  /** The matrix of a name. */
  public double[][] of(String name) {
    return values.get(name);
  }

  /** The gradient of a name. */
  public double[][] gradient(String name) {
    return gradients.get(name);
  }

  void clearGradients() {
    for (double[][] g : gradients.values()) {
      for (double[] row : g) java.util.Arrays.fill(row, 0);
    }
  }

  static double[] product(double[] x, double[] y) {
    double[] z = new double[x.length];
    for (int j = 0; j < x.length; j++) z[j] = x[j] * y[j];
    return z;
  }

  static void add(double[] to, double[] x) {
    for (int j = 0; j < to.length; j++) to[j] += x[j];
  }

  /** to += x·w. */
  static void addProduct(double[] to, double[] x, double[][] w) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < to.length; j++) to[j] += x[i] * w[i][j];
    }
  }

  /** to += w·d, the gradient of x in x·w. */
  static void addTransposed(double[] to, double[][] w, double[] d) {
    for (int i = 0; i < to.length; i++) {
      for (int j = 0; j < d.length; j++) to[i] += w[i][j] * d[j];
    }
  }

  /** to += xᵀ·d, the gradient of w in x·w. */
  static void addOuter(double[][] to, double[] x, double[] d) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < d.length; j++) to[i][j] += x[i] * d[j];
    }
  }
}
