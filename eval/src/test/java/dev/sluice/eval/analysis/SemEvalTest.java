package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.analysis.SemEval.Measure;
import dev.sluice.eval.analysis.SemEval.Outcome;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four measures of SemEval-2013 on cases worked out by hand: correct, incorrect, partial, missing, spurious. */
class SemEvalTest {
  @ParameterizedTest
  @CsvSource({
    "B-PER I-PER I-PER O, B-PER I-PER O O, 0/1/0/0/0, 0/1/0/0/0, 0/0/1/0/0, 1/0/0/0/0, .5, 1",
    "B-LOC I-LOC O, B-LOC B-LOC O, 0/1/0/0/1, 0/1/0/0/1, 0/0/1/0/1, 1/0/0/0/1, .3333, .6667",
    "B-LOC B-LOC O, B-LOC I-LOC O, 0/1/0/1/0, 0/1/0/1/0, 0/0/1/1/0, 1/0/0/1/0, .3333, .6667",
    "B-LOC I-LOC O, B-ORG I-ORG O, 0/1/0/0/0, 1/0/0/0/0, 1/0/0/0/0, 0/1/0/0/0, 1, 0",
    "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE, O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O,"
        + " 1/2/0/1/1, 2/1/0/1/1, 2/0/1/1/1, 2/1/0/1/1, .625, .5"
  })
  void countsAreThoseWorkedOutByHand(
      String gold,
      String predicted,
      String strict,
      String exact,
      String partial,
      String type,
      double partialF1,
      double typeF1) {
    SemEval found = leftToRight(Tagged.bio(gold, predicted));
    assertEquals(strict, counts(found, Measure.STRICT));
    assertEquals(exact, counts(found, Measure.EXACT));
    assertEquals(partial, counts(found, Measure.PARTIAL));
    assertEquals(type, counts(found, Measure.TYPE));
    assertEquals(partialF1, found.json().at("/partial/f1").asDouble(), 5e-5);
    assertEquals(typeF1, found.json().at("/type/f1").asDouble(), 5e-5);
  }

  /** One right and one half right span are worth three quarters, whether they stand in one sentence or in two. */
  @Test
  void halfCreditIsKeptOverSeveralSentences() {
    SemEval both = new SemEval();
    for (String[] s : new String[][] {{"B-A O", "B-A O"}, {"B-A I-A", "B-A O"}}) {
      Judged.Tags tags = Tagged.bio(s[0], s[1]).tags().orElseThrow();
      both.add(
          tags.gold(), tags.predicted(), SpanMatching.leftToRight(tags.gold(), tags.predicted()));
    }
    assertEquals(0.75, both.json().at("/partial/f1").asDouble());
    assertEquals(0.5, both.json().at("/strict/f1").asDouble());
  }

  @Test
  void theOrderOfPairingMatters() {
    Judged judged = Tagged.bio("B-A I-A B-B I-B", "O B-B I-B I-B");
    SemEval usual = leftToRight(judged), fair = new SemEval();
    Judged.Tags tags = judged.tags().orElseThrow();
    fair.add(tags.gold(), tags.predicted(), SpanMatching.byOverlap(tags.gold(), tags.predicted()));
    assertEquals("0/1/0/1/0", counts(usual, Measure.TYPE));
    assertEquals("1/0/0/1/0", counts(fair, Measure.TYPE));
    assertFalse(usual.sameAs(fair));
  }

  @Test
  void aTypeHasTheSpansThatAreItsOwnInTheGoldDataAndThosePredictedInVain() {
    JsonNode types = leftToRight(Tagged.bio("B-A O O", "B-B O B-B")).typesJson();
    assertEquals(1, types.at("/A/strict/incorrect").asInt());
    assertEquals(1, types.at("/B/strict/spurious").asInt());
    assertEquals(0, types.at("/B/strict/possible").asInt());
  }

  private static SemEval leftToRight(Judged judged) {
    SemEval found = new SemEval();
    Judged.Tags tags = judged.tags().orElseThrow();
    found.add(
        tags.gold(), tags.predicted(), SpanMatching.leftToRight(tags.gold(), tags.predicted()));
    return found;
  }

  private static String counts(SemEval found, Measure measure) {
    StringJoiner counts = new StringJoiner("/");
    for (Outcome outcome : Outcome.values())
      counts.add(String.valueOf(found.count(measure, outcome)));
    return counts.toString();
  }
}
