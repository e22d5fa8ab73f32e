package dev.sluice.optimizer;

import dev.sluice.kernel.Sums;
import dev.sluice.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * The exponential moving average of the weights over steps (Polyak and Juditsky 1992 showed why averages of iterates are good; the fading weights are common
 * practice):
 *
 * <pre>
 *   a₀ = w₀    aₜ = dₜ·aₜ₋₁ + (1-dₜ)·wₜ    dₜ = min(decay, (1+t)/(10+t))
 * </pre>
 *
 * The warm-up of dₜ is that of TensorFlow's ExponentialMovingAverage with num_updates, and AllenNLP's: the first weights are forgotten within some ten steps,
 * so no correction for the start is needed.
 *
 * <p>A row of a table that is left alone from step s to step t keeps its weight w, so that those steps together are, exactly,
 *
 * <pre>
 *   aₜ = w + dₛ₊₁···dₜ·(aₛ - w)
 * </pre>
 *
 * and cost nothing until the row is changed or the average is read. The logarithm of d₁···dₜ is kept, now and for each row as of its last visit.
 */
final class MovingAverage extends WeightAverage {
  private final double decay;
  private final Parameters parameters;
  private final float[] dense;
  private final float[][] tables;
  private final double[][] visited; // per table and row: log d₁···dₛ, s the last step it includes
  private final boolean[] spoiled; // per table: whether a mean is not finite
  private final double[] now = {0}; // log d₁···dₜ
  private double before; // the same up to the step before
  private float share; // 1-dₜ

  MovingAverage(double decay, Parameters parameters) {
    this.decay = decay;
    this.parameters = parameters;
    dense = new float[parameters.dense().length];
    tables = new float[parameters.tables().size()][];
    visited = new double[tables.length][];
    spoiled = new boolean[tables.length];
    for (int i = 0; i < tables.length; i++) {
      Parameters.Table table = parameters.tables().get(i);
      tables[i] = new float[table.values().length];
      visited[i] = new double[table.block().rows()];
    }
  }

  @Override
  public void begin() {
    System.arraycopy(parameters.dense(), 0, dense, 0, dense.length);
    for (int i = 0; i < tables.length; i++)
      System.arraycopy(parameters.tables().get(i).values(), 0, tables[i], 0, tables[i].length);
  }

  @Override
  void step(long t) {
    double kept = Math.min(decay, (1.0 + t) / (10.0 + t));
    share = (float) (1 - kept);
    before = now[0];
    now[0] += StrictMath.log(kept);
  }

  @Override
  void afterDense(int from, int to) {
    follow(dense, parameters.dense(), from, to);
  }

  @Override
  void beforeRow(int table, int row) {
    catchUp(table, row, before);
  }

  @Override
  void afterRow(int table, int row) {
    Parameters.Table t = parameters.tables().get(table);
    int ld = t.block().ld(), from = row * ld, to = from + ld;
    follow(tables[table], t.values(), from, to);
    if (!Sums.finite(tables[table], from, to)) spoiled[table] = true;
    visited[table][row] = now[0];
  }

  @Override
  boolean finite() {
    for (boolean s : spoiled) if (s) return false;
    return Sums.finite(dense, 0, dense.length);
  }

  /** One step, written so that an average equal to its weight stays as it is. */
  private void follow(float[] a, float[] w, int from, int to) {
    for (int i = from; i < to; i++) a[i] += share * (w[i] - a[i]);
  }

  /** The steps since the last visit to a row, in which its weights did not change. */
  private void catchUp(int table, int row, double time) {
    if (visited[table][row] == time) return;
    float kept = (float) StrictMath.exp(time - visited[table][row]);
    Parameters.Table t = parameters.tables().get(table);
    int ld = t.block().ld();
    float[] a = tables[table], w = t.values();
    for (int i = row * ld; i < (row + 1) * ld; i++) a[i] = w[i] + kept * (a[i] - w[i]);
    visited[table][row] = time;
  }

  @Override
  public boolean putIn(int epoch) {
    for (int table = 0; table < tables.length; table++)
      for (int row = 0; row < visited[table].length; row++) catchUp(table, row, now[0]);
    exchange();
    return true;
  }

  @Override
  public boolean takeOut() {
    exchange();
    return true;
  }

  private void exchange() {
    exchange(dense, parameters.dense());
    for (int i = 0; i < tables.length; i++)
      exchange(tables[i], parameters.tables().get(i).values());
  }

  private static void exchange(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      float kept = a[i];
      a[i] = b[i];
      b[i] = kept;
    }
  }

  @Override
  public List<float[]> weights() {
    List<float[]> all = new ArrayList<>(List.of(dense));
    all.addAll(List.of(tables));
    return all;
  }

  @Override
  public List<double[]> clocks() {
    List<double[]> all = new ArrayList<>(List.of(now));
    all.addAll(List.of(visited));
    return all;
  }
}
