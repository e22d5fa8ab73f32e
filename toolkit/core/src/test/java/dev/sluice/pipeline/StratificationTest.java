package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Stratification.Group;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every fold gets its share of every label. */
class StratificationTest {
  /** Groups of a sentence each, with labels of which the first are frequent and the last rare. */
  private static List<Group> random(SplittableRandom random, int sentences, int labels, int most) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      TreeSet<String> own = new TreeSet<>();
      int n = most == 1 ? 1 : random.nextInt(most + 1);
      for (int j = 0; j < n; j++) {
        double u = random.nextDouble();
        own.add("label" + (int) (labels * u * u));
      }
      groups.add(group(own.toArray(String[]::new)));
    }
    return groups;
  }

  private static Group group(String... labels) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (String label : labels) counts.put(label, 1);
    return new Group(1, counts);
  }

  /** How many sentences with each label lie in each fold; all sentences under the name "all". */
  private static Map<String, int[]> counts(List<Group> groups, int[] foldOf, int folds) {
    Map<String, int[]> counts = new TreeMap<>();
    for (int g = 0; g < foldOf.length; g++) {
      int fold = foldOf[g];
      counts.computeIfAbsent("all", a -> new int[folds])[fold] += groups.get(g).size();
      groups
          .get(g)
          .labels()
          .forEach((label, n) -> counts.computeIfAbsent(label, l -> new int[folds])[fold] += n);
    }
    return counts;
  }

  /** The largest distance from a fold's share, rounded down for more and up for less: 0 when every count is a neighbour of its share. */
  private static int distance(int[] counts) {
    int total = Arrays.stream(counts).sum(), worst = 0;
    for (int n : counts)
      worst = Math.max(worst, Math.abs(n * counts.length - total) / counts.length);
    return worst;
  }

  @RepeatedTest(50)
  void withOneLabelPerSentenceEveryShareIsExactToRounding() {
    SplittableRandom random = Seeds.next();
    int folds = 3 + random.nextInt(8);
    List<Group> groups = random(random, 20 + random.nextInt(300), 1 + random.nextInt(12), 1);
    counts(groups, Stratification.deal(groups, folds, random.nextLong()), folds)
        .forEach(
            (label, n) ->
                assertEquals(0, distance(n), label + Arrays.toString(n) + Seeds.describe()));
  }

  @RepeatedTest(50)
  void withUpToFiveLabelsPerSentenceEveryShareIsWithinOneOfItsRounding() {
    SplittableRandom random = Seeds.next();
    int folds = 3 + random.nextInt(8);
    List<Group> groups = random(random, 20 + random.nextInt(300), 1 + random.nextInt(30), 5);
    counts(groups, Stratification.deal(groups, folds, random.nextLong()), folds)
        .forEach(
            (label, n) ->
                assertTrue(distance(n) <= 1, label + Arrays.toString(n) + Seeds.describe()));
  }

  @RepeatedTest(20)
  void aLabelWithAsManySentencesAsThereAreFoldsStandsInEveryFold() {
    SplittableRandom random = Seeds.next();
    int folds = 3 + random.nextInt(8);
    List<Group> groups = random(random, 100, 6, 3);
    for (int i = 0; i < folds; i++) groups.add(random.nextInt(groups.size()), group("rare"));
    int[] rare =
        counts(groups, Stratification.deal(groups, folds, random.nextLong()), folds).get("rare");
    for (int n : rare) assertEquals(1, n, Arrays.toString(rare) + Seeds.describe());
  }

  /** Four sentences with a and b, two with a alone, two with b alone, two folds: by hand three with a and three with b in each. */
  @Test
  void labelsThatComeTogetherAreSpreadExactlyWhereTheyCanBe() {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < 4; i++) groups.add(group("a", "b"));
    for (int i = 0; i < 2; i++) {
      groups.add(group("a"));
      groups.add(group("b"));
    }
    for (long seed = 0; seed < 20; seed++) {
      Map<String, int[]> n = counts(groups, Stratification.deal(groups, 2, seed), 2);
      assertArrayEquals(new int[] {3, 3}, n.get("a"));
      assertArrayEquals(new int[] {3, 3}, n.get("b"));
      assertTrue(distance(n.get("all")) <= 1);
    }
  }

  @Test
  void groupsOfManySentencesAreEvenedOutByTheOthers() {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group(10, new TreeMap<>(Map.of("a", 10))));
    for (int i = 0; i < 20; i++) groups.add(group("a"));
    int[] counts = counts(groups, Stratification.deal(groups, 3, 7), 3).get("all");
    assertArrayEquals(new int[] {10, 10, 10}, counts);
  }

  @Test
  void theSameSeedDealsAlikeAndAnotherOtherwise() {
    List<Group> groups = random(Seeds.of(5), 100, 6, 3);
    int[] one = Stratification.deal(groups, 5, 1);
    assertArrayEquals(one, Stratification.deal(groups, 5, 1));
    assertFalse(Arrays.equals(one, Stratification.deal(groups, 5, 2)));
  }
}
