package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Buckets divide what they sort: nothing is lost, nothing is counted twice. */
class BucketsTest {
  private static final long SEED = 20261126L;

  /** Whatever the sentences are like: with spans that no token borders fit or without, with labels and files and values of a column, many or few. */
  @Test
  void theRowsOfEverySetAddUpToTheTotals() {
    SplittableRandom random = new SplittableRandom(SEED);
    TrainingLabels training =
        TrainingLabels.of(
            Reading.of(TagScheme.BIO),
            taker -> {
              SplittableRandom other = new SplittableRandom(SEED + 1);
              for (int n = 0; n < 40; n++) taker.accept(Tagged.sentence(words(other), tags(other)));
            });
    for (int round = 0; round < 60; round++) {
      boolean known = random.nextBoolean(), confident = random.nextBoolean();
      Knowledge knowledge =
          known ? new Knowledge(Optional.empty(), Optional.of(training)) : Knowledge.NONE;
      int unreachable = random.nextInt(3), values = 1 + random.nextInt(2000);
      Optional<String> by = random.nextBoolean() ? Optional.of("domain") : Optional.empty();
      Buckets buckets = new Buckets(Scores.Kind.SPANS, knowledge, confident, by);
      Counts total = Counts.NONE;
      for (int n = 0; n < 100; n++) {
        Judged judged =
            Tagged.with(
                Tagged.bio(words(random), tags(random), tags(random), Map.of()),
                Collections.nCopies(
                    random.nextInt(1 + unreachable), new Sentence.Unreachable("A", "x")),
                random.nextInt(4) == 0
                    ? Optional.empty()
                    : Optional.of("intent" + random.nextInt(values)),
                "file" + random.nextInt(values));
        Counts counts = Analysis.counts(Scores.Kind.SPANS, judged).micro();
        total = total.plus(counts);
        buckets.add(judged.in(by.map(c -> "v" + random.nextInt(values))), counts);
      }
      assertTrue(buckets.sets().size() >= (known ? 12 : 8), "all kinds of buckets");
      for (BucketSet set : buckets.sets())
        assertEquals(total, set.total(), set.name() + ", seed " + SEED + ", round " + round);
      JsonNode json = buckets.json(new Bootstrap(1, 0.95, 1, 1), new Documents.Unit(false, 100));
      for (JsonNode set : json)
        assertEquals(total, sum(set), set.get("name") + ", seed " + SEED + ", round " + round);
    }
  }

  private static Counts sum(JsonNode set) {
    Counts sum = Counts.NONE;
    for (JsonNode row : set.get("rows")) {
      long hits = row.get("truePositives").asLong();
      sum =
          sum.plus(
              new Counts(
                  hits, row.get("predicted").asLong() - hits, row.get("gold").asLong() - hits));
    }
    return sum;
  }

  @Test
  void goldSpansThatNoTokenBordersFitHaveARowWhereThereAreAny() {
    Buckets buckets = new Buckets(Scores.Kind.SPANS, Knowledge.NONE, false, Optional.empty());
    Judged plain = Tagged.bio("B-A O", "B-A O");
    buckets.add(plain, new Counts(1, 0, 0));
    assertEquals(List.of("1", "2", "3", "4-5", "6+"), rows(buckets, "spanLength"));
    Judged cut =
        Tagged.with(
            plain, List.of(new Sentence.Unreachable("A", "x")), Optional.empty(), "a.conll");
    buckets.add(cut, new Counts(1, 0, 1));
    assertEquals(
        List.of("1", "2", "3", "4-5", "6+", "no token borders fit"), rows(buckets, "spanLength"));
    assertEquals(new Counts(0, 0, 1), counts(buckets, "position", "no token borders fit"));
  }

