package dev.sluice.eval.statistics;

/**
 * Draws binomial numbers: how many of n trials succeed when each does with probability p. Exact up to the rounding of doubles, in a time that does not grow with n.
 * <pre>
 *   q = 1-p, for p ≤ 1/2; otherwise the failures are drawn instead
 *
 *   n·p &lt; 10   inversion: the first x with U &lt; f(0) + … + f(x),   f(0) = qⁿ,   f(x) = f(x-1)·(n-x+1)/x·p/q
 *   n·p ≥ 10   rejection: BTRS, a hat from the transformation k = ⌊(2a/(1/2-|U|) + b)·U + c⌋, accepted with probability proportional to f(k)/hat(k)
 * </pre>
 * Sources: Kachitvichyanukul and Schmeiser, Binomial random variate generation, CACM 31(2), 1988, algorithm BINV; Hörmann, The generation of binomial random variates,
 * Journal of Statistical Computation and Simulation 46, 1993, algorithm BTRS. Logarithms and powers are those of {@link StrictMath}, so every machine draws the same.
 */
final class Binomial {
  private static final double FEW = 10;

  /** With n·p below 10 more successes than this have a probability below 10⁻⁷⁰: a sign that rounding ate the last bits of U. */
  private static final long MOST_OF_FEW = 110;

  private static final double LOG_ROOT_TWO_PI = 0.91893853320467274178;
  private static final double[] SMALL_LOG_FACTORIALS = new double[10];

  static {
    double factorial = 1;
    for (int x = 1; x < SMALL_LOG_FACTORIALS.length; x++)
      SMALL_LOG_FACTORIALS[x] = StrictMath.log(factorial *= x);
  }

  private final double p;
  private final double q;
  private final boolean failures;
  private final double logQ;

  /** Trials that succeed with probability p in [0, 1]. */
  Binomial(double p) {
    if (!(p >= 0 && p <= 1))
      throw new IllegalArgumentException("probability " + p + ", expected 0 to 1");
    failures = p > 0.5;
    this.p = failures ? 1 - p : p;
    q = 1 - this.p;
    logQ = StrictMath.log1p(-this.p);
  }

  /** How many of n trials succeed. */
  long draw(Draws draws, long n) {
    long x = p == 0 || n == 0 ? 0 : n * p < FEW ? invert(draws, n) : reject(draws, n);
    return failures ? n - x : x;
  }

  private long invert(Draws draws, long n) {
    double odds = p / q;
    double none = StrictMath.exp(n * logQ);
    long most = Math.min(n, MOST_OF_FEW);
    while (true) {
      double u = draws.uniform();
      double f = none;
      for (long x = 0; x <= most; x++) {
        if (u < f) return x;
        u -= f;
        f *= odds * (n - x) / (x + 1);
      }
    }
  }

  /** The letters are the paper's. */
  private long reject(Draws draws, long n) {
    double root = Math.sqrt(n * p * q);
    double b = 1.15 + 2.53 * root;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double c = n * p + 0.5;
    double vr = 0.92 - 4.2 / b;
    while (true) {
      double u = draws.uniform() - 0.5;
      double v = draws.uniform();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + c);
      if (us >= 0.07 && v <= vr) return (long) k;
      if (!(k >= 0 && k <= n)) continue;
      double alpha = (2.83 + 5.1 / b) * root;
      if (StrictMath.log(v * alpha / (a / (us * us) + b)) <= logRatioToMode(n, (long) k))
        return (long) k;
    }
  }

  /** log f(k)/f(m) at the mode m = ⌊(n+1)·p⌋. */
  private double logRatioToMode(long n, long k) {
    long m = (long) ((n + 1) * p);
    return (k - m) * StrictMath.log(p / q)
        + logFactorial(m)
        + logFactorial(n - m)
        - logFactorial(k)
        - logFactorial(n - k);
  }

  /** log x!, by Stirling's series from 10 on; its error there is below 10⁻¹². */
  static double logFactorial(long x) {
    if (x < SMALL_LOG_FACTORIALS.length) return SMALL_LOG_FACTORIALS[(int) x];
    double y = x + 1;
    double z = 1 / (y * y);
    double series = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z / 1680))) / y;
    return (y - 0.5) * StrictMath.log(y) - y + LOG_ROOT_TWO_PI + series;
  }
}
