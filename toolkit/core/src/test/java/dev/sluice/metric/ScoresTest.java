package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.label.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold for scores of any data, and what each kind of score counts. */
class ScoresTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);
  private static final int SIZE = 10;

  @Test
  void mergedPartsScoreLikeTheWholeInAnyOrder() {
    Random random = new Random(14);
    Known known = new Known(w -> true, Set.of("O", "B-X", "I-X")::contains, w -> true);
    Scores whole = Scores.ofSpans(BIO, BIO).withTraining(known);
    Scores even = Scores.ofSpans(BIO, BIO).withTraining(known);
    Scores odd = Scores.ofSpans(BIO, BIO).withTraining(known);
    for (int i = 0; i < 100; i++) {
      List<String> gold = TagScheme.BIO.encode(spans(random), SIZE);
      List<String> predicted = TagScheme.BIO.encode(spans(random), SIZE);
      predicted = predicted.subList(1, SIZE);
      gold = gold.subList(1, SIZE);
      whole.add(gold, predicted);
      (i % 2 == 0 ? even : odd).add(gold, predicted);
    }
    odd.merge(even);
    assertEquals(ScoreTable.report(whole), ScoreTable.report(odd));
    assertEquals(whole.confusion().cells(), odd.confusion().cells());
    assertEquals(whole.unseenLabels(), odd.unseenLabels());
    assertTrue(whole.unseenLabels().containsKey("B-Y"));
    assertThrows(IllegalArgumentException.class, () -> odd.merge(Scores.ofLabels()));
  }

  @Test
  void repairPoliciesScoreOneIllegalSequenceInThreeWays() {
    List<String> gold = words("B-X I-X O");
    List<String> predicted = words("I-X I-X O");
    assertEquals(new Counts(1, 0, 0), scored(BIO, BIO, gold, predicted).byType().micro());
    Reading discard = new Reading(TagScheme.BIO, Repair.DISCARD);
    Scores dropped = scored(BIO, discard, gold, predicted);
    assertEquals(new Counts(0, 0, 1), dropped.byType().micro());
    assertEquals(Map.of(Violation.Kind.ORPHAN, 1L), dropped.illegalPredicted());
    Reading error = new Reading(TagScheme.BIO, Repair.ERROR);
    assertThrows(LabelException.class, () -> scored(BIO, error, gold, predicted));
    assertEquals(
        new Counts(1, 0, 0), scored(BIO, error.forPredictions(), gold, predicted).byType().micro());
  }

  @Test
  void aLabelNeverSeenInTrainingIsACountedMiss() {
    Known known = new Known(w -> true, Set.of("O", "B-X")::contains, Set.of("book")::contains);
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.IOB1), BIO).withTraining(known);
    scores.add(words("I-new I-new I-X"), words("O O B-X"));
    assertEquals(Map.of("B-new", 1L, "I-new", 1L), scores.unseenLabels());
    assertEquals(new Counts(1, 0, 1), scores.byType().micro());
    Scores intents = Scores.ofSentences().withTraining(known);
    intents.addIntent("cancel", "book");
    assertEquals(Map.of("cancel", 1L), intents.unseenIntents());
    assertEquals("0.00", intents.headline().percent());
  }

  @Test
  void bordersAndTypesAreAlsoScoredApart() {
    Scores scores = scored(BIO, BIO, words("B-X I-X O B-Y O"), words("B-Y I-Y O B-Y B-Z"));
    assertEquals(new Counts(2, 1, 0), scores.boundaries());
    assertEquals(new Ratio(1, 2), scores.typeAccuracy());
    assertEquals(1, scores.confusion().count("X", "Y"));
    assertEquals(1, scores.confusion().count("O", "Z"));
  }

  @Test
  void theSignatureNamesBothSchemesWhenTheyDiffer() {
    assertEquals(
        "F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1",
        Scores.ofSpans(BIO, BIO).signature());
    assertEquals(
        "F1=spanmicro|scheme=IOB1/BIO|repair=discard/conlleval|match=exact|zero=null|ignored=-|v=1",
        Scores.ofSpans(new Reading(TagScheme.IOB1, Repair.DISCARD), BIO).signature());
  }

  @Test
  void sentencesOfDifferentLengthAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> scored(BIO, BIO, words("O O"), words("O")));
  }

  @Test
  void aHalfIsRoundedUpOnTheCounts() {
    assertEquals("57.13", new Ratio(457, 800).percent());
    assertEquals("0.01", new Ratio(1, 20000).percent());
    assertEquals("67", new Ratio(2, 3).percent(0));
    assertEquals("n/a", new Ratio(0, 0).percent());
  }

  private static Scores scored(
      Reading goldReading, Reading predictedReading, List<String> gold, List<String> predicted) {
    Scores scores = Scores.ofSpans(goldReading, predictedReading);
    scores.add(gold, predicted);
    return scores;
  }

  private static List<Span> spans(Random random) {
    List<Span> spans = new ArrayList<>();
    for (int start = random.nextInt(2); start < SIZE; ) {
      int end = Math.min(SIZE, start + 1 + random.nextInt(3));
      spans.add(new Span(random.nextBoolean() ? "X" : "Y", start, end));
      start = end + random.nextInt(3);
    }
    return spans;
  }
}
