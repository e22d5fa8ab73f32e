package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.TagScheme;
import dev.sluice.label.Violation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rules change is what is shown, and which spans are looked at; never a count of those that are. */
class ScoringRulesTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  private static ScoringRules zero(int value) {
    return ScoringRules.of(OptionalInt.of(value), List.of());
  }

  private static ScoringRules ignoring(String... types) {
    return ScoringRules.of(OptionalInt.empty(), List.of(types));
  }

  private static Scores spans(ScoringRules rules) {
    return Scores.ofSpans(BIO, BIO).withRules(rules);
  }

  @Test
  void everyRuleStandsInTheSignature() {
    assertEquals(
        "F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=1|ignored=a,b|v=1",
        spans(ScoringRules.of(OptionalInt.of(1), List.of("b", "a"))).signature());
    assertTrue(Scores.ofLabels().withRules(zero(0)).signature().contains("|zero=0|"));
    assertTrue(Scores.ofSentences().withRules(zero(0)).signature().contains("|zero=0|"));
    Scores usual = spans(ScoringRules.DEFAULT);
    assertThrows(IllegalArgumentException.class, () -> usual.merge(spans(zero(0))));
    assertThrows(IllegalArgumentException.class, () -> usual.merge(spans(ignoring("a"))));
  }

  @Test
  void undefinedIsShownAsAskedForAndNoCountChanges() {
    for (int value : List.of(0, 1)) {
      Scores scores = spans(zero(value));
      scores.add(words("O O"), words("O O"));
      assertEquals(value, scores.headline().orElse(-1));
      assertEquals(Counts.NONE, scores.byType().micro());
      scores.add(words("B-x O"), words("O B-y"));
      String shown = value == 1 ? "100.00" : "0.00";
      List<String> rows =
          ScoreTable.report(scores).lines().map(l -> l.replaceAll(" +", " ")).toList();
      assertTrue(rows.contains("x " + shown + " 0.00 0.00 1"), rows::toString);
      assertTrue(rows.contains("y 0.00 " + shown + " 0.00 0"), rows::toString);
      assertEquals(new Counts(0, 1, 1), scores.byType().micro());
    }
    assertThrows(IllegalArgumentException.class, () -> zero(2));
  }

  @Test
  void ignoredTypesAreInNoTable() {
    Scores scores = spans(ignoring("misc"));
    scores.add(words("B-x I-x B-misc O"), words("B-x I-x O B-misc"));
    scores.add(words("B-misc O B-y I-misc"), words("B-y O B-x O"));
    assertEquals(
        Map.of("x", new Counts(1, 1, 0), "y", new Counts(0, 1, 1)), scores.byType().rows());
    assertEquals(scores.byType().micro(), scores.strict().micro());
    assertEquals(new Counts(2, 1, 0), scores.boundaries());
    assertEquals(new Ratio(1, 2), scores.sentenceAccuracy());
    assertEquals(new Ratio(6, 8), scores.tokenAccuracy());
    assertEquals(Set.of("O", "x", "y"), scores.confusion().labels());
    assertEquals(3, scores.ignoredGold());
    assertEquals(1, scores.ignoredPredicted());
    assertEquals(Map.of(Violation.Kind.TYPE_CHANGE, 1L), scores.illegalGold());
    assertTrue(
        ScoreTable.report(scores).contains("\nspans of ignored types: 3 gold, 1 predicted\n"));
  }

  /** Whatever the schemes are, in which tokens are compared in three ways. */
  @Test
  void ignoredTypesAreIgnoredInEveryScheme() {
    for (TagScheme gold : List.of(TagScheme.BIO, TagScheme.IO, TagScheme.BIOES)) {
      for (TagScheme predicted : List.of(TagScheme.BIO, TagScheme.IO, TagScheme.BIOES)) {
        Scores scores =
            Scores.ofSpans(Reading.of(gold), Reading.of(predicted)).withRules(ignoring("b"));
        List<String> tags = words("B-a I-a O B-b I-b O");
        scores.add(
            TagScheme.BIO.convert(tags, BIO.repair(), gold),
            TagScheme.BIO.convert(words("B-a I-a O O O O"), BIO.repair(), predicted));
        assertEquals(new Counts(1, 0, 0), scores.byType().micro());
        assertEquals(new Ratio(6, 6), scores.tokenAccuracy(), gold + "/" + predicted);
        assertEquals(new Ratio(1, 1), scores.sentenceAccuracy());
      }
    }
  }

  @Test
  void mergedPartsIgnoreWhatTheWholeIgnores() {
    Scores whole = spans(ignoring("b")), part = spans(ignoring("b")), rest = spans(ignoring("b"));
    for (Scores scores : List.of(whole, part)) scores.add(words("B-a B-b"), words("B-a B-a"));
    for (Scores scores : List.of(whole, rest)) scores.add(words("B-b O"), words("O B-b"));
    part.merge(rest);
    assertEquals(ScoreTable.report(whole), ScoreTable.report(part));
  }

  @Test
  void onlySpansHaveTypesToIgnore() {
    assertThrows(
        IllegalArgumentException.class, () -> Scores.ofLabels().withRules(ignoring("DET")));
  }
}
