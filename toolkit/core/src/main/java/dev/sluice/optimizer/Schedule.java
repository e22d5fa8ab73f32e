package dev.sluice.optimizer;

/**
 * The rate over time, as a function of the epochs done so far, fractions included, and of the dev scores of those epochs. It holds nothing that could not be had
 * by telling a new one the same scores.
 */
public final class Schedule {
  private final ScheduleConfig config;
  private final double rate;
  private final int epochs;

  // what a plateau has seen
  private double best = Double.NEGATIVE_INFINITY;
  private int worse; // epochs since the best score or the last change
  private int changes;

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

  /** Tells the dev score of the next epoch, once for each. */
  public void scored(double dev) {
    if (!(config instanceof ScheduleConfig.Plateau p)) return;
    if (dev > best) {
      best = dev;
      worse = 0;
    } else if (++worse == p.patience()) {
      changes++;
      worse = 0;
    }
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
    if (config instanceof ScheduleConfig.Decay d)
      return rate / (1 + d.decay() * Math.floor(done)); // NCRF++, lr_decay in main.py
    if (config instanceof ScheduleConfig.Stages s) return rate * factor(s, done);
    if (config instanceof ScheduleConfig.Plateau p)
      return rate * StrictMath.pow(p.factor(), changes);
    return rate;
  }

  private static double factor(ScheduleConfig.Stages stages, double done) {
    int end = 0;
    for (int i = 0; i < stages.stages().size(); i++) {
      end += stages.stages().get(i).epochs();
      if (done < end) return stages.stages().get(i).factor();
    }
    return 1;
  }
}
