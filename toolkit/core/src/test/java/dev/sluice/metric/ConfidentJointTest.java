package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The confident joint, by hand and by its properties. */
class ConfidentJointTest {
  private static final List<String> LABELS = List.of("A", "B", "C");

  private static GivenLabels items(String given, float[][] p) {
    GivenLabels items = new GivenLabels();
    for (int n = 0; n < p.length; n++) items.add(n, given.substring(n, n + 1), LABELS, p[n], 0);
    return items;
  }

  /**
   * Nine items. The thresholds are A 2.85 / 5 = .57, B 1.7 / 3 = .5667 and C .1. Item 4 reaches that of C alone, though A is its most probable label; item 5
   * reaches none, so a row of four counts for five items.
   */
  @Test
  void aSmallJointIsThatWorkedOutByHand() {
    ConfidentJoint joint =
        ConfidentJoint.of(
            items(
                "AAAAABBBC",
                new float[][] {
                  {.90f, .10f, 0}, // A
                  {.80f, .20f, 0}, // A
                  {.10f, .90f, 0}, // B: suspect
                  {.55f, .30f, .15f}, // C, not a suspect
                  {.50f, .46f, .04f}, // none
                  {.20f, .80f, 0}, // B
                  {.40f, .60f, 0}, // B
                  {.70f, .30f, 0}, // A: suspect
                  {.85f, .05f, .10f} // A: suspect
                }));
    assertEquals(.57, joint.thresholds().get("A"), 1e-7);
    assertEquals(1.7 / 3, joint.thresholds().get("B"), 1e-7);
    assertEquals(.1, joint.thresholds().get("C"), 1e-7);
    assertEquals(
        Map.of(
            "A", Map.of("A", 2L, "B", 1L, "C", 1L),
            "B", Map.of("A", 1L, "B", 2L),
            "C", Map.of("A", 1L)),
        joint.counts());
    assertEquals(2.5, joint.calibrated("A", "A"));
    assertEquals(1.25, joint.calibrated("A", "B"));
    assertEquals(1.25, joint.calibrated("A", "C"));
    assertEquals(1, joint.calibrated("B", "A"));
    assertEquals(1, joint.calibrated("C", "A"));
    assertEquals(0, joint.calibrated("C", "B"));
    assertEquals(4.5, joint.estimate());
    assertEquals(
        List.of(
            new ConfidentJoint.Suspect(2, "A", .10f, "B", .90f),
            new ConfidentJoint.Suspect(8, "C", .10f, "A", .85f),
            new ConfidentJoint.Suspect(7, "B", .30f, "A", .70f)),
        joint.suspects());
  }

  /** A label that a model has never seen says nothing about the label; that one model lacks a label is no hindrance to the other. */
  @Test
  void whatAModelDoesNotKnowIsCountedButNotJudged() {
    GivenLabels items = new GivenLabels();
    items.add(0, "A", List.of("B", "A"), new float[] {.25f, .75f}, 0);
    items.add(1, "C", List.of("B", "A"), new float[] {.25f, .75f}, 0);
    items.add(2, "C", List.of("C", "A"), new float[] {0, 0, .125f, .875f}, 2);
    ConfidentJoint joint = ConfidentJoint.of(items);
    assertEquals(2, joint.items());
    assertEquals(1, joint.unjudged());
    assertEquals(List.of(new ConfidentJoint.Suspect(2, "C", .125, "A", .875)), joint.suspects());
  }

  @Test
  void nothingHasAnEmptyJoint() {
    ConfidentJoint joint = ConfidentJoint.of(new GivenLabels());
    assertEquals(Map.of(), joint.counts());
    assertEquals(0, joint.estimate());
    assertEquals(List.of(), joint.suspects());
  }

  /** The definition once more, with a table of all probabilities and one loop after the other. */
  @RepeatedTest(200)
  void theJointIsThatOfTheDefinitionAndNeverEstimatesFewerThanItLists() {
    SplittableRandom random = Seeds.next();
    int N = 1 + random.nextInt(200), L = LABELS.size();
    float[][] p = new float[N][L];
    StringBuilder given = new StringBuilder();
    for (float[] row : p) {
      double sum = 0;
      double[] x = new double[L];
      for (int j = 0; j < L; j++) sum += x[j] = Math.pow(random.nextDouble(), 3);
      for (int j = 0; j < L; j++) row[j] = (float) (x[j] / sum);
      given.append(LABELS.get(random.nextInt(L)));
    }
    double[] t = new double[L];
    long[] n = new long[L];
    for (int i = 0; i < N; i++) {
      int g = given.charAt(i) - 'A';
      n[g]++;
      t[g] += p[i][g];
    }
    for (int j = 0; j < L; j++) t[j] /= n[j];
    long[][] joint = new long[L][L];
    List<Long> suspects = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      int g = given.charAt(i) - 'A', best = -1, top = 0;
      for (int j = 0; j < L; j++) {
        if (p[i][j] > p[i][top]) top = j;
        if (p[i][j] >= t[j] && (best < 0 || p[i][j] > p[i][best])) best = j;
      }
      if (best < 0) continue;
      joint[g][best]++;
      if (best != g && top != g) suspects.add((long) i);
    }
    ConfidentJoint found = ConfidentJoint.of(items(given.toString(), p));
    for (int i = 0; i < L; i++) {
      for (int j = 0; j < L; j++) {
        assertEquals(
            joint[i][j],
            found
                .counts()
                .getOrDefault(LABELS.get(i), new java.util.TreeMap<>())
                .getOrDefault(LABELS.get(j), 0L));
      }
    }
    assertEquals(
        suspects, found.suspects().stream().map(ConfidentJoint.Suspect::key).sorted().toList());
    assertTrue(found.estimate() >= suspects.size() - 1e-9, Seeds::describe);
    double before = 0;
    for (ConfidentJoint.Suspect suspect : found.suspects()) {
      assertTrue(suspect.confidence() >= before);
      assertTrue(suspect.probability() < 1 && !suspect.given().equals(suspect.suggested()));
      before = suspect.confidence();
    }
  }
}
