package dev.sluice.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.kernel.Workers;
import org.junit.jupiter.api.Test;

/** Three steps of every optimizer on one weight, worked out from the formulas of the papers. */
class OptimizerRulesTest {
  private static final double START = 0.5;
  private static final double[] G = {0.4, -0.1, 0.25};
  private static final double RATE = 0.1;
  private static final double EPSILON = 1e-3; // large enough to be seen where it stands

  /** Runs three steps and compares the weight after each. */
  private static void follows(OptimizerConfig config, double... expected) {
    try (Workers workers = new Workers(1)) {
      HandMadeGradient one = new HandMadeGradient(config, HandMadeGradient.NO_LIMIT, workers);
      int at = one.at("tokens.weight");
      one.dense()[at] = (float) START;
      for (int t = 0; t < G.length; t++) {
        one.ws.gradient()[at] = (float) G[t];
        assertEquals(Math.abs(G[t]), one.step(config.rate()), 1e-7, "norm");
        assertEquals(expected[t], one.dense()[at], 3e-7, config + " after step " + (t + 1));
      }
      assertEquals(3, one.optimizer.steps());
      assertEquals(0, one.optimizer.clipped());
    }
  }

  @Test
  void sgdSubtractsTheGradientTimesTheRate() {
    follows(new OptimizerConfig.Sgd(RATE, 0), 0.46, 0.47, 0.445);
  }

  @Test
  void momentumKeepsAShareOfTheLastStep() {
    // velocity 0.4; 0.9·0.4 - 0.1 = 0.26; 0.9·0.26 + 0.25 = 0.484
    follows(new OptimizerConfig.Sgd(RATE, 0.9), 0.46, 0.434, 0.3856);
  }

  @Test
  void adaGradDividesByTheRootOfTheSumOfSquares() {
    double w1 = START - RATE * 0.4 / (0.4 + EPSILON);
    double w2 = w1 + RATE * 0.1 / (Math.sqrt(0.16 + 0.01) + EPSILON);
    double w3 = w2 - RATE * 0.25 / (Math.sqrt(0.16 + 0.01 + 0.0625) + EPSILON);
    follows(new OptimizerConfig.AdaGrad(RATE, EPSILON), w1, w2, w3);
  }

  @Test
  void rmsPropDividesByARunningRootMeanSquare() {
    double v1 = 0.1 * 0.16, v2 = 0.9 * v1 + 0.1 * 0.01, v3 = 0.9 * v2 + 0.1 * 0.0625;
    double w1 = START - RATE * 0.4 / (Math.sqrt(v1) + EPSILON);
    double w2 = w1 + RATE * 0.1 / (Math.sqrt(v2) + EPSILON);
    double w3 = w2 - RATE * 0.25 / (Math.sqrt(v3) + EPSILON);
    follows(new OptimizerConfig.RmsProp(RATE, 0.9, EPSILON), w1, w2, w3);
  }

  // moments with β₁ = 0.8 and β₂ = 0.9, for Adam and its children
  private static final double M1 = 0.2 * 0.4;
  private static final double M2 = 0.8 * M1 - 0.2 * 0.1;
  private static final double M3 = 0.8 * M2 + 0.2 * 0.25;
  private static final double V1 = 0.1 * 0.16;
  private static final double V2 = 0.9 * V1 + 0.1 * 0.01;
  private static final double V3 = 0.9 * V2 + 0.1 * 0.0625;

  // √(v/(1-β₂ᵗ)) + ε
  private static final double ROOT1 = Math.sqrt(V1 / 0.1) + EPSILON;
  private static final double ROOT2 = Math.sqrt(V2 / 0.19) + EPSILON;
  private static final double ROOT3 = Math.sqrt(V3 / 0.271) + EPSILON;

  // m/(1-β₁ᵗ)
  private static final double MEAN1 = M1 / 0.2;
  private static final double MEAN2 = M2 / 0.36;
  private static final double MEAN3 = M3 / 0.488;

  @Test
  void adamCorrectsBothMomentsForTheirStart() {
    double w1 = START - RATE * MEAN1 / ROOT1;
    double w2 = w1 - RATE * MEAN2 / ROOT2;
    double w3 = w2 - RATE * MEAN3 / ROOT3;
    follows(new OptimizerConfig.Adam(RATE, 0.8, 0.9, EPSILON), w1, w2, w3);
  }

  @Test
  void adamWTakesItsDecayFromTheWeightAndNotFromTheGradient() {
    double keep = 1 - RATE * 0.2;
    double w1 = keep * START - RATE * MEAN1 / ROOT1;
    double w2 = keep * w1 - RATE * MEAN2 / ROOT2;
    double w3 = keep * w2 - RATE * MEAN3 / ROOT3;
    follows(new OptimizerConfig.AdamW(RATE, 0.8, 0.9, EPSILON, 0.2), w1, w2, w3);
  }

  @Test
  void nadamLooksAheadAlongItsMomentum() {
    double[] mu = new double[5]; // μₜ = β₁(1 - 0.96^(t/250)/2)
    for (int t = 1; t < mu.length; t++) mu[t] = 0.8 * (1 - 0.5 * Math.pow(0.96, t * 0.004));
    double p1 = mu[1], p2 = p1 * mu[2], p3 = p2 * mu[3], p4 = p3 * mu[4];
    double ahead1 = mu[2] * M1 / (1 - p2) + (1 - mu[1]) * G[0] / (1 - p1);
    double ahead2 = mu[3] * M2 / (1 - p3) + (1 - mu[2]) * G[1] / (1 - p2);
    double ahead3 = mu[4] * M3 / (1 - p4) + (1 - mu[3]) * G[2] / (1 - p3);
    double w1 = START - RATE * ahead1 / ROOT1;
    double w2 = w1 - RATE * ahead2 / ROOT2;
    double w3 = w2 - RATE * ahead3 / ROOT3;
    follows(new OptimizerConfig.Nadam(RATE, 0.8, 0.9, EPSILON), w1, w2, w3);
  }

  /** The first step of Adam has the length of the rate, whatever the size of the gradient. */
  @Test
  void theFirstStepOfAdamIsTheRate() {
    try (Workers workers = new Workers(1)) {
      for (float g : new float[] {1e-3f, 1, 1e4f}) {
        HandMadeGradient one =
            new HandMadeGradient(
                new OptimizerConfig.Adam(RATE, 0.9, 0.999, 1e-8),
                HandMadeGradient.NO_LIMIT,
                workers);
        int at = one.at("tokens.bias");
        one.ws.gradient()[at] = g;
        one.step(RATE);
        assertEquals(-RATE, one.dense()[at], 2e-6);
      }
    }
  }

  @Test
  void powersOfTheDecaysAreThoseOfStrictMath() {
    for (double x : new double[] {0, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
      for (long t = 1; t < 20_000; t += 1 + t / 50) {
        double exact = StrictMath.pow(x, t);
        assertEquals(exact, Rule.power(x, t), 1e-15 * t * exact, x + " to the power of " + t);
        assertEquals((float) (1 - exact), (float) (1 - Rule.power(x, t)), x + ", step " + t);
      }
    }
  }
}
