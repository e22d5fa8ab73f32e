package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.analysis.SemEval.Measure;
import dev.sluice.eval.analysis.SemEval.Outcome;
import dev.sluice.label.Span;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four measures of SemEval-2013 on cases worked out by hand: correct, incorrect, partial, missing, spurious. */
class SemEvalTest {
  private static final long SEED = 20261126L;

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

  /** What nervaluate has by type: both sides are divided by type before anything is paired. */
  @ParameterizedTest
  @CsvSource({
    // another type with the same borders: missed here, spurious there
    "B-LOC I-LOC O, B-ORG I-ORG O, LOC, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0",
    "B-LOC I-LOC O, B-ORG I-ORG O, ORG, 0/0/0/0/1, 0/0/0/0/1, 0/0/0/0/1, 0/0/0/0/1",
    // a boundary is looked at within a type, as before
    "B-PER I-PER I-PER O, B-PER I-PER O O, PER, 0/1/0/0/0, 0/1/0/0/0, 0/0/1/0/0, 1/0/0/0/0",
    "B-LOC B-LOC O, B-LOC I-LOC O, LOC, 0/1/0/1/0, 0/1/0/1/0, 0/0/1/1/0, 1/0/0/1/0",
    // what another type would take is free for its own: here B is paired with B
    "B-A I-A B-B I-B, O B-B I-B I-B, A, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0",
    "B-A I-A B-B I-B, O B-B I-B I-B, B, 0/1/0/0/0, 0/1/0/0/0, 0/0/1/0/0, 1/0/0/0/0",
    // S1
    "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE, O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O, PER, 1/0/0/0/0, 1/0/0/0/0, 1/0/0/0/0, 1/0/0/0/0",
    "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE, O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O, LOC, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0",
    "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE, O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O, ORG, 0/1/0/0/1, 0/1/0/0/1, 0/0/1/0/1, 1/0/0/0/1",
    "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE, O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O, MISC, 0/0/0/0/1, 0/0/0/0/1, 0/0/0/0/1, 0/0/0/0/1",
    "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE, O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O, DATE, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0, 0/0/0/1/0"
  })
  void typesApartAreThoseWorkedOutByHand(
      String gold,
      String predicted,
      String type,
      String strict,
      String exact,
      String partial,
      String ofType) {
    SemEvalApart apart = new SemEvalApart();
    Judged.Tags tags = Tagged.bio(gold, predicted).tags().orElseThrow();
    apart.add(tags.gold(), tags.predicted());
    JsonNode its = apart.json().get(type);
    assertEquals(strict, counts(its.get("strict")));
    assertEquals(exact, counts(its.get("exact")));
    assertEquals(partial, counts(its.get("partial")));
    assertEquals(ofType, counts(its.get("type")));
  }

  /** Every gold span is possible and every predicted one actual, in either view; one that no token borders fit is missing. */
  @Test
  void typesApartHaveAllSpansOfEachSide() {
    SplittableRandom random = new SplittableRandom(SEED);
    SemEval together = new SemEval();
    SemEvalApart apart = new SemEvalApart();
    for (int n = 0; n < 2000; n++) {
      Judged.Tags tags = Tagged.bio(tags(random), tags(random)).tags().orElseThrow();
      List<Span> gold = tags.gold(), predicted = tags.predicted();
      together.add(gold, predicted, SpanMatching.leftToRight(gold, predicted));
      apart.add(gold, predicted);
      if (n % 7 > 0) continue;
      together.addMissing("A");
      apart.addMissing("A");
    }
    for (String measure : List.of("strict", "exact", "partial", "type")) {
      long possible = 0, actual = 0;
      for (JsonNode type : apart.json()) {
        possible += type.at("/" + measure + "/possible").asLong();
        actual += type.at("/" + measure + "/actual").asLong();
      }
      assertEquals(
          together.json().at("/" + measure + "/possible").asLong(), possible, "seed " + SEED);
      assertEquals(together.json().at("/" + measure + "/actual").asLong(), actual, "seed " + SEED);
    }
  }

  private static String tags(SplittableRandom random) {
    String[] some = {"O", "B-A", "I-A", "B-B", "I-B"};
    StringJoiner tags = new StringJoiner(" ");
    for (int t = 0; t < 7; t++) tags.add(some[random.nextInt(some.length)]);
    return tags.toString();
  }

  private static String counts(JsonNode measure) {
    StringJoiner counts = new StringJoiner("/");
    for (String outcome : List.of("correct", "incorrect", "partial", "missing", "spurious"))
      counts.add(measure.get(outcome).asText());
    return counts.toString();
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
