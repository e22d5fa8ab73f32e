package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.text.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Which number each name stands for, on data where all of them differ. */
class CriterionTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  /** Gold: 2 a, 2 b. Predicted: 1 a and 1 b right, 1 b wrong: P 2/3, R 2/4. */
  private static Scores spans() {
    Scores scores = Scores.ofSpans(BIO, BIO);
    scores.add(words("B-a O B-b"), words("B-a O O"));
    scores.add(words("B-a O B-b"), words("O B-b B-b"));
    scores.add(words("O O"), words("O O"));
    return scores;
  }

  private static double of(Criterion criterion, Scores scores, double beta) {
    return criterion.of(scores, beta).orElseThrow();
  }

  @Test
  void everyNameOfSpansIsItsNumber() {
    Scores scores = spans();
    assertEquals(4.0 / 7, of(Criterion.HEADLINE, scores, 1));
    assertEquals(4.0 / 7, of(Criterion.F1, scores, 1));
    assertEquals(2.0 / 3, of(Criterion.PRECISION, scores, 1));
    assertEquals(0.5, of(Criterion.RECALL, scores, 1));
    // a: 2·1/(1+2), b: 2·1/(2+2)
    assertEquals((2.0 / 3 + 0.5) / 2, of(Criterion.MACRO_F1, scores, 1), 1e-15);
    assertEquals(5.0 / 8, of(Criterion.TOKEN_ACCURACY, scores, 1));
    assertEquals(1.0 / 3, of(Criterion.SENTENCE_ACCURACY, scores, 1));
    assertEquals(OptionalDouble.empty(), Criterion.INTENT_ACCURACY.of(scores, 1));
  }

  @Test
  void fBetaIsTheWeightedHarmonicMeanOfPrecisionAndRecall() {
    Scores scores = spans();
    double p = 2.0 / 3, r = 0.5;
    for (double beta : new double[] {0.1, 0.5, 1, 2, 10}) {
      double expected = (1 + beta * beta) * p * r / (beta * beta * p + r);
      assertEquals(expected, of(Criterion.F_BETA, scores, beta), 1e-15, "beta " + beta);
    }
    assertEquals(0.625, of(Criterion.F_BETA, scores, 0.5), 1e-15); // 1.25·2 / (1.25·2 + 0.25·2 + 1)
    assertEquals(10.0 / 19, of(Criterion.F_BETA, scores, 2), 1e-15); // 5·2 / (5·2 + 4·2 + 1)
    assertEquals(p, of(Criterion.F_BETA, scores, 1e-4), 1e-7);
    assertEquals(r, of(Criterion.F_BETA, scores, 1e4), 1e-7);
  }

  @Test
  void fBetaWithOneIsF1AndUndefinedWithIt() {
    for (Counts c :
        List.of(new Counts(3, 1, 7), new Counts(0, 2, 1), new Counts(5, 0, 0), Counts.NONE))
      assertEquals(c.f1().value(), c.fBeta(1), c::toString);
  }

  @Test
  void everyNameOfLabelsIsItsNumber() {
    Scores scores = Scores.ofLabels();
    scores.add(words("x x y"), words("x y y"));
    scores.add(words("z"), words("z"));
    assertEquals(0.75, of(Criterion.HEADLINE, scores, 1));
    assertEquals(0.75, of(Criterion.TOKEN_ACCURACY, scores, 1));
    assertEquals(0.5, of(Criterion.SENTENCE_ACCURACY, scores, 1));
    assertEquals((2.0 / 3 + 2.0 / 3 + 1) / 3, of(Criterion.MACRO_F1, scores, 1), 1e-15);
  }

  @Test
  void everyNameOfSentencesIsItsNumber() {
    Scores scores = Scores.ofSentences();
    scores.addIntent("book", "book");
    scores.addIntent("book", "book");
    scores.addIntent("stop", "book");
    assertEquals(2.0 / 3, of(Criterion.HEADLINE, scores, 1));
    assertEquals(2.0 / 3, of(Criterion.INTENT_ACCURACY, scores, 1));
    assertEquals(2.0 / 3, of(Criterion.SENTENCE_ACCURACY, scores, 1));
    assertEquals(0.4, of(Criterion.MACRO_F1, scores, 1), 1e-15);
  }

  /** A name that fits has a number as soon as something was scored. */
  @Test
  void whatFitsIsDefined() {
    Scores labels = Scores.ofLabels(), sentences = Scores.ofSentences();
    labels.add(words("x"), words("y"));
    sentences.addIntent("x", "y");
    for (Scores scores : List.of(spans(), labels, sentences))
      for (Criterion c : Criterion.values())
        if (c.fits(scores.kind(), scores.kind() == Scores.Kind.SENTENCES))
          assertTrue(c.of(scores, 2).isPresent(), c + " of " + scores.kind());
    assertTrue(Criterion.INTENT_ACCURACY.fits(Scores.Kind.SPANS, true));
    assertFalse(Criterion.INTENT_ACCURACY.fits(Scores.Kind.SPANS, false));
    assertFalse(Criterion.F_BETA.fits(Scores.Kind.LABELS, false));
    assertFalse(Criterion.TOKEN_ACCURACY.fits(Scores.Kind.SENTENCES, true));
  }

  /** A score has one name, in the line of an epoch as in the report and in a summary. */
  @Test
  void whatIsShownIsCalledAsInReports() {
    Reading bio = Reading.of(TagScheme.BIO);
    Scores joint = Scores.ofSpans(bio, bio).withIntentSeparator(Optional.of("#"));
    joint.add(
        new Sentence(
            "a", List.of(new Token("a", 0, 1)), List.of("O"), Optional.of("x"), Location.of("f")),
        List.of("O"),
        "x");
    String report = ScoreTable.report(joint);
    for (Criterion c :
        List.of(
            Criterion.SENTENCE_ACCURACY,
            Criterion.SENTENCE_ANY_MATCH,
            Criterion.INTENT_ACCURACY,
            Criterion.INTENT_ANY_MATCH)) {
      String name = c.shown(joint, 1, true);
      assertTrue(report.contains("\n" + name + ": "), name + " in " + report);
      assertTrue(joint.summary().containsKey(name), name);
    }
    assertEquals("whole frames", Criterion.SENTENCE_ACCURACY.shown(joint, 1, true));
    String slots = Criterion.SENTENCE_ACCURACY.shown(spans(), 1, false);
    assertEquals("sentence accuracy", slots);
    assertTrue(ScoreTable.report(spans()).contains("\n" + slots + ": "));
    assertEquals("F1", Criterion.HEADLINE.shown(joint, 1, true));
  }

  @Test
  void titlesSayWhichOneItIs() {
    Scores scores = spans();
    assertEquals("F1", Criterion.HEADLINE.title(scores, 1));
    assertEquals("accuracy", Criterion.HEADLINE.title(Scores.ofLabels(), 1));
    assertEquals("F2", Criterion.F_BETA.title(scores, 2));
    assertEquals("F0.5", Criterion.F_BETA.title(scores, 0.5));
    long different =
        Arrays.stream(Criterion.values())
            .filter(c -> c != Criterion.HEADLINE)
            .map(c -> c.title(scores, 2))
            .distinct()
            .count();
    assertEquals(Criterion.values().length - 1, different);
  }
}
