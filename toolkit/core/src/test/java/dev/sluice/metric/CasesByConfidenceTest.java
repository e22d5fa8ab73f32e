package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.metric.CasesByConfidence.Group;
import dev.sluice.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Few cases are kept as they are, many in cells that are narrow where confidences crowd: at 0 and 1. */
class CasesByConfidenceTest {
  private static final int UNIT = CasesByConfidence.UNIT;

  @Test
  void equalConfidencesStandTogetherFromTheLowestToTheHighest() {
    CasesByConfidence cases = new CasesByConfidence();
    cases.add(UNIT, true);
    cases.add(7, false);
    cases.add(0, false);
    cases.add(7, true);
    assertEquals(
        List.of(new Group(0, 1, 0), new Group(7, 2, 1), new Group(UNIT, 1, 1)), cases.ascending());
  }

  @Test
  void confidencesOfManyCasesAreRoundedToAThousandthOfTheirDistanceFromTheNearerEnd() {
    SplittableRandom random = Seeds.next();
    CasesByConfidence many = many();
    for (int n = 0; n < 300; n++) {
      int distance = n < 32 ? UNIT / 2 >> n : 1 + random.nextInt(UNIT / 2 >> random.nextInt(28));
      if (distance == 0) continue;
      int confidence = random.nextBoolean() ? distance : UNIT - distance;
      CasesByConfidence cases = new CasesByConfidence();
      cases.merge(many);
      cases.add(confidence, true);
      List<Group> groups = cases.ascending();
      assertEquals(2, groups.size());
      Group group = groups.get(0).cases() == 1 ? groups.get(0) : groups.get(1);
      assertEquals(1, group.right());
      long off = Math.abs(group.confidence() - confidence);
      assertTrue(1000 * off <= distance, () -> confidence + " became " + group.confidence());
    }
  }

  /** More than are kept one by one, all of confidence 0. */
  private static CasesByConfidence many() {
    CasesByConfidence many = new CasesByConfidence();
    for (int n = 0; n <= CasesByConfidence.MOST; n++) many.add(0, false);
    return many;
  }

  @Test
  void neitherOrderNorDivisionOfManyCasesMatters() {
    SplittableRandom random = Seeds.next();
    int size = CasesByConfidence.MOST + 1000;
    int[] confidences = random.ints(size, 0, UNIT + 1).toArray();
    CasesByConfidence forth = new CasesByConfidence(), back = new CasesByConfidence();
    CasesByConfidence small = new CasesByConfidence(), large = new CasesByConfidence();
    for (int n = 0; n < size; n++) {
      forth.add(confidences[n], confidences[n] % 3 == 0);
      int last = confidences[size - 1 - n];
      back.add(last, last % 3 == 0);
      (n < 500 ? small : large).add(confidences[n], confidences[n] % 3 == 0);
    }
    small.merge(large);
    assertEquals(forth.ascending(), back.ascending());
    assertEquals(forth.ascending(), small.ascending());
    assertEquals(size, forth.ascending().stream().mapToLong(Group::cases).sum());
  }
}
