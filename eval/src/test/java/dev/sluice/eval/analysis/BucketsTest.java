package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Buckets divide what they sort: nothing is lost, nothing is counted twice. */
class BucketsTest {
  private static final long SEED = 20261126L;

  @Test
  void rowsAddUpToTheTotals() {
    SplittableRandom random = new SplittableRandom(SEED);
    TrainingLabels training =
        TrainingLabels.of(
            Reading.of(TagScheme.BIO),
            taker -> {
              SplittableRandom other = new SplittableRandom(SEED + 1);
              for (int n = 0; n < 40; n++) taker.accept(Tagged.sentence(words(other), tags(other)));
            });
    Knowledge knowledge = new Knowledge(Optional.empty(), Optional.of(training));
    Buckets buckets = new Buckets(Scores.Kind.SPANS, knowledge, true);
    Counts total = Counts.NONE;
    for (int n = 0; n < 500; n++) {
      Judged judged = Tagged.bio(words(random), tags(random), tags(random), Map.of());
      Counts counts = Analysis.counts(Scores.Kind.SPANS, judged).micro();
      total = total.plus(counts);
      buckets.add(judged, counts);
    }
    assertTrue(buckets.sets().size() >= 12, "all kinds of buckets");
    for (BucketSet set : buckets.sets())
      assertEquals(total, set.total(), set.name() + ", seed " + SEED);
  }

  @Test
  void aSpanLiesInTheBucketThatFitsIt() {
    TrainingLabels training =
        TrainingLabels.of(
            Reading.of(TagScheme.BIO),
            taker -> {
              taker.accept(Tagged.sentence("to new york", "O B-city I-city"));
              taker.accept(Tagged.sentence("new york is new york", "B-state I-state O O O"));
            });
    Knowledge knowledge = new Knowledge(Optional.empty(), Optional.of(training));
    Buckets buckets = new Buckets(Scores.Kind.SPANS, knowledge, true);
    Judged judged =
        Tagged.bio(
            "to New York new york 3",
            "O O O B-city I-city B-date",
            "O B-city O B-city I-city O",
            Map.of(new Span("city", 3, 5), 0.8, new Span("city", 1, 2), 1.0));
    buckets.add(judged, Analysis.counts(Scores.Kind.SPANS, judged).micro());
    Counts hit = new Counts(1, 0, 0), noise = new Counts(0, 1, 0), miss = new Counts(0, 0, 1);
    assertEquals(hit, counts(buckets, "spanLength", "2"));
    assertEquals(noise.plus(miss), counts(buckets, "spanLength", "1"));
    assertEquals(hit, counts(buckets, "seenInTrain", "with this type"));
    assertEquals(noise.plus(miss), counts(buckets, "seenInTrain", "new, with an unknown word"));
    // one of three occurrences of new york is a city
    assertEquals(hit, counts(buckets, "labelConsistency", "(0, 0.5]"));
    assertEquals(hit, counts(buckets, "trainFrequency", "2-4"));
    assertEquals(hit, counts(buckets, "confidence", "(0.7, 0.8]"));
    assertEquals(noise, counts(buckets, "confidence", "(0.9, 1.0]"));
    assertEquals(miss, counts(buckets, "confidence", "not predicted"));
    assertEquals(miss, counts(buckets, "digits", "yes"));
    assertEquals(new Counts(1, 1, 1), counts(buckets, "sentenceLength", "6-10"));
  }

  /** Lengths 1, 2, 3, 4-5, 6+ are the rows 0 to 4, as they come first. */
  @Test
  void aSentenceLiesInTheRowsOfItsSpansOnBothSidesAndInItsOwn() {
    Knowledge nothing = new Knowledge(Optional.empty(), Optional.empty());
    Buckets buckets = new Buckets(Scores.Kind.SPANS, nothing, false);
    Judged judged = Tagged.bio("a b c d", "B-x I-x I-x O", "O O O B-x", Map.of());
    List<Integer> rows = List.copyOf(buckets.rowsOf(judged));
    assertEquals(List.of(0, 2), rows.subList(0, 2));
    int all = buckets.sets().stream().mapToInt(BucketSet::size).sum();
    assertTrue(rows.get(rows.size() - 1) < all, rows.toString());
    int first = 0;
    for (BucketSet set : buckets.sets()) {
      int from = first, to = first + set.size();
      assertTrue(rows.stream().anyMatch(row -> row >= from && row < to), set.name());
      first = to;
    }
  }

  @Test
  void plainLabelsAreSortedByToken() {
    Buckets buckets =
        new Buckets(
            Scores.Kind.LABELS,
            new Knowledge(Optional.of(word -> !word.equals("new")), Optional.empty()),
            false);
    Judged judged = Tagged.plain("a new song", "X Y X", "X X X");
    buckets.add(judged, new Counts(2, 1, 1));
    assertEquals(new Counts(0, 1, 1), counts(buckets, "unknownWord", "yes"));
    assertEquals(new Counts(2, 0, 0), counts(buckets, "unknownWord", "no"));
  }

  private static Counts counts(Buckets buckets, String set, String row) {
    return buckets.sets().stream()
        .filter(s -> s.name().equals(set))
        .findFirst()
        .orElseThrow()
        .counts(row);
  }

  private static String words(SplittableRandom random) {
    List<String> some = List.of("oslo", "Rome", "new", "York", "7", "to", "from");
    StringBuilder words = new StringBuilder("in");
    for (int t = 1; t < 8; t++) words.append(' ').append(some.get(random.nextInt(some.size())));
    return words.toString();
  }

  private static String tags(SplittableRandom random) {
    String[] some = {"O", "B-A", "I-A", "B-B", "O"};
    StringBuilder tags = new StringBuilder("O");
    for (int t = 1; t < 8; t++) tags.append(' ').append(some[random.nextInt(some.length)]);
    return tags.toString();
  }
}
