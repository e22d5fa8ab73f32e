package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What no score of spans may depend on, and what must hold between scores: 100,000 random cases, of which each is a few sentences. */
class ScoreInvariantsTest {
  private static final int CASES = 20_000;
  private static final int SIZE = 10;
  private static final Map<String, String> RENAMED = Map.of("X", "a-b", "Y", "X", "Z", "q");

  /** A sentence as two readings of it. */
  private record Pair(List<Span> gold, List<Span> predicted) {}

  @Test
  void renamingTypesLeavesF1Unchanged() {
    SplittableRandom random = Seeds.of(921);
    for (int i = 0; i < CASES; i++) {
      List<Pair> text = text(random);
      List<Pair> renamed =
          text.stream().map(p -> new Pair(renamed(p.gold), renamed(p.predicted))).toList();
      Scores before = scored(TagScheme.BIO, TagScheme.BIO, text);
      Scores after = scored(TagScheme.BIO, TagScheme.BIO, renamed);
      assertEquals(before.byType().micro(), after.byType().micro(), Seeds::describe);
      assertEquals(
          before.byType().macroF1().orElse(-1),
          after.byType().macroF1().orElse(-1),
          1e-12,
          Seeds::describe);
    }
  }

  private static List<Span> renamed(List<Span> spans) {
    return spans.stream().map(s -> new Span(RENAMED.get(s.type()), s.start(), s.end())).toList();
  }

  @Test
  void theOrderOfSentencesLeavesEveryScoreUnchanged() {
    SplittableRandom random = Seeds.of(922);
    for (int i = 0; i < CASES; i++) {
      List<Pair> text = text(random);
      List<Pair> shuffled = new ArrayList<>(text);
      Collections.shuffle(shuffled, new Random(random.nextLong()));
      Scores before = scored(TagScheme.BIO, TagScheme.BIO, text);
      Scores after = scored(TagScheme.BIO, TagScheme.BIO, shuffled);
      assertEquals(before.byType().rows(), after.byType().rows(), Seeds::describe);
      assertEquals(before.boundaries(), after.boundaries(), Seeds::describe);
      assertEquals(before.confusion().cells(), after.confusion().cells(), Seeds::describe);
    }
  }

  /** Any scheme that can tell neighbours apart may be read on either side. */
  @Test
  void conversionsLeaveTheCountsUnchanged() {
    List<TagScheme> schemes = new ArrayList<>(List.of(TagScheme.values()));
    schemes.removeAll(List.of(TagScheme.IO, TagScheme.PLAIN));
    SplittableRandom random = Seeds.of(923);
    for (int i = 0; i < CASES; i++) {
      List<Pair> text = text(random);
      TagScheme gold = schemes.get(random.nextInt(schemes.size()));
      TagScheme predicted = schemes.get(random.nextInt(schemes.size()));
      Scores before = scored(TagScheme.BIO, TagScheme.BIO, text);
      Scores after = scored(gold, predicted, text);
      assertEquals(
          before.byType().rows(),
          after.byType().rows(),
          () -> gold + "/" + predicted + ", " + Seeds.describe());
      assertEquals(Map.of(), after.illegalPredicted(), Seeds::describe);
    }
  }

  @Test
  void swappingGoldAndPredictionSwapsPrecisionAndRecall() {
    SplittableRandom random = Seeds.of(924);
    for (int i = 0; i < CASES; i++) {
      List<Pair> text = text(random);
      List<Pair> swapped = text.stream().map(p -> new Pair(p.predicted, p.gold)).toList();
      Counts forth = scored(TagScheme.BIO, TagScheme.BIO, text).byType().micro();
      Counts back = scored(TagScheme.BIO, TagScheme.BIO, swapped).byType().micro();
      assertEquals(forth.precision(), back.recall(), Seeds::describe);
      assertEquals(forth.recall(), back.precision(), Seeds::describe);
      assertEquals(forth.f1(), back.f1(), Seeds::describe);
    }
  }

  /** F1 is the harmonic mean of both: of the micro counts and of each type's. */
  @Test
  void f1LiesBetweenPrecisionAndRecall() {
    SplittableRandom random = Seeds.of(925);
    for (int i = 0; i < CASES; i++) {
      CountsByType counts = scored(TagScheme.BIO, TagScheme.BIO, text(random)).byType();
      List<Counts> all = new ArrayList<>(counts.rows().values());
      all.add(counts.micro());
      for (Counts c : all) {
        double p = c.precision().orElse(0), r = c.recall().orElse(0), f = c.f1().orElse(0);
        assertTrue(
            f >= Math.min(p, r) - 1e-12 && f <= Math.max(p, r) + 1e-12,
            () -> c + ", " + Seeds.describe());
      }
    }
  }

  private static Scores scored(TagScheme gold, TagScheme predicted, List<Pair> text) {
    Scores scores = Scores.ofSpans(Reading.of(gold), Reading.of(predicted));
    for (Pair pair : text)
      scores.add(gold.encode(pair.gold, SIZE), predicted.encode(pair.predicted, SIZE));
    return scores;
  }

  /** One to four sentences; a prediction is often close to the gold data. */
  private static List<Pair> text(SplittableRandom random) {
    List<Pair> text = new ArrayList<>();
    for (int s = 1 + random.nextInt(4); s > 0; s--) {
      List<Span> gold = spans(random);
      boolean near = random.nextBoolean();
      List<Span> predicted = near ? new ArrayList<>(gold) : spans(random);
      if (near && !gold.isEmpty()) predicted.remove(random.nextInt(gold.size()));
      text.add(new Pair(gold, predicted));
    }
    return text;
  }

  private static List<Span> spans(SplittableRandom random) {
    List<Span> spans = new ArrayList<>();
    for (int start = random.nextInt(4); start < SIZE; ) {
      int end = Math.min(SIZE, start + 1 + random.nextInt(3));
      spans.add(new Span(List.of("X", "Y", "Z").get(random.nextInt(3)), start, end));
      start = end + random.nextInt(4);
    }
    return spans;
  }
}
