package dev.sluice.eval.statistics;

import dev.sluice.metric.Ratio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Where a score or a difference may well lie.
 *
 * @param low its lower end
 * @param high its upper end
 * @param level how often such intervals hold the true value, such as 0.95
 * @param undefined in how many resamples there was no score; they count nowhere else, and 0 where nothing was resampled
 */
public record Interval(double low, double high, double level, int undefined) {
  /** The usual level. */
  public static final double LEVEL = 0.95;

  /** Checks the order of the ends, the level in (0, 1) and the number. */
  public Interval {
    if (!(low <= high)) throw new IllegalArgumentException("from " + low + " to " + high);
    checkLevel(level);
    if (undefined < 0)
      throw new IllegalArgumentException(undefined + " resamples, expected at least 0");
  }

  /**
   * The percentile interval of resampled scores: of m scores in order the ones with rank ⌈m·α/2⌉ and ⌈m·(1-α/2)⌉, counted from 1, α = 1 - level. These are nearest
   * ranks, so both ends are scores that occurred. Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3.
   *
   * @param scores in any order; NaN where a resample has none
   * @param level in (0, 1); taken as the decimal number it is printed as
   * @return empty when no resample has a score
   */
  public static Optional<Interval> percentile(double[] scores, double level) {
    checkLevel(level);
    double[] sorted =
        Arrays.stream(scores).filter(score -> !Double.isNaN(score)).sorted().toArray();
    int m = sorted.length;
    if (m == 0) return Optional.empty();
    BigDecimal tail =
        BigDecimal.ONE.subtract(BigDecimal.valueOf(level)).divide(BigDecimal.valueOf(2));
    double low = sorted[rank(tail, m) - 1];
    double high = sorted[rank(BigDecimal.ONE.subtract(tail), m) - 1];
    return Optional.of(new Interval(low, high, level, scores.length - m));
  }

  private static int rank(BigDecimal share, int m) {
    return share.multiply(BigDecimal.valueOf(m)).setScale(0, RoundingMode.CEILING).intValueExact();
  }

  /**
   * The Wilson interval of a share, which is fit for few cases and for shares near 0 and 1.
   * <pre>
   *   p = part / n,   z the normal quantile of 1-α/2,   α = 1 - level
   *
   *   (p + z²/2n ± z·√(p·(1-p)/n + z²/4n²)) / (1 + z²/n)
   * </pre>
   * Source: Wilson 1927, Probable inference, the law of succession, and statistical inference, JASA 22.
   *
   * @param share such as {@link dev.sluice.metric.Counts#precision} of one type
   * @param level in (0, 1)
   * @return empty when there are no cases
   */
  public static Optional<Interval> wilson(Ratio share, double level) {
    checkLevel(level);
    if (share.whole() == 0) return Optional.empty();
    double n = share.whole();
    double p = share.part() / n;
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    double center = p + z * z / (2 * n);
    double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    double scale = 1 + z * z / n;
    double low = share.part() == 0 ? 0 : (center - half) / scale; // 0 and 1 without rounding
    double high = share.part() == share.whole() ? 1 : (center + half) / scale;
    return Optional.of(new Interval(low, high, level, 0));
  }

  static void checkLevel(double level) {
    if (!(level > 0 && level < 1))
      throw new IllegalArgumentException("level " + level + ", expected a number in (0, 1)");
  }
}
