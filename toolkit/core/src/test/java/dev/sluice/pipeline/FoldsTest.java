package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.testing.Seeds;
import dev.sluice.text.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a fold tests was not learned, and every sentence is tested once. */
class FoldsTest {
  private static Dataset data(List<String> words) {
    List<Sentence> sentences = new ArrayList<>();
    for (String word : words) {
      List<Token> tokens = List.of(new Token(word, 0, word.length()));
      Location where = Location.of("made up", sentences.size() + 1);
      sentences.add(new Sentence(word, tokens, List.of("O"), Optional.of("x"), where));
    }
    return new Dataset("train", Path.of("made-up"), sentences, Map.of(), "abc");
  }

  private static Folds cut(Dataset data, int count, long seed) {
    return Folds.of(data, s -> Set.of(s.text().substring(0, 1)), count, seed);
  }

  private static List<String> random(SplittableRandom random, int size, int different) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < size; i++) words.add("w" + random.nextInt(different));
    return words;
  }

  @RepeatedTest(20)
  void duplicatesLieInOneFoldSoNothingTestedIsLearned() {
    SplittableRandom random = Seeds.next();
    Folds folds = cut(data(random(random, 200, 60)), 5, random.nextLong());
    TreeSet<Integer> tested = new TreeSet<>();
    for (int fold = 1; fold <= 5; fold++) {
      Splits splits = folds.splits(fold);
      Dataset test = splits.test().orElseThrow();
      assertEquals(0, Overlap.between(splits.train(), test).count(), Seeds.describe());
      assertEquals(0, Overlap.between(splits.train(), splits.dev()).count(), Seeds.describe());
      assertEquals(0, Overlap.between(splits.dev(), test).count(), Seeds.describe());
      assertEquals(200, splits.train().size() + splits.dev().size() + test.size());
      test.sentences().forEach(s -> tested.add(s.where().line()));
    }
    assertEquals(200, tested.size());
  }

  @Test
  void devIsTheNextFoldAndBehindTheLastTheFirst() {
    Folds folds = cut(data(random(Seeds.of(1), 30, 1000)), 3, 1);
    assertEquals(2, folds.devOf(1));
    assertEquals(1, folds.devOf(3));
    List<Integer> lines =
        folds.splits(3).dev().sentences().stream().map(s -> s.where().line() - 1).toList();
    assertEquals(folds.members(1), lines);
  }

  @Test
  void sameSeedSameFoldsAndFingerprints() {
    Dataset data = data(random(Seeds.of(2), 60, 40));
    Folds one = cut(data, 4, 9), same = cut(data, 4, 9), other = cut(data, 4, 10);
    for (int fold = 1; fold <= 4; fold++) {
      assertEquals(one.members(fold), same.members(fold));
      assertEquals(one.splits(fold), same.splits(fold));
    }
    assertNotEquals(one.splits(1).train().fingerprint(), other.splits(1).train().fingerprint());
    assertNotEquals(one.splits(1).train().fingerprint(), one.splits(2).train().fingerprint());
  }

  @Test
  void tooFewDifferentSentencesAreRefusedInWords() {
    SluiceException refused =
        assertThrows(SluiceException.class, () -> cut(data(List.of("a", "b", "a", "b")), 3, 1));
    assertTrue(
        refused
            .getMessage()
            .contains("TRN-030] made-up: 2 different sentences cannot be cut into 3 folds"),
        refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> cut(data(List.of("a", "b")), 2, 1));
  }
}
