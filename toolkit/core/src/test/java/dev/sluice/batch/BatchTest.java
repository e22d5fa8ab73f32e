package dev.sluice.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The ragged, time-major layout on random lengths. */
class BatchTest {
  private final Batch reused = new Batch();

  static Example[] random(SplittableRandom random, int count, int longest, int inputs) {
    Example[] examples = new Example[count];
    for (int n = 0; n < count; n++) {
      int length = 1 + random.nextInt(longest);
      int[][] ids = new int[inputs][];
      for (int k = 0; k < inputs; k++) ids[k] = random.ints(length, 0, 1000).toArray();
      int[] labels = random.nextInt(4) == 0 ? new int[0] : random.ints(length, 0, 9).toArray();
      examples[n] =
          new Example(
              100 + n,
              ids,
              spellings(random, length),
              labels,
              random.ints(random.nextInt(3), 0, 5).toArray());
    }
    return examples;
  }

  private static Spelling[] spellings(SplittableRandom random, int words) {
    Spelling[] spellings = new Spelling[words];
    for (int t = 0; t < words; t++)
      spellings[t] = new Spelling(random.ints(1 + random.nextInt(3), 0, 3).toArray());
    return spellings;
  }

  @RepeatedTest(100)
  void everyTokenOfEverySentenceHasItsOwnRow() {
    SplittableRandom random = Seeds.next();
    for (int round = 0; round < 5; round++) { // one batch, filled again and again
      int inputs = 1 + random.nextInt(2);
      Example[] all = random(random, 1 + random.nextInt(40), 1 + random.nextInt(20), inputs);
      int from = random.nextInt(all.length), stride = 1 + random.nextInt(4);
      int end = from + 1 + random.nextInt(all.length - from);
      reused.fill(all, from, stride, end);
      check(all, from, stride, end, inputs);
    }
  }

  private void check(Example[] all, int from, int stride, int end, int inputs) {
    BitSet places = new BitSet(), rows = new BitSet();
    int tokens = 0;
    for (int i = 0; i < reused.sentences(); i++) {
      int given = from + reused.place(i) * stride;
      assertTrue(given < end);
      places.set(reused.place(i));
      Example e = reused.example(i);
      assertSame(all[given], e);
      assertEquals(e.length(), reused.length(i));
      tokens += e.length();
      if (i > 0) {
        assertTrue(reused.length(i) <= reused.length(i - 1), "longest first");
        if (reused.length(i) == reused.length(i - 1))
          assertTrue(reused.place(i) > reused.place(i - 1), "equal lengths keep their order");
      }
      for (int t = 0; t < e.length(); t++) {
        assertTrue(i < reused.live(t));
        int row = reused.start(t) + i;
        rows.set(row);
        for (int k = 0; k < inputs; k++)
          assertEquals(e.inputs()[k][t], reused.ids(k)[row], Seeds.describe());
        assertEquals(e.labels().length == 0 ? -1 : e.labels()[t], reused.labels()[row]);
      }
    }
    checkSpellings();
    assertEquals((end - from + stride - 1) / stride, places.cardinality());
    assertEquals(tokens, reused.rows());
    assertEquals(tokens, rows.cardinality(), "no two tokens share a row");
    assertEquals(tokens, rows.length(), "no row is padding");
    assertEquals(reused.length(0), reused.steps());
    for (int t = 1; t < reused.steps(); t++) {
      assertEquals(reused.start(t - 1) + reused.live(t - 1), reused.start(t));
      assertTrue(reused.live(t) <= reused.live(t - 1) && reused.live(t) > 0);
    }
  }

  /** Every row leads to the letters of its word, and no word stands there twice. */
  private void checkSpellings() {
    Spellings words = reused.spellings();
    Set<Spelling> seen = new HashSet<>();
    for (int i = 0; i < reused.sentences(); i++) {
      for (int t = 0; t < reused.length(i); t++) {
        Spelling word = reused.example(i).spellings()[t];
        seen.add(word);
        int number = words.wordOf()[reused.row(t, i)];
        assertEquals(word.length(), words.layout().length(number), Seeds.describe());
        for (int c = 0; c < word.length(); c++)
          assertEquals(word.letter(c), words.letters()[words.layout().row(c, number)]);
      }
    }
    assertEquals(seen.size(), words.count());
  }

  @Test
  void shardsShareOutABatchWithoutRest() {
    Example[] all = random(Seeds.of(501), 11, 9, 1);
    long[] ids = new long[all.length];
    int n = 0;
    for (int s = 0; s < 4; s++) {
      reused.fill(all, s, 4, all.length);
      for (int i = 0; i < reused.sentences(); i++) ids[n++] = reused.example(i).id();
    }
    Arrays.sort(ids);
    assertArrayEquals(Arrays.stream(all).mapToLong(Example::id).toArray(), ids);
  }

  @Test
  void oneTokenIsABatch() {
    Batch b = Batch.of(List.of(Example.labelled(1, new int[][] {{42}}, 7)));
    assertEquals(1, b.sentences() * b.steps() * b.rows());
    assertEquals(42, b.ids(0)[0]);
    assertEquals(7, b.labels()[0]);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Batch.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Example.unlabelled(1));
    assertThrows(IllegalArgumentException.class, () -> Example.unlabelled(1, new int[0]));
    assertThrows(
        IllegalArgumentException.class, () -> Example.unlabelled(1, new int[2], new int[1]));
    assertThrows(
        IllegalArgumentException.class, () -> Example.labelled(1, new int[][] {{1, 2}}, 1));
    assertThrows(IllegalArgumentException.class, () -> new Spelling());
    Spelling[] one = {new Spelling(1)};
    assertThrows(
        IllegalArgumentException.class,
        () -> new Example(1, new int[1][2], one, new int[0], new int[0]));
    assertThrows(
        IllegalArgumentException.class, () -> new Ragged().fill(new int[] {1, 2}, 2), "unsorted");
  }
}
