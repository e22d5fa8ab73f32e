package dev.sluice.optimizer;

/** The rate over time, as a function of the epochs done so far, fractions included. */
public final class Schedule {
  private final ScheduleConfig config;
  private final double rate;
  private final int epochs;

  /**
   * A schedule.
   *
   * @param rate the base rate
   * @param epochs the most epochs there will be, where a cosine ends
   */
  public Schedule(ScheduleConfig config, double rate, int epochs) {
    this.config = config;
    this.rate = rate;
    this.epochs = epochs;
  }

  /** The rate after {@code done} epochs, such as 2.5 in the middle of the third. */
  public double rate(double done) {
    double warm = config.warmup();
    if (done < warm) return rate * Math.max(done, 1e-3 * warm) / warm;
    if (config instanceof ScheduleConfig.Step s)
      return rate * StrictMath.pow(s.factor(), Math.floor(done / s.every()));
    if (config instanceof ScheduleConfig.Cosine c) {
      double share = Math.min(1, (done - warm) / Math.max(1e-9, epochs - warm));
      return rate * (c.floor() + (1 - c.floor()) * 0.5 * (1 + StrictMath.cos(Math.PI * share)));
    }
    return rate;
  }
}
