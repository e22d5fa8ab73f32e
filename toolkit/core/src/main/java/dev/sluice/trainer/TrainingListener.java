package dev.sluice.trainer;

/** Told what happens in training. Methods are called from the training thread and should return soon. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * After a batch.
   *
   * @param epoch the epoch, from 1
   * @param share how much of the epoch is done, 0 to 1
   * @param loss mean loss per token so far in this epoch
   * @param tokensPerSecond training speed in this epoch
   */
  default void batch(int epoch, double share, double loss, double tokensPerSecond) {}

  /** Something went not as it should, though training goes on, such as a checkpoint that was skipped. */
  default void warning(String what) {}

  /** After an epoch and its checkpoint. */
  default void epoch(EpochReport report) {}
}
