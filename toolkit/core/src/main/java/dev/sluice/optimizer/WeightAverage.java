package dev.sluice.optimizer;

import dev.sluice.network.Network;
import java.util.List;

/**
 * A mean over time of the weights of a network in training. It never changes what is trained: {@link #putIn} puts the mean where the network has its weights, to
 * be scored and copied, and {@link #takeOut} brings the trained weights back, bit for bit. When either says so, the network has to be packed.
 *
 * <p>{@link MovingAverage} follows every step with weights that fade with age; {@link CheckpointAverage} takes whole epochs, each with the same weight.
 */
public abstract class WeightAverage {

  WeightAverage() {}

  /** The average that a config asks for, of the weights of a network. */
  public static WeightAverage of(AverageConfig config, Network network) {
    if (config instanceof AverageConfig.Ema c)
      return new MovingAverage(c.decay(), network.parameters());
    if (config instanceof AverageConfig.Checkpoints c)
      return new CheckpointAverage(c.epochs(), network.parameters());
    return new None();
  }

  /** Begins with the weights as they are before the first step. */
  public void begin() {}

  /** Before step number {@code t}, counted from 1, changes anything. */
  void step(long t) {}

  /** After the step has changed the dense weights [from, to). Pieces may come from several threads. */
  void afterDense(int from, int to) {}

  /** Before the step changes a row of a table. Rows may come from several threads, each from one. */
  void beforeRow(int table, int row) {}

  /** After the step has changed a row of a table. */
  void afterRow(int table, int row) {}

  /** Whether the means that steps have changed are finite numbers. */
  boolean finite() {
    return true;
  }

  /**
   * Puts the mean where the network has its weights; once per epoch.
   *
   * @param epoch the number of the epoch that has just ended, from 1
   * @return whether the network's weights are others now
   */
  public boolean putIn(int epoch) {
    return false;
  }

  /**
   * Puts the trained weights back.
   *
   * @return whether the network's weights are others now
   */
  public boolean takeOut() {
    return false;
  }

  /** Weights that have to be saved, while the trained ones are in place, to go on exactly: arrays of its own, to be filled again. */
  public List<float[]> weights() {
    return List.of();
  }

  /** What else has to be saved, likewise. */
  public List<double[]> clocks() {
    return List.of();
  }

  /** No average: the weights are their own. */
  private static final class None extends WeightAverage {}
}
