package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Edits are the fewest there can be, and scores of parts add up. */
class SequenceScoresTest {
  private static List<String> letters(String word) {
    return word.chars().mapToObj(Character::toString).toList();
  }

  private static int edits(String gold, String written) {
    int edits = SequenceScores.edits(letters(gold), letters(written));
    assertEquals(edits, SequenceScores.edits(letters(written), letters(gold)));
    return edits;
  }

  @Test
  void editsAreTheFewestThereCanBe() {
    assertEquals(0, edits("", ""));
    assertEquals(3, edits("", "abc"));
    assertEquals(0, edits("abc", "abc"));
    assertEquals(3, edits("kitten", "sitting"));
    assertEquals(2, edits("abcd", "bcde"));
    assertEquals(4, edits("2026-03-03", "1926-04-13"));
  }

  @Test
  void scoresOfPartsAddUp() {
    SequenceScores right = SequenceScores.of(letters("abc"), letters("abc"));
    SequenceScores wrong = SequenceScores.of(letters("abcde"), letters("bcdx"));
    SequenceScores all =
        right.plus(wrong).plus(SequenceScores.predicted(new Perplexity(20, 10, 8, 1)));
    assertEquals(new Ratio(1, 2), all.right());
    assertEquals(2, all.edits());
    assertEquals(2.0 / 8, all.errorRate());
    assertEquals(4, all.perplexity().value());
    assertEquals(0, SequenceScores.NONE.errorRate());
  }
}
