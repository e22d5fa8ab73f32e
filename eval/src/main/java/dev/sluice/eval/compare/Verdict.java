package dev.sluice.eval.compare;

import dev.sluice.eval.statistics.PairedUnits;
import dev.sluice.eval.statistics.SeedComparison;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a difference is more than chance, in one sentence.
 *
 * @param kind the answer
 * @param sentence the answer in words, with the numbers behind it
 */
record Verdict(Kind kind, String sentence) {
  /** With five paired seeds no test can give less than 2/2⁵, which is when every seed agrees. */
  private static final int FEWEST_SEEDS = 5;

  /** A p below this is small. */
  static final double ALPHA = 0.05;

  /** The answers. */
  enum Kind {
    /** More than chance explains. */
    REAL,
    /** Less than trainings of one config differ by their seed. */
    BELOW_SEED_NOISE,
    /** The data, or the seeds, are too few to tell. */
    UNKNOWN
  }

  /**
   * Judges.
   *
   * @param better the name of the system with the higher score
   * @param other the name of the other one
   * @param points by how much it is higher, in points of a percent
   * @param interval the interval of the difference over data, in words
   * @param p of the randomisation test over units, corrected when there are several comparisons
   * @param tests how many comparisons it is corrected for
   * @param differing in how many units the systems differ
   * @param unit what a unit is, such as sentence
   * @param seeds the comparison over seeds, where both sides have some
   * @param count the smaller number of seeds of the two
   */
  static Verdict of(
      String better,
      String other,
      double points,
      String interval,
      double p,
      int tests,
      long differing,
      String unit,
      Optional<SeedComparison> seeds,
      int count) {
    String lead =
        String.format(
            Locale.ROOT,
            "%s is %.2f points above %s (%s, p %s%s)",
            better,
            points,
            other,
            interval,
            p(p),
            tests > 1 ? " after Holm over " + tests + " pairs" : "");
    if (points == 0) return new Verdict(Kind.UNKNOWN, better + " and " + other + " score the same");
    boolean few = differing < PairedUnits.FEW_DIFFERING;
    String only =
        "they differ in " + differing + " " + unit + (differing == 1 ? "" : "s") + " only";
    if (seeds.isPresent()) {
      Verdict verdict = overSeeds(lead, p, seeds.get(), count);
      return few ? new Verdict(verdict.kind, verdict.sentence + "; " + only) : verdict;
    }
    if (p >= ALPHA)
      return new Verdict(
          Kind.UNKNOWN, lead + ": unknown, " + (few ? only : "chance explains as much"));
    return new Verdict(
        Kind.REAL,
        lead
            + ": real for these runs on data like this; single runs do not tell what another seed would give"
            + (few ? ", and " + only : ""));
  }

  private static Verdict overSeeds(String lead, double p, SeedComparison seeds, int count) {
    String scatter = String.format(Locale.ROOT, "%.2f", seeds.pooledDeviation());
    if (seeds.belowSeedNoise())
      return new Verdict(
          Kind.BELOW_SEED_NOISE,
          lead + ": below seed noise, single trainings scatter by " + scatter);
    double least = seeds.paired() ? Math.max(ALPHA, StrictMath.pow(2, 1 - count)) : ALPHA;
    double bySeed = seeds.permutations().p();
    boolean enough = count >= FEWEST_SEEDS && bySeed <= least && p < ALPHA;
    if (enough)
      return new Verdict(
          Kind.REAL,
          lead
              + ": real, also over "
              + count
              + " seeds (p "
              + p(bySeed)
              + ", scatter "
              + scatter
              + ")");
    String why =
        count < FEWEST_SEEDS
            ? count + " seeds are too few, train " + FEWEST_SEEDS
            : p >= ALPHA
                ? "other sentences might turn it round"
                : "over seeds chance explains as much (p " + p(bySeed) + ")";
    return new Verdict(Kind.UNKNOWN, lead + ": unknown, " + why);
  }

  /** A probability for people. */
  static String p(double p) {
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", p);
  }
}
