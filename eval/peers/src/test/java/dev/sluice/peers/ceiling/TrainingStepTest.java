package dev.sluice.peers.ceiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.peers.Work;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of training by hand; shares of a ceiling are worth what it is worth. */
class TrainingStepTest {

  /**
   * At hidden 200, for one token and direction: input 2·130·800, recurrence 2·200·800, for both directions labels 2·400·50. Thrice each, for the way forward and two gradients, but the recurrence and
   * the gradient of its input for 19 of 20 tokens.
   */
  @Test
  void tokenAtHidden200CostsWhatItCostsByHand() {
    double input = 208_000, recurrence = 320_000, labels = 40_000;
    double byHand = 2 * (3 * input + recurrence + 2 * recurrence * 19 / 20) + 3 * labels;
    assertEquals(3_224_000, byHand);
    assertEquals(byHand, TrainingStep.flopPerToken(Work.of(200)));
  }

  /** A weight of a matrix takes part in a multiply-add forward and in two backward, for every token; those of the recurrence in one where there is no state before. */
  @ParameterizedTest
  @ValueSource(ints = {100, 200, 256})
  void flopsFollowFromTheNumberOfWeights(int hidden) {
    long recurrent = 2L * hidden * 4 * hidden;
    long weights = recurrent + 2L * 130 * 4 * hidden + 2L * hidden * 50;
    double byWeights = 6.0 * weights - 4.0 * recurrent / 20;
    assertEquals(byWeights, TrainingStep.flopPerToken(Work.of(hidden)), 1e-6);
  }

  @Test
  void productsAreThoseOfTheLayersAsOftenAsAStepHasThem() {
    assertEquals(
        List.of(
            "2 × input, forward: 640 × 400 × 130",
            "38 × recurrence, forward: 32 × 400 × 100",
            "1 × labels, forward: 640 × 50 × 200",
            "2 × input, gradient of the input: 640 × 130 × 400",
            "38 × recurrence, gradient of the input: 32 × 100 × 400",
            "1 × labels, gradient of the input: 640 × 200 × 50",
            "2 × input, gradient of the weights: 130 × 400 × 640",
            "2 × recurrence, gradient of the weights: 100 × 400 × 640",
            "1 × labels, gradient of the weights: 200 × 50 × 640"),
        TrainingStep.products(Work.of(100)).stream()
            .map(p -> p.times() + " × " + p.title())
            .toList());
    assertEquals(
        "input of a second layer, forward: 640 × 400 × 200",
        TrainingStep.secondInput(Work.of(100)).get(0).title());
  }
}
