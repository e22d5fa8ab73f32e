package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.SpanError.Flag;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every span gets exactly one code, and the codes of known cases are those worked out by hand. */
class SpanErrorTest {
  private static final long SEED = 20261126L;
  private static final String S1_GOLD = "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE";
  private static final String S1_FOUND = "O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O";

  @ParameterizedTest
  @CsvSource({
    "O B-A I-A O, O B-A I-A O, C:A",
    "B-LOC I-LOC O, B-LOC B-LOC O, 'B:LOC:right-short, U:LOC'",
    "B-LOC B-LOC O, B-LOC I-LOC O, 'B:LOC:right-long, M:LOC'",
    "B-LOC I-LOC O, B-ORG I-ORG O, R:LOC>ORG",
    "O B-A I-A, B-A I-A I-A, B:A:left-long",
    "B-A I-A I-A, O B-A I-A, B:A:left-short",
    "B-A I-A I-A, O B-A O, B:A:both",
    "B-A I-A I-A, O B-B O, BR:A>B",
    "O O, O B-A, U:A",
    "B-A O, O O, M:A"
  })
  void everySpanHasTheCodeWorkedOutByHand(String gold, String predicted, String codes) {
    assertEquals(codes, String.join(", ", codes(Tagged.bio(gold, predicted))));
  }

  @Test
  void aMixedSentenceShowsEveryKind() {
    assertEquals(
        List.of("C:PER", "R:LOC>ORG", "B:ORG:right-short", "U:MISC", "M:DATE"),
        codes(Tagged.bio(S1_GOLD, S1_FOUND)));
  }

  /** Left to right, the prediction would be paired with A and B be missed. */
  @Test
  void aPredictionBelongsToTheGoldSpanWithWhichItSharesMost() {
    Judged judged = Tagged.bio("B-A I-A B-B I-B", "O B-B I-B I-B");
    assertEquals(List.of("M:A", "B:B:left-long"), codes(judged));
    assertTrue(errors(judged).get(0).flags().contains(Flag.MERGE));
  }

  @Test
  void extraPartsOfASpanAreFlaggedAsSplitOrMerge() {
    assertTrue(errors(Tagged.bio("B-A I-A O", "B-A B-A O")).get(1).flags().contains(Flag.SPLIT));
    assertTrue(errors(Tagged.bio("B-A B-A O", "B-A I-A O")).get(1).flags().contains(Flag.MERGE));
  }

  @Test
  void flagsTellWhatTrainingKnows() {
    TrainingLabels labels =
        TrainingLabels.of(
            Reading.of(TagScheme.BIO),
            taker -> taker.accept(Tagged.sentence("from oslo to rome", "O B-from O B-to")));
    Knowledge knowledge = new Knowledge(Optional.empty(), Optional.of(labels));
    Judged judged = Tagged.bio("to oslo and york", "O B-to O B-to", "O O O O", Map.of());
    List<SpanError> errors = errors(judged, knowledge);
    assertTrue(errors.get(0).flags().contains(Flag.OTHER_TYPE), "oslo is only known as from");
    assertTrue(errors.get(1).flags().contains(Flag.UNKNOWN_WORD), "york was never seen");
    assertTrue(errors.get(1).flags().contains(Flag.SENTENCE_BORDER));
  }

  @Test
  void anErrorMadeRightGainsWhatItCosts() {
    SpanErrors errors = new SpanErrors();
    Judged judged = Tagged.bio(S1_GOLD, S1_FOUND);
    errors.add(judged, errors(judged), -1);
    JsonNode json = errors.json();
    assertEquals(5, sum(json.get("operations")), "codes = gold + predicted - matched");
    assertEquals(3, json.get("matched").asInt());
    // 1 of 4 and 4 is right: F1 2/8; the wrong type made right gives 4/8, the missing date 4/9, the
    // needless span 2/7
    assertEquals(4 / 8.0 - 2 / 8.0, gain(json, "type"), 1e-12);
    assertEquals(4 / 9.0 - 2 / 8.0, gain(json, "missing"), 1e-12);
    assertEquals(2 / 7.0 - 2 / 8.0, gain(json, "unnecessary"), 1e-12);
    assertEquals(0, gain(json, "correct"), 1e-12);
  }

