package dev.sluice.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Words by their letters, and the distinct ones of a batch. */
class SpellingTest {
  @Test
  void wordsOfTheSameLettersAreEqual() {
    assertEquals(new Spelling(3, 1, 4), new Spelling(3, 1, 4));
    assertEquals(new Spelling(3, 1, 4).hashCode(), new Spelling(3, 1, 4).hashCode());
    assertNotEquals(new Spelling(3, 1, 4), new Spelling(3, 4, 1));
    assertNotEquals(new Spelling(3, 1), new Spelling(3, 1, 0));
    assertEquals(3, new Spelling(3, 1, 4).length());
    assertEquals(4, new Spelling(3, 1, 4).letter(2));
    assertThrows(IllegalArgumentException.class, Spelling::new);
  }

  private static Example example(Spelling... words) {
    return new Example(0, new int[0][], words, new int[0], new int[0]);
  }

  /** By hand: four tokens, three words; the longest first, then in the order of first sight. */
  @Test
  void eachDistinctWordOfABatchStandsOnceLongestFirst() {
    Spelling ab = new Spelling(1, 2), c = new Spelling(3), long3 = new Spelling(1, 2, 3);
    Spellings words = Batch.of(List.of(example(ab, c, ab), example(long3))).spellings();
    assertEquals(3, words.count());
    // rows are time-major: ab long3 | c | ab
    assertArrayEquals(new int[] {1, 0, 2, 1}, IntStream.of(words.wordOf()).limit(4).toArray());
    assertEquals(6, words.layout().rows());
    assertArrayEquals(
        new int[] {1, 1, 3, 2, 2, 3}, IntStream.of(words.letters()).limit(6).toArray());
  }

  /** Filled again and again with words that collide, repeat and differ in length. */
  @Test
  void everyRowFindsItsOwnLettersAgain() {
    SplittableRandom random = Seeds.of(511);
    Batch batch = new Batch();
    for (int round = 0; round < 200; round++) {
      Example[] examples = new Example[1 + random.nextInt(6)];
      Set<Spelling> distinct = new HashSet<>();
      for (int i = 0; i < examples.length; i++) {
        Spelling[] words = new Spelling[1 + random.nextInt(9)];
        for (int t = 0; t < words.length; t++)
          words[t] = new Spelling(random.ints(1 + random.nextInt(6), 0, 3).toArray());
        examples[i] = example(words);
        distinct.addAll(List.of(words));
      }
      batch.fill(examples, 0, 1, examples.length);
      Spellings words = batch.spellings();
      assertEquals(distinct.size(), words.count(), Seeds::describe);
      Ragged layout = words.layout();
      for (int i = 0; i < batch.sentences(); i++) {
        for (int t = 0; t < batch.length(i); t++) {
          int word = words.wordOf()[batch.row(t, i)];
          Spelling expected = batch.example(i).spellings()[t];
          assertEquals(expected.length(), layout.length(word));
          for (int k = 0; k < expected.length(); k++)
            assertEquals(expected.letter(k), words.letters()[layout.row(k, word)]);
        }
      }
      for (int w = 1; w < words.count(); w++) assertTrue(layout.length(w) <= layout.length(w - 1));
    }
  }

  @Test
  void anExampleOfLettersAloneHasTheLengthOfItsWords() {
    assertEquals(2, example(new Spelling(1), new Spelling(2)).length());
    assertThrows(IllegalArgumentException.class, () -> example());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Example(
                0, new int[][] {{1, 2}}, new Spelling[] {new Spelling(1)}, new int[0], new int[0]));
  }
}