  @Test
  void sentencesAreSortedByLabelFileAndColumnWhereTheseDiffer() {
    Buckets buckets = new Buckets(Scores.Kind.SPANS, Knowledge.NONE, false, Optional.of("domain"));
    Judged plain = Tagged.bio("B-A O", "B-A O");
    String[][] all = {
      {"book", "a.csv", "air"}, {"", "a.csv", ""}, {"book", "a.csv", "air"}, {null, "a.csv", "air"}
    };
    for (String[] s : all)
      buckets.add(
          Tagged.with(plain, List.of(), Optional.ofNullable(s[0]), s[1]).in(Optional.of(s[2])),
          new Counts(1, 0, 0));
    assertEquals(List.of("book", "(empty)", "(none)"), rows(buckets, "intent"));
    assertEquals(List.of("air", "(empty)"), rows(buckets, "column"));
    assertEquals(List.of(), rows(buckets, "file"), "one file is no way to sort");
  }

  /** Of 30 values the 20 most frequent ones stand alone, equally frequent ones by name. */
  @Test
  void rareValuesStandTogether() {
    Buckets buckets = new Buckets(Scores.Kind.SPANS, Knowledge.NONE, false, Optional.of("domain"));
    Judged plain = Tagged.bio("B-A O", "B-A O");
    for (int n = 0; n < 30; n++)
      for (int times = 0; times < (n < 10 ? 1 : 2); times++)
        buckets.add(plain.in(Optional.of("v" + (10 + n))), new Counts(1, 0, 0));
    List<String> rows = rows(buckets, "column");
    assertEquals(21, rows.size());
    assertEquals(
        List.of("v20", "v39", "(all others)"), List.of(rows.get(0), rows.get(19), rows.get(20)));
    JsonNode json = json(buckets, "column");
    assertEquals(10, json.at("/rows/20/gold").asInt());
  }

  private static List<String> rows(Buckets buckets, String set) {
    List<String> names = new ArrayList<>();
    json(buckets, set).path("rows").forEach(row -> names.add(row.get("name").asText()));
    return names;
  }

  private static JsonNode json(Buckets buckets, String name) {
    for (JsonNode set : buckets.json(new Bootstrap(1, 0.95, 1, 1), new Documents.Unit(false, 90)))
      if (set.get("name").asText().equals(name)) return set;
    return MissingNode.getInstance();
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
    Buckets buckets = new Buckets(Scores.Kind.SPANS, knowledge, true, Optional.empty());
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
    Buckets buckets = new Buckets(Scores.Kind.SPANS, nothing, false, Optional.of("domain"));
    Judged judged = Tagged.bio("a b c d", "B-x I-x I-x O", "O O O B-x", Map.of());
    Map<Buckets.Place, Integer> before = buckets.numbers();
    buckets.add(judged.in(Optional.of("mail")), Counts.NONE);
    assertEquals(before, buckets.numbers(), "a single value does not divide the data");
    for (int n = 0; n < 30; n++) {
      buckets.add(judged.in(Optional.of("mail")), Counts.NONE);
      buckets.add(judged.in(Optional.of("v" + n)), Counts.NONE);
    }
    Map<Buckets.Place, Integer> numbers = buckets.numbers();
    assertEquals(before.size() + 21, numbers.size(), "the 20 most frequent values and the others");
    List<Integer> rows = rows(buckets, judged.in(Optional.of("mail")), numbers);
    assertEquals(List.of(0, 2), rows.subList(0, 2));
    assertEquals(before.size(), rows.get(rows.size() - 1), "the most frequent value comes first");
    rows = rows(buckets, judged.in(Optional.of("v29")), numbers);
    assertEquals(numbers.size() - 1, rows.get(rows.size() - 1), "a rare one is among the others");
  }

  private static List<Integer> rows(
      Buckets buckets, Judged judged, Map<Buckets.Place, Integer> numbers) {
    return buckets.placesOf(judged).stream()
        .flatMap(place -> place.in(numbers).stream())
        .sorted()
        .toList();
  }

  @Test
  void plainLabelsAreSortedByToken() {
    Buckets buckets =
        new Buckets(
            Scores.Kind.LABELS,
            new Knowledge(Optional.of(word -> !word.equals("new")), Optional.empty()),
            false,
            Optional.empty());
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