  @Test
  void aMissThatNoTokenBordersFitHasASurfaceFormAndAnExample() {
    Judged judged =
        Tagged.with(
            Tagged.bio("O O", "O O"),
            List.of(new Sentence.Unreachable("city", "Oslo")),
            Optional.empty(),
            "a.jsonl");
    SpanErrors errors = new SpanErrors();
    assertTrue(errors.wantsExample(judged, List.of()));
    errors.add(judged, List.of(), 3);
    JsonNode code = errors.json().at("/codes/0");
    assertEquals("M:city", code.get("code").asText());
    assertEquals("Oslo", code.at("/surfaces/0/text").asText());
    assertEquals(3, code.at("/examples/0").asInt());
    assertEquals(1, errors.json().at("/flags/misaligned").asInt());
  }

  @Test
  void codesAreGoldAndPredictedSpansLessThePairs() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int n = 0; n < 20_000; n++) {
      Judged judged = Tagged.bio(tags(random, 9), tags(random, 9));
      List<SpanError> errors = errors(judged);
      Judged.Tags tags = judged.tags().orElseThrow();
      long pairs = errors.stream().filter(e -> e.gold() >= 0 && e.predicted() >= 0).count();
      assertEquals(
          tags.gold().size() + tags.predicted().size() - pairs, errors.size(), "seed " + SEED);
      List<Span> exact = new ArrayList<>(tags.gold());
      exact.retainAll(tags.predicted());
      assertEquals(exact.size(), errors.stream().filter(e -> !e.wrong()).count(), "seed " + SEED);
    }
  }

  /** A file without blank lines is one sentence; what takes long or much memory there would be noticed. */
  @Test
  void aSentenceOfVeryManySpansIsMatchedInOneSweep() {
    List<Span> gold = new ArrayList<>(), predicted = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      gold.add(new Span("A", 3 * i, 3 * i + 2));
      predicted.add(new Span("A", 3 * i + i % 2, 3 * i + 2));
    }
    assertEquals(200_000, SpanMatching.byOverlap(gold, predicted).size());
    assertEquals(200_000, SpanMatching.leftToRight(gold, predicted).size());
  }

  @Test
  void anIllegalMoveBelongsToTheSpanThatItTouches() {
    List<SpanError> errors = errors(Tagged.bio("B-A I-A B-B", "B-A I-A I-B"));
    assertFalse(errors.get(0).flags().contains(Flag.ILLEGAL));
    assertTrue(errors.get(1).flags().contains(Flag.ILLEGAL));
  }

  private static String tags(SplittableRandom random, int size) {
    String[] some = {"O", "B-A", "I-A", "B-B", "I-B"};
    StringBuilder tags = new StringBuilder(some[random.nextInt(some.length)]);
    for (int t = 1; t < size; t++) tags.append(' ').append(some[random.nextInt(some.length)]);
    return tags.toString();
  }

  private static List<SpanError> errors(Judged judged) {
    return errors(judged, Knowledge.NONE);
  }

  private static List<SpanError> errors(Judged judged, Knowledge knowledge) {
    Judged.Tags tags = judged.tags().orElseThrow();
    return SpanError.of(judged, SpanMatching.byOverlap(tags.gold(), tags.predicted()), knowledge);
  }

  private static List<String> codes(Judged judged) {
    return errors(judged).stream().map(SpanError::code).toList();
  }

  private static double gain(JsonNode json, String operation) {
    for (JsonNode row : json.get("operations"))
      if (row.get("operation").asText().equals(operation)) return row.get("gain").asDouble();
    throw new AssertionError(operation);
  }

  private static long sum(JsonNode rows) {
    long sum = 0;
    for (JsonNode row : rows) sum += row.get("count").asLong();
    return sum;
  }
}
