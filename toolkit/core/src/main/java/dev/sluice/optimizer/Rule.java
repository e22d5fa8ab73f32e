package dev.sluice.optimizer;

import dev.sluice.kernel.AdamKernel;
import dev.sluice.kernel.Kernels;

/**
 * How one optimizer changes weights, element by element. The numbers of a step that are the same for all elements are set by {@link #begin}.
 *
 * <p>Rows of a table that a batch does not touch stay as they are: neither momentum nor weight decay moves them, and their moments do not decay, until they
 * are touched again. The correction for the start of the moments counts all steps, not those of the row.
 */
abstract class Rule {
  /** How many moments each weight has, 0 to 2. */
  abstract int moments();

  /** Prepares step number {@code t}, counted from 1, with the given rate. */
  abstract void begin(long t, double rate);

  /** Changes weights [from, to) with the gradient times {@code scale}; the arrays m and v hold the moments of the same weights. */
  abstract void update(
      float[] w, float[] g, float[] m, float[] v, int from, int to, int shift, float scale);

  /** What has to be saved beside the moments to go on exactly; 1 when nothing. */
  double memory() {
    return 1;
  }

  /** Takes back what was saved. */
  void restore(double memory) {}

  /** xᵗ by squaring, the same everywhere; StrictMath.pow allocates. */
  static double power(double x, long t) {
    double result = 1, square = x;
    for (long rest = t; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) result *= square;
      square *= square;
    }
    return result;
  }

  static Rule of(OptimizerConfig config) {
    if (config instanceof OptimizerConfig.Sgd c) return new SgdRule((float) c.momentum());
    if (config instanceof OptimizerConfig.AdaGrad c) return new AdaGradRule((float) c.epsilon());
    if (config instanceof OptimizerConfig.RmsProp c)
      return new RmsPropRule((float) c.decay(), (float) c.epsilon());
    if (config instanceof OptimizerConfig.Adam c)
      return new AdamRule(c.beta1(), c.beta2(), c.epsilon(), 0);
    if (config instanceof OptimizerConfig.AdamW c)
      return new AdamRule(c.beta1(), c.beta2(), c.epsilon(), c.decay());
    if (config instanceof OptimizerConfig.Nadam c)
      return new NadamRule(c.beta1(), c.beta2(), c.epsilon());
    throw new IllegalArgumentException("no rule for " + config);
  }

  /** m ← μ·m + g, w ← w - η·m (Polyak 1964, in the form of Sutskever et al. 2013). */
  static final class SgdRule extends Rule {
    private final float momentum;
    private float rate;

    SgdRule(float momentum) {
      this.momentum = momentum;
    }

    @Override
    int moments() {
      return momentum == 0 ? 0 : 1;
    }

    @Override
    void begin(long t, double newRate) {
      rate = (float) newRate;
    }

    @Override
    void update(
        float[] w, float[] g, float[] m, float[] v, int from, int to, int shift, float scale) {
      if (momentum == 0) {
        for (int i = from; i < to; i++) w[i] -= rate * (g[i + shift] * scale);
        return;
      }
      for (int i = from; i < to; i++) {
        m[i] = momentum * m[i] + g[i + shift] * scale;
        w[i] -= rate * m[i];
      }
    }
  }

  /** v ← v + g², w ← w - η·g / (√v + ε) (Duchi et al. 2011). */
  static final class AdaGradRule extends Rule {
    private final float epsilon;
    private float rate;

    AdaGradRule(float epsilon) {
      this.epsilon = epsilon;
    }

    @Override
    int moments() {
      return 1;
    }

    @Override
    void begin(long t, double newRate) {
      rate = (float) newRate;
    }

    @Override
    void update(
        float[] w, float[] g, float[] m, float[] v, int from, int to, int shift, float scale) {
      for (int i = from; i < to; i++) {
        float d = g[i + shift] * scale;
        m[i] += d * d;
        w[i] -= rate * d / ((float) Math.sqrt(m[i]) + epsilon);
      }
    }
  }

  /** v ← ρ·v + (1-ρ)·g², w ← w - η·g / (√v + ε) (Tieleman and Hinton 2012). */
  static final class RmsPropRule extends Rule {
    private final float decay;
    private final float epsilon;
    private float rate;

    RmsPropRule(float decay, float epsilon) {
      this.decay = decay;
      this.epsilon = epsilon;
    }

    @Override
    int moments() {
      return 1;
    }

    @Override
    void begin(long t, double newRate) {
      rate = (float) newRate;
    }

    @Override
    void update(
        float[] w, float[] g, float[] m, float[] v, int from, int to, int shift, float scale) {
      for (int i = from; i < to; i++) {
        float d = g[i + shift] * scale;
        m[i] = decay * m[i] + (1f - decay) * (d * d);
        w[i] -= rate * d / ((float) Math.sqrt(m[i]) + epsilon);
      }
    }
  }

  /**
   * m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·(m/(1-β₁ᵗ)) / (√(v/(1-β₂ᵗ)) + ε) (Kingma and Ba 2015); with decay λ first w ← w - η·λ·w
   * (Loshchilov and Hutter 2019).
   */
  static final class AdamRule extends Rule {
    private final AdamKernel kernel = Kernels.create().adam();
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final double decay;
    private float rate;
    private float spread;
    private float keep;

    AdamRule(double beta1, double beta2, double epsilon, double decay) {
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.epsilon = (float) epsilon;
      this.decay = decay;
    }

    @Override
    int moments() {
      return 2;
    }

    @Override
    void begin(long t, double newRate) {
      rate = (float) (newRate / (1 - power(beta1, t)));
      spread = (float) (1 / Math.sqrt(1 - power(beta2, t)));
      keep = (float) (1 - newRate * decay);
    }

    @Override
    void update(
        float[] w, float[] g, float[] m, float[] v, int from, int to, int shift, float scale) {
      float b1 = (float) beta1,
          c1 = (float) (1 - beta1),
          b2 = (float) beta2,
          c2 = (float) (1 - beta2);
      kernel.update(
          w, g, m, v, from, to, shift, scale, b1, c1, b2, c2, keep, rate, spread, epsilon);
    }
  }

  /**
   * Adam that looks one step of momentum ahead (Dozat 2016): with μₜ = β₁(1 - 0.5·0.96^(t/250)) and Mₜ = μ₁···μₜ,
   * w ← w - η·(μₜ₊₁m/(1-Mₜ₊₁) + (1-μₜ)g/(1-Mₜ)) / (√(v/(1-β₂ᵗ)) + ε).
   */
  static final class NadamRule extends Rule {
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private double product = 1;
    private float momentRate;
    private float gradientRate;
    private float spread;

    NadamRule(double beta1, double beta2, double epsilon) {
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.epsilon = (float) epsilon;
    }

    private double momentum(long t) {
      return beta1 * (1 - 0.5 * StrictMath.pow(0.96, t / 250.0));
    }

    @Override
    int moments() {
      return 2;
    }

    @Override
    double memory() {
      return product;
    }

    @Override
    void restore(double memory) {
      product = memory;
    }

    @Override
    void begin(long t, double rate) {
      double now = momentum(t), next = momentum(t + 1);
      product *= now;
      momentRate = (float) (rate * next / (1 - product * next));
      gradientRate = (float) (rate * (1 - now) / (1 - product));
      spread = (float) (1 / Math.sqrt(1 - power(beta2, t)));
    }

    @Override
    void update(
        float[] w, float[] g, float[] m, float[] v, int from, int to, int shift, float scale) {
      float b1 = (float) beta1,
          c1 = (float) (1 - beta1),
          b2 = (float) beta2,
          c2 = (float) (1 - beta2);
      for (int i = from; i < to; i++) {
        float d = g[i + shift] * scale;
        m[i] = b1 * m[i] + c1 * d;
        v[i] = b2 * v[i] + c2 * (d * d);
        w[i] -=
            (momentRate * m[i] + gradientRate * d) / ((float) Math.sqrt(v[i]) * spread + epsilon);
      }
    }
  }
}
