package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.label.LabelException;
import dev.sluice.label.TagScheme;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Worked examples by hand, each a trap that scorers of spans are known to fall into. Sentences are separated by a slash; counts are TP/FP/FN;
 * strict counts are of spans that needed no repair. G32, which is about lines of a file, stands where files are read.
 */
class GoldenScoresTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          G01 equal               ; BIO   ; BIO  ; B-PER I-PER O           ; B-PER I-PER O           ; 1/0/0 ; 0 ; 1/0/0 ; 100.00
          G02 too short           ; BIO   ; BIO  ; B-PER I-PER I-PER O     ; B-PER I-PER O O         ; 0/1/1 ; 0 ; 0/1/1 ; 75.00
          G03 too long            ; BIO   ; BIO  ; O B-PER O               ; O B-PER I-PER           ; 0/1/1 ; 0 ; 0/1/1 ; 66.67
          G04 split               ; BIO   ; BIO  ; B-LOC I-LOC O           ; B-LOC B-LOC O           ; 0/2/1 ; 0 ; 0/2/1 ; 66.67
          G05 merged              ; BIO   ; BIO  ; B-LOC B-LOC O           ; B-LOC I-LOC O           ; 0/1/2 ; 0 ; 0/1/2 ; 66.67
          G06 other type          ; BIO   ; BIO  ; B-LOC I-LOC O           ; B-ORG I-ORG O           ; 0/1/1 ; 0 ; 0/1/1 ; 33.33
          G07 type within a span  ; BIO   ; BIO  ; B-LOC I-LOC O           ; B-LOC I-ORG O           ; 0/2/1 ; 1 ; 0/1/1 ; 66.67
          G08 type of the tail    ; BIO   ; BIO  ; B-LOC O O               ; B-LOC I-ORG I-ORG       ; 1/1/0 ; 1 ; 1/0/0 ; 33.33
          G09 I begins, a hit     ; BIO   ; BIO  ; B-PER I-PER O           ; I-PER I-PER O           ; 1/0/0 ; 1 ; 0/0/1 ; 66.67
          G10 I begins, noise     ; BIO   ; BIO  ; B-PER O O               ; B-PER O I-PER           ; 1/1/0 ; 1 ; 1/0/0 ; 66.67
          G11 I begins, wrong     ; BIO   ; BIO  ; O O B-PER               ; O I-PER O               ; 0/1/1 ; 1 ; 0/0/1 ; 33.33
          G12 IOB1 gold           ; IOB1  ; BIO  ; I-PER I-PER B-PER O     ; B-PER I-PER B-PER O     ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G13 IOB1 both           ; IOB1  ; IOB1 ; I-PER B-PER I-LOC       ; I-PER B-PER I-LOC       ; 3/0/0 ; 0 ; 3/0/0 ; 100.00
          G14 sentence border     ; BIO   ; BIO  ; B-PER / B-PER O         ; B-PER / I-PER O         ; 2/0/0 ; 1 ; 1/0/1 ; 66.67
          G15 BIOES pair          ; BIOES ; BIOES; B-PER E-PER B-PER E-PER ; B-PER E-PER B-PER E-PER ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G16 BIOES singles       ; BIOES ; BIOES; S-PER S-PER O           ; S-PER S-PER O           ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G17 BIOES singles merged; BIOES ; BIOES; S-PER S-PER O           ; B-PER E-PER O           ; 0/1/2 ; 0 ; 0/1/2 ; 33.33
          G18 BIOES pair, single  ; BIOES ; BIOES; B-PER E-PER S-PER       ; B-PER E-PER S-PER       ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G19 BIOES without E     ; BIOES ; BIOES; B-PER E-PER O           ; B-PER I-PER O           ; 1/0/0 ; 1 ; 0/0/1 ; 66.67
          G20 BIOES lone E        ; BIOES ; BIOES; B-PER E-PER O           ; O E-PER O               ; 0/1/1 ; 1 ; 0/0/1 ; 66.67
          G21 BILOU units         ; BILOU ; BILOU; U-PER U-PER O           ; U-PER U-PER O           ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G22 BILOU pair          ; BILOU ; BILOU; B-PER L-PER B-PER L-PER ; B-PER L-PER B-PER L-PER ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G23 IOE2 pair           ; IOE2  ; IOE2 ; I-PER E-PER I-PER E-PER ; I-PER E-PER I-PER E-PER ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G24 IOE2 singles        ; IOE2  ; IOE2 ; E-PER E-PER O           ; E-PER E-PER O           ; 2/0/0 ; 0 ; 2/0/0 ; 100.00
          G25 E then B            ; BIOES ; BIOES; B-P E-P B-P E-P         ; B-P I-P B-P I-P         ; 2/0/0 ; 2 ; 0/0/2 ; 50.00
          G26 hyphen in the type  ; BIO   ; BIO  ; B-A-B I-A-B O           ; B-A-B I-A-B O           ; 1/0/0 ; 0 ; 1/0/0 ; 100.00
          G27 bare types under IO ; IO    ; IO   ; PER PER O               ; PER I-PER O             ; 1/0/0 ; 0 ; 1/0/0 ; 100.00
          G28 all O               ; BIO   ; BIO  ; O O O                   ; O O O                   ; 0/0/0 ; 0 ; 0/0/0 ; 100.00
          G29 predicted only      ; BIO   ; BIO  ; O O O                   ; O B-PER O               ; 0/1/0 ; 0 ; 0/1/0 ; 66.67
          G33 a mix               ; BIO   ; BIO  ; B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE ; B-PER I-PER O B-ORG O B-ORG I-ORG O O O ; 1/2/3 ; 0 ; 1/2/3 ; 70.00
          S1  errors of many kinds ; BIO  ; BIO  ; O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE ; O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O ; 1/3/3 ; 0 ; 1/3/3 ; 63.64
          """)
  void goldenExample(
      String name,
      TagScheme goldScheme,
      TagScheme predictedScheme,
      String gold,
      String predicted,
      String counts,
      long illegal,
      String strict,
      String tokenAccuracy) {
    Scores scores = Scores.ofSpans(Reading.of(goldScheme), Reading.of(predictedScheme));
    Iterator<List<String>> found = sentences(predicted).iterator();
    for (List<String> sentence : sentences(gold)) scores.add(sentence, found.next());
    assertEquals(counts, text(scores.byType().micro()), name);
    assertEquals(strict, text(scores.strict().micro()), name);
    assertEquals(
        illegal,
        scores.illegalPredicted().values().stream().mapToLong(Long::longValue).sum(),
        name);
    assertEquals(Map.of(), scores.illegalGold(), name);
    assertEquals(tokenAccuracy, scores.tokenAccuracy().percent(), name);
  }

  @Test
  void countsPerTypeOfTheMix() { // G33
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO));
    scores.add(
        words("B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE"),
        words("B-PER I-PER O B-ORG O B-ORG I-ORG O O O"));
    Map<String, Counts> rows = scores.byType().rows();
    assertEquals("1/0/0", text(rows.get("PER")));
    assertEquals("0/2/1", text(rows.get("ORG")));
    assertEquals("0/0/1", text(rows.get("LOC")));
    assertEquals("0/0/1", text(rows.get("DATE")));
    Counts micro = scores.byType().micro();
    assertEquals("33.33", micro.precision().percent());
    assertEquals("25.00", micro.recall().percent());
    assertEquals("28.57", micro.f1().percent());
  }

  @Test
  void withoutAnySpanNothingIsDefinedAndNothingIsZero() {
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO));
    scores.add(words("O O O"), words("O O O"));
    assertEquals("n/a", scores.headline().percent());
    assertEquals("100.00", scores.tokenAccuracy().percent());
    scores.add(words("O O O"), words("O B-PER O"));
    assertEquals("n/a", scores.byType().micro().recall().percent());
    assertEquals("0.00", scores.byType().micro().precision().percent());
    assertEquals("0.00", scores.headline().percent());
  }

  @Test
  void bareTypesAndALowerCaseOAreRefused() { // G27 without IO, G30
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO));
    List<String> bare = words("PER PER O");
    assertThrows(LabelException.class, () -> scores.add(bare, bare));
    List<String> lower = words("B-PER o o");
    LabelException e = assertThrows(LabelException.class, () -> scores.add(lower, lower));
    assertEquals("did you mean \"O\"?", e.fix());
  }

  @Test
  void plainLabelsAreComparedOneByOne() { // G31
    Scores scores = Scores.ofLabels();
    scores.add(words("PER PER O"), words("PER O O"));
    assertEquals("1/0/1", text(scores.byType().rows().get("PER")));
    assertEquals("66.67", scores.byType().rows().get("PER").f1().percent());
    assertEquals("66.67", scores.headline().percent());
    assertEquals(1, scores.confusion().count("PER", "O"));
  }

  @Test
  void averagesOverGoldAndPredictedTypes() {
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO));
    scores.add(words("B-LOC I-LOC O B-PER"), words("B-ORG I-ORG O B-PER"));
    assertEquals(0.5, scores.headline().orElse(-1), 1e-12);
    assertEquals(1 / 3.0, scores.byType().macroF1().orElse(-1), 1e-12);
    assertEquals(0.5, scores.byType().macroF1OverGold().orElse(-1), 1e-12);
    assertEquals(0.5, scores.byType().weightedF1().orElse(-1), 1e-12);
  }

  static String text(Counts counts) {
    return counts.truePositives() + "/" + counts.falsePositives() + "/" + counts.falseNegatives();
  }

  static List<String> words(String text) {
    return Arrays.asList(text.strip().split(" +"));
  }

  private static List<List<String>> sentences(String text) {
    return Arrays.stream(text.split("/")).map(GoldenScoresTest::words).toList();
  }
}
