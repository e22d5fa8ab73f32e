package dev.sluice.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The batches of an epoch: every sentence once, in an order that seed and epoch decide. */
class EpochPlanTest {

  private static long[] ids(Example[][] plan) {
    return Arrays.stream(plan).flatMap(Arrays::stream).mapToLong(Example::id).toArray();
  }

  @RepeatedTest(30)
  void everySentenceStandsInExactlyOneBatch() {
    SplittableRandom random = Seeds.next();
    Example[] all = BatchTest.random(random, 1 + random.nextInt(500), 30, 1);
    int size = 1 + random.nextInt(40);
    Example[][] plan = EpochPlan.of(all, size, random.nextLong(), 3);
    long[] found = ids(plan);
    Arrays.sort(found);
    assertArrayEquals(Arrays.stream(all).mapToLong(Example::id).toArray(), found);
    assertEquals((all.length + size - 1) / size, plan.length);
    long full = Arrays.stream(plan).filter(b -> b.length == size).count();
    assertTrue(full >= plan.length - 1, "only one batch may be smaller");
    for (Example[] batch : plan) assertTrue(batch.length > 0);
  }

  @Test
  void aPlanIsAFunctionOfSeedAndEpoch() {
    Example[] all = BatchTest.random(Seeds.of(502), 300, 30, 1);
    Example[] before = all.clone();
    long[] plan = ids(EpochPlan.of(all, 16, 7, 1));
    assertArrayEquals(plan, ids(EpochPlan.of(all, 16, 7, 1)));
    assertFalse(Arrays.equals(plan, ids(EpochPlan.of(all, 16, 7, 2))), "another epoch");
    assertFalse(Arrays.equals(plan, ids(EpochPlan.of(all, 16, 8, 1))), "another seed");
    assertArrayEquals(before, all, "the examples stay in their order");
  }

  /** Sentences of a batch are about equally long: far closer than in a batch drawn at random. */
  @Test
  void batchesHoldSentencesOfLikeLength() {
    Example[] all = BatchTest.random(Seeds.of(503), 800, 40, 1);
    int spread = 0;
    Example[][] plan = EpochPlan.of(all, 16, 1, 1);
    for (Example[] batch : plan) {
      var lengths = Arrays.stream(batch).mapToInt(Example::length).summaryStatistics();
      spread += lengths.getMax() - lengths.getMin();
    }
    assertTrue((double) spread / plan.length < 3, "mean spread " + (double) spread / plan.length);
  }

  @Test
  void noExamplesGiveNoBatches() {
    assertEquals(0, EpochPlan.of(new Example[0], 16, 1, 1).length);
  }
}
