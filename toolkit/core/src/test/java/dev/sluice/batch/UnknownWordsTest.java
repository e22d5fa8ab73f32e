package dev.sluice.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Which words an epoch hides: singletons alone, at their rate, whoever stands beside them. */
class UnknownWordsTest {
  private static final int UNKNOWN = 0;

  @Test
  void onlySingletonsAreShownAsUnknownAtTheirRate() {
    Example[] all = BatchTest.random(Seeds.of(504), 500, 40, 1);
    Example[] shown = UnknownWords.replace(all, List.of(id -> id % 2 == 1), 0.3, UNKNOWN, 7, 4);
    int singletons = 0, replaced = 0;
    for (int n = 0; n < all.length; n++) {
      int[] was = all[n].inputs()[0], is = shown[n].inputs()[0];
      for (int t = 0; t < was.length; t++) {
        if (was[t] % 2 == 1) singletons++;
        if (is[t] == was[t]) continue;
        assertEquals(1, was[t] % 2);
        assertEquals(UNKNOWN, is[t]);
        replaced++;
      }
      assertEquals(all[n].id(), shown[n].id());
      assertArrayEquals(all[n].labels(), shown[n].labels());
      assertArrayEquals(all[n].intents(), shown[n].intents());
    }
    assertEquals(0.3, (double) replaced / singletons, 0.03);
  }

  /** A word that several inputs see is hidden from all of those that may lose it, at the same places, and stays for the others. */
  @Test
  void inputsThatSeeTheSameWordLoseItTogetherAndOthersKeepTheirs() {
    Example[] all = BatchTest.random(Seeds.of(506), 80, 30, 3);
    for (int n = 0; n < all.length; n++) {
      int[][] inputs = all[n].inputs().clone();
      inputs[2] = inputs[0]; // the first and the third see the same
      all[n] = all[n].withInputs(inputs);
    }
    IntPredicate odd = id -> id % 2 == 1;
    Example[] shown = UnknownWords.replace(all, Arrays.asList(odd, null, odd), 0.5, UNKNOWN, 7, 4);
    boolean any = false;
    for (int n = 0; n < all.length; n++) {
      assertArrayEquals(shown[n].inputs()[0], shown[n].inputs()[2]);
      assertSame(all[n].inputs()[1], shown[n].inputs()[1]);
      any |= !Arrays.equals(all[n].inputs()[0], shown[n].inputs()[0]);
    }
    assertTrue(any, Seeds::describe);
    assertArrayEquals(
        all, UnknownWords.replace(all, Arrays.asList(null, null, null), 0.5, UNKNOWN, 7, 4));
  }

  @Test
  void whichWordsAreHiddenIsAFunctionOfSeedEpochAndSentence() {
    Example[] all = BatchTest.random(Seeds.of(505), 60, 20, 1);
    String once = hidden(all, 0.5, 7, 4);
    assertEquals(once, hidden(all, 0.5, 7, 4));
    assertFalse(once.equals(hidden(all, 0.5, 7, 5)), "another epoch");
    assertFalse(once.equals(hidden(all, 0.5, 8, 4)), "another seed");
    Example[] one = {all[17]}; // alone, a sentence loses the same words
    assertArrayEquals(
        UnknownWords.replace(all, List.of(id -> true), 0.5, UNKNOWN, 7, 4)[17].inputs()[0],
        UnknownWords.replace(one, List.of(id -> true), 0.5, UNKNOWN, 7, 4)[0].inputs()[0]);
    assertEquals(hidden(all, 0, 1, 1), hidden(all, 0, 2, 2), "rate 0 hides nothing");
  }

  private static String hidden(Example[] all, double rate, long seed, int epoch) {
    StringBuilder s = new StringBuilder();
    for (Example e : UnknownWords.replace(all, List.of(id -> true), rate, UNKNOWN, seed, epoch))
      s.append(Arrays.toString(e.inputs()[0]));
    return s.toString();
  }
}
