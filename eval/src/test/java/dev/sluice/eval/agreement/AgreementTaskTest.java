package dev.sluice.eval.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.eval.agreement.AgreementTask.Pair;
import dev.sluice.eval.agreement.AgreementTask.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementTaskTest {
  private static final int FAR = 60;

  /** Pairs of all distances, several of each. */
  private static List<Pair> pairs(Side side, long seed, int each) {
    AgreementTask task = new AgreementTask(side, seed);
    List<Pair> all = new ArrayList<>();
    for (int distance = AgreementTask.LEAST_DISTANCE; distance <= FAR; distance++) {
      for (int i = 0; i < each; i++) {
        all.add(task.next(distance));
        assertEquals(distance, all.get(all.size() - 1).singular().distance());
      }
    }
    return all;
  }

  private static List<Integer> distractors(AgreementSentence sentence) {
    return sentence.between().stream().map(Words::number).filter(n -> n >= 0).toList();
  }

  @Test
  void subjectAndVerbAreExactlySoFarApart() {
    for (Side side : Side.values()) {
      for (Pair pair : pairs(side, 1, 20)) {
        for (AgreementSentence s : List.of(pair.singular(), pair.plural())) {
          List<String> tokens = List.of(s.text().split(" ", -1));
          assertEquals(s.distance(), tokens.size() - 1 - AgreementSentence.SUBJECT - 1, s::text);
          assertEquals(s.plural() ? "were" : "was", tokens.get(tokens.size() - 1));
          assertEquals(s.plural() ? 1 : 0, Words.number(tokens.get(AgreementSentence.SUBJECT)));
        }
      }
    }
  }

  @Test
  void aPairDiffersInTheNumberOfItsSubjectAlone() {
    for (Pair pair : pairs(Side.TRAIN, 2, 20)) {
      assertFalse(pair.singular().plural());
      assertTrue(pair.plural().plural());
      assertEquals(pair.singular().between(), pair.plural().between());
      assertEquals(pair.singular().words().get(0), pair.plural().words().get(0));
      assertNotEquals(pair.singular().words().get(1), pair.plural().words().get(1));
    }
  }

  /** In the relative clause a verb comes before an object, a preposition before a noun, and commas are opened and closed. */
  @Test
  void sentencesAreEnglish() {
    String noun = "the (\\w+ )?\\w+";
    String verb =
        "(" + String.join("|", Words.ADVERBS) + "|) ?(" + String.join("|", Words.VERBS) + ") ";
    String place = "( (" + String.join("|", Words.PREPOSITIONS) + ") " + noun + ")*";
    String clauses = verb + noun + place + "( and " + verb + noun + place + ")*";
    for (Pair pair : pairs(Side.TEST, 3, 5)) {
      String between = String.join(" ", pair.singular().between());
      assertTrue(
          between.matches("that " + clauses) || between.matches(", which " + clauses + " ,"),
          between);
    }
  }

  /** Guessing from the last noun before the verb, from most of the nouns there, or from how many there are, is right as often as it is wrong. */
  @Test
  void otherNounsSayNothingAboutTheNumber() {
    int[] right = new int[3];
    List<Pair> pairs = pairs(Side.TRAIN, 4, 20);
    int plural = 0, nouns = 0, last = 0;
    for (Pair pair : pairs) {
      for (AgreementSentence s : List.of(pair.singular(), pair.plural())) {
        List<Integer> numbers = distractors(s);
        int several = numbers.stream().mapToInt(n -> n).sum();
        int[] guesses = {
          numbers.get(numbers.size() - 1), 2 * several > numbers.size() ? 1 : 0, numbers.size() % 2
        };
        for (int g = 0; g < guesses.length; g++) if (guesses[g] == (s.plural() ? 1 : 0)) right[g]++;
        plural += several;
        nouns += numbers.size();
        last += guesses[0];
      }
    }
    for (int correct : right) assertEquals(pairs.size(), correct);
    assertEquals(0.5, (double) plural / nouns, 0.02);
    assertEquals(0.5, last / (2.0 * pairs.size()), 0.05);
  }

  @Test
  void distractorsAreOfTheSameWordsAsSubjects() {
    Set<String> subjects = new HashSet<>(), others = new HashSet<>();
    for (Pair pair : pairs(Side.TRAIN, 5, 20)) {
      subjects.add(pair.singular().words().get(1));
      subjects.add(pair.plural().words().get(1));
      pair.singular().between().stream().filter(w -> Words.number(w) >= 0).forEach(others::add);
    }
    assertEquals(2 * Words.NOUNS.size(), subjects.size());
    assertEquals(subjects, others);
  }

  @Test
  void sameSeedSameSentences() {
    assertEquals(pairs(Side.TRAIN, 6, 3), pairs(Side.TRAIN, 6, 3));
    assertNotEquals(pairs(Side.TRAIN, 6, 3), pairs(Side.TRAIN, 7, 3));
  }

  @Test
  void noTestSentenceIsTrainedOn() {
    Set<List<String>> trained = new HashSet<>();
    for (Pair pair : pairs(Side.TRAIN, 8, 200)) trained.add(pair.singular().between());
    for (Pair pair : pairs(Side.TEST, 8, 200)) {
      assertFalse(trained.contains(pair.singular().between()), pair.singular()::text);
      assertEquals(Side.TEST, AgreementTask.side(pair.singular().between()));
    }
  }

  @Test
  void everyWordHasAnIdOfItsOwn() {
    assertEquals(Words.ALL.size(), new HashSet<>(Words.ALL).size());
    Example example = new AgreementTask(Side.TRAIN, 9).next(10).plural().example(3);
    assertEquals(12, example.length());
    assertEquals(1, example.intents()[0]);
    assertEquals(Words.FIRST_THE, Words.ALL.get(example.inputs()[0][0]));
  }

  @Test
  void belowTheLeastDistanceThereIsNoSentence() {
    AgreementTask task = new AgreementTask(Side.TRAIN, 1);
    assertThrows(IllegalArgumentException.class, () -> task.next(4));
  }
}
