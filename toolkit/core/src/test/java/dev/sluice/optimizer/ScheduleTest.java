package dev.sluice.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rates over time, at the points where the formulas can be read off. */
class ScheduleTest {

  @Test
  void aConstantRateStays() {
    Schedule s = new Schedule(new ScheduleConfig.Constant(0), 0.4, 10);
    for (double done : new double[] {0, 0.5, 9.99, 30}) assertEquals(0.4, s.rate(done));
  }

  @Test
  void warmUpRisesInAStraightLineAndNeverStandsAtZero() {
    Schedule s = new Schedule(new ScheduleConfig.Constant(2), 0.4, 10);
    assertTrue(s.rate(0) > 0 && s.rate(0) < 1e-3);
    assertEquals(0.1, s.rate(0.5), 1e-12);
    assertEquals(0.3, s.rate(1.5), 1e-12);
    assertEquals(0.4, s.rate(2), 1e-12);
    assertEquals(0.4, s.rate(7), 1e-12);
  }

  @Test
  void stepsMultiplyEverySoManyEpochs() {
    Schedule s = new Schedule(new ScheduleConfig.Step(0, 3, 0.5), 0.4, 10);
    assertEquals(0.4, s.rate(2.99), 1e-12);
    assertEquals(0.2, s.rate(3), 1e-12);
    assertEquals(0.2, s.rate(5.99), 1e-12);
    assertEquals(0.1, s.rate(6), 1e-12);
  }

  @Test
  void theCosineFallsFromTheRateThroughHalfToItsFloor() {
    Schedule s = new Schedule(new ScheduleConfig.Cosine(2, 0.1), 0.4, 10);
    assertEquals(0.2, s.rate(1), 1e-12);
    assertEquals(0.4, s.rate(2), 1e-12);
    assertEquals(0.04 + 0.36 / 2, s.rate(6), 1e-12);
    assertEquals(0.04, s.rate(10), 1e-12);
    assertEquals(0.04, s.rate(12), 1e-12);
    double last = s.rate(2);
    for (double done = 2.1; done < 10; done += 0.1) {
      assertTrue(s.rate(done) < last);
      last = s.rate(done);
    }
  }

  @Test
  void aCosineShorterThanItsWarmUpStaysFinite() {
    Schedule s = new Schedule(new ScheduleConfig.Cosine(5, 0), 0.4, 3);
    for (double done = 0; done < 8; done += 0.5) {
      assertTrue(s.rate(done) >= 0 && s.rate(done) <= 0.4, "after " + done);
    }
  }

  /** The rates of Reimers and Gurevych 2017: Adam with 0.01 for three epochs, 0.005 for three, then 0.001. */
  @Test
  void stagesMultiplyTheRateOfTheOptimizerWhichHoldsAfterTheLast() {
    var stages =
        new ScheduleConfig.Stages(
            List.of(new ScheduleConfig.Stage(3, 10), new ScheduleConfig.Stage(3, 5)));
    Schedule s = new Schedule(stages, 0.001, 10);
    assertEquals(0.01, s.rate(0), 1e-15);
    assertEquals(0.01, s.rate(2.99), 1e-15);
    assertEquals(0.005, s.rate(3), 1e-15);
    assertEquals(0.005, s.rate(5.99), 1e-15);
    assertEquals(0.001, s.rate(6), 1e-15);
    assertEquals(0.001, s.rate(60), 1e-15);
  }

  @Test
  void decayDividesByOneMoreShareAfterEveryEpoch() {
    Schedule s = new Schedule(new ScheduleConfig.Decay(1, 0.05), 0.015, 10);
    assertEquals(0.0075, s.rate(0.5), 1e-15);
    assertEquals(0.015 / 1.05, s.rate(1), 1e-15);
    assertEquals(0.015 / 1.05, s.rate(1.99), 1e-15);
    assertEquals(0.015 / 1.5, s.rate(10), 1e-15);
  }

  @Test
  void aPlateauCountsEpochsWithoutABetterScoreAfreshAfterEachChange() {
    Schedule s = new Schedule(new ScheduleConfig.Plateau(0, 2, 0.5), 0.4, 20);
    double[] dev = {0.3, 0.5, 0.5, 0.4, 0.5, 0.6, 0.1, 0.1, 0.1, 0.1};
    double[] rates = {0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.05};
    for (int epoch = 0; epoch < dev.length; epoch++) {
      s.scored(dev[epoch]);
      assertEquals(rates[epoch], s.rate(epoch + 1), 1e-15, "after epoch " + (epoch + 1));
    }
  }

  @Test
  void onlyAPlateauListensToScores() {
    Schedule s = new Schedule(new ScheduleConfig.Constant(0), 0.4, 10);
    for (int epoch = 0; epoch < 10; epoch++) s.scored(0);
    assertEquals(0.4, s.rate(10));
  }
}
