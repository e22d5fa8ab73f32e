package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.feature.Casing;
import dev.sluice.label.Span;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Scores;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Scores by what a span, a token or a sentence is like: its length, its place, how it is written, how well training knows it. The choice of buckets follows Fu, Liu and Neubig 2020
 * (arXiv:2011.06854).
 */
public final class Buckets {
  /** The buckets by how sure a system is, which are another matter for each system. */
  public static final String CONFIDENCE = "confidence";

  private static final Counts HIT = new Counts(1, 0, 0);
  private static final Counts NOISE = new Counts(0, 1, 0);
  private static final Counts MISS = new Counts(0, 0, 1);
  private static final Counts WRONG = new Counts(0, 1, 1);
  private static final Edges LENGTH = new Edges(1, 2, 3, 5);
  private static final Edges SENTENCE_LENGTH = new Edges(5, 10, 20, 40);
  private static final Edges FREQUENCY = new Edges(0, 1, 4, 19);
  private static final Edges SPANS = new Edges(0, 1, 2, 4);
  private static final List<String> THIRDS = List.of("first third", "middle third", "last third");
  private static final List<String> YES_NO = List.of("no", "yes");
  private static final List<String> SHARES = List.of("0", "(0, 0.1]", "(0.1, 0.25]", "(0.25, 1]");
  private static final String NO_CONFIDENCE = "not predicted";
  private static final String NONE = "(none)";
  private static final String EMPTY = "(empty)";

  private final List<BucketSet> sets = new ArrayList<>();
  private final List<SpanRule> spanRules = new ArrayList<>();
  private final List<TokenRule> tokenRules = new ArrayList<>();
  private final List<SentenceRule> sentenceRules = new ArrayList<>();

  /** Tells the bucket of a span. */
  @FunctionalInterface
  private interface Sorter {
    String bucket(Judged judged, Span span);
  }

  /** Tells the bucket of a token. */
  @FunctionalInterface
  private interface TokenSorter {
    String bucket(Sentence sentence, int token);
  }

  /** Tells the bucket of a sentence. */
  @FunctionalInterface
  private interface SentenceSorter {
    String bucket(Judged judged);
  }

  private record SpanRule(BucketSet set, Sorter sorter) {}

  private record TokenRule(BucketSet set, TokenSorter sorter) {}

  private record SentenceRule(BucketSet set, SentenceSorter sorter) {}

  /** Whole numbers in buckets that are closed to the right, the last one open. */
  private static final class Edges {
    private final int[] last;
    private final List<String> names = new ArrayList<>();

    Edges(int... last) {
      this.last = last;
      for (int i = 0; i < last.length; i++) {
        int first = i == 0 ? Math.min(last[0], 1) : last[i - 1] + 1;
        names.add(first == last[i] ? String.valueOf(first) : first + "-" + last[i]);
      }
      names.add((last[last.length - 1] + 1) + "+");
    }

    String of(long value) {
      int i = 0;
      while (i < last.length && value > last[i]) i++;
      return names.get(i);
    }
  }

  /**
   * The buckets for one kind of data.
   *
   * @param kind what is compared
   * @param knowledge what the system can have learned
   * @param confidences whether predicted spans have one
   * @param by the column whose values the data are divided by, when there is one
   */
  Buckets(Scores.Kind kind, Knowledge knowledge, boolean confidences, Optional<String> by) {
    Optional<Predicate<String>> seen = knowledge.words();
    Optional<TrainingLabels> training = knowledge.labels();
    if (kind == Scores.Kind.SPANS) spans(seen, training, confidences);
    if (kind == Scores.Kind.LABELS) tokens(seen, training);
    sentences(kind, seen);
    if (kind != Scores.Kind.SENTENCES)
      values("intent", "Label of the sentence", j -> j.sentence().intent().orElse(NONE));
    values("file", "File", j -> j.sentence().where().source());
    by.ifPresent(name -> values("column", "Column " + name, j -> j.group().orElse(NONE)));
  }

  private void spans(
      Optional<Predicate<String>> seen, Optional<TrainingLabels> training, boolean confidences) {
    span("spanLength", "Length in tokens", LENGTH.names, (j, s) -> LENGTH.of(s.end() - s.start()));
    training.ifPresent(
        labels -> {
          Predicate<String> word = seen.orElseThrow();
          span(
              "seenInTrain",
              "Surface form in train",
              Seen.NAMES,
              (j, s) -> Seen.of(labels, word, j, s));
          span(
              "trainFrequency",
              "Occurrences as a span in train",
              FREQUENCY.names,
              (j, s) -> FREQUENCY.of(frequency(labels, j, s)));
          span(
              "labelConsistency",
              "Share of its occurrences in train that have this type",
              Consistency.NAMES,
              (j, s) -> Consistency.of(labels, j, s));
        });
    if (training.isEmpty())
      seen.ifPresent(
          word ->
              span(
                  "unknownWord",
                  "Has a word that training never saw",
                  YES_NO,
                  (j, s) -> yes(words(j.sentence(), s).anyMatch(w -> !word.test(w)))));
    span(
        "capitalisation",
        "Capitalisation of the first word",
        casings(),
        (j, s) -> casing(j.sentence().tokens().get(s.start()).text()));
    span(
        "digits",
        "Has a digit",
        YES_NO,
        (j, s) -> yes(words(j.sentence(), s).anyMatch(Buckets::hasDigit)));
    span(
        "position",
        "Place in the sentence",
        THIRDS,
        (j, s) -> third(s.start(), j.sentence().size()));
    if (!confidences) return;
    List<String> deciles = new ArrayList<>();
    for (int d = 1; d <= 10; d++) deciles.add(decile(d));
    deciles.add(NO_CONFIDENCE);
    span(CONFIDENCE, "Confidence of the prediction", deciles, Buckets::confidence);
  }

  private void tokens(Optional<Predicate<String>> seen, Optional<TrainingLabels> training) {
    training.ifPresent(
        labels -> {
          token(
              "trainFrequency",
              "Occurrences of the word in train",
              FREQUENCY.names,
              (s, t) -> FREQUENCY.of(labels.count(s.tokens().get(t).text())));
          Edges tags = new Edges(0, 1, 2, 3);
          token(
              "ambiguity",
              "Different labels of the word in train",
              tags.names,
              (s, t) -> tags.of(labels.tags(s.tokens().get(t).text())));
        });
    seen.ifPresent(
        word ->
            token(
                "unknownWord",
                "Word that training never saw",
                YES_NO,
                (s, t) -> yes(!word.test(s.tokens().get(t).text()))));
    token(
        "capitalisation", "Capitalisation", casings(), (s, t) -> casing(s.tokens().get(t).text()));
    token("position", "Place in the sentence", THIRDS, (s, t) -> third(t, s.size()));
  }

  private void sentences(Scores.Kind kind, Optional<Predicate<String>> seen) {
    sentence(
        "sentenceLength",
        "Length of the sentence in tokens",
        SENTENCE_LENGTH.names,
        j -> SENTENCE_LENGTH.of(j.sentence().size()));
    seen.ifPresent(
        word ->
            sentence(
                "unknownWordRate",
                "Share of words that training never saw",
                SHARES,
                j -> share(unknown(j.sentence(), word), j.sentence().size())));
    if (kind != Scores.Kind.SPANS) return;
    sentence(
        "spansInSentence",
        "Gold spans in the sentence",
        SPANS.names,
        j -> SPANS.of(j.tags().orElseThrow().gold().size()));
    sentence(
        "spanDensity",
        "Share of tokens in gold spans",
        SHARES,
        j -> share(inside(j.tags().orElseThrow().gold()), j.sentence().size()));
  }

  private void span(String name, String title, List<String> rows, Sorter sorter) {
    spanRules.add(new SpanRule(set(name, title, BucketSet.Of.SPANS, rows), sorter));
  }

  private void token(String name, String title, List<String> rows, TokenSorter sorter) {
    tokenRules.add(new TokenRule(set(name, title, BucketSet.Of.TOKENS, rows), sorter));
  }

  private void sentence(String name, String title, List<String> rows, SentenceSorter sorter) {
    sentenceRules.add(new SentenceRule(set(name, title, BucketSet.Of.SENTENCES, rows), sorter));
  }

  private void values(String name, String title, SentenceSorter value) {
    BucketSet set = BucketSet.ofValues(name, title);
    sets.add(set);
    sentenceRules.add(new SentenceRule(set, j -> named(value.bucket(j))));
  }

  private static String named(String value) {
    return value.isEmpty() ? EMPTY : value;
  }

  private BucketSet set(String name, String title, BucketSet.Of of, List<String> rows) {
    BucketSet set = new BucketSet(name, title, of, rows);
    sets.add(set);
    return set;
  }

  /**
   * Adds a sentence.
   *
   * @param counts what it adds to the headline score
   */
  void add(Judged judged, Counts counts) {
    if (!spanRules.isEmpty()) addSpans(judged);
    if (!tokenRules.isEmpty()) addTokens(judged);
    for (SentenceRule rule : sentenceRules) rule.set.add(rule.sorter.bucket(judged), counts);
    sets.forEach(BucketSet::endOfSentence);
  }

  private void addSpans(Judged judged) {
    Judged.Tags tags = judged.tags().orElseThrow();
    Set<Span> gold = new HashSet<>(tags.gold()), predicted = new HashSet<>(tags.predicted());
    for (SpanRule rule : spanRules) {
      for (Span span : tags.gold())
        rule.set.add(rule.sorter.bucket(judged, span), predicted.contains(span) ? HIT : MISS);
      for (Span span : tags.predicted())
        if (!gold.contains(span)) rule.set.add(rule.sorter.bucket(judged, span), NOISE);
      for (int n = 0; n < tags.unreachable().size(); n++) rule.set.add(BucketSet.UNREACHABLE, MISS);
    }
  }

  private void addTokens(Judged judged) {
    Judged.Tags tags = judged.tags().orElseThrow();
    for (TokenRule rule : tokenRules) {
      for (int t = 0; t < judged.sentence().size(); t++) {
        boolean right = tags.pair().gold().get(t).equals(tags.pair().predicted().get(t));
        rule.set.add(rule.sorter.bucket(judged.sentence(), t), right ? HIT : WRONG);
      }
    }
  }

  /**
   * A bucket in which something lies. Which row of a report that is, is known at the end alone: only then it is known which values are frequent.
   *
   * @param set the way of sorting
   * @param bucket its name
   */
  record Place(BucketSet set, String bucket) {
    /** Its number among those of {@link #numbers}; that of all other values when it is not frequent, empty when its way is not shown. */
    Optional<Integer> in(Map<Place, Integer> numbers) {
      Integer own = numbers.get(this);
      return Optional.ofNullable(own == null ? numbers.get(new Place(set, BucketSet.OTHERS)) : own);
    }
  }

  /** The buckets in which a sentence lies: those of its gold and its predicted spans, of its tokens, and its own. */
  Set<Place> placesOf(Judged judged) {
    Set<Place> places = new LinkedHashSet<>();
    for (SpanRule rule : spanRules) {
      Judged.Tags tags = judged.tags().orElseThrow();
      for (List<Span> spans : List.of(tags.gold(), tags.predicted()))
        for (Span span : spans) places.add(new Place(rule.set, rule.sorter.bucket(judged, span)));
      if (!tags.unreachable().isEmpty()) places.add(new Place(rule.set, BucketSet.UNREACHABLE));
    }
    for (TokenRule rule : tokenRules)
      for (int t = 0; t < judged.sentence().size(); t++)
        places.add(new Place(rule.set, rule.sorter.bucket(judged.sentence(), t)));
    for (SentenceRule rule : sentenceRules)
      places.add(new Place(rule.set, rule.sorter.bucket(judged)));
    return places;
  }

  /** The rows of all ways that are shown, numbered through from 0 in the order of {@link #json}; to be asked after the last sentence. */
  Map<Place, Integer> numbers() {
    Map<Place, Integer> numbers = new HashMap<>();
    for (BucketSet set : sets)
      if (set.divides())
        for (String bucket : set.names()) numbers.put(new Place(set, bucket), numbers.size());
    return numbers;
  }

  /** The document of the sentences since the last one is over. */
  void endOfDocument() {
    sets.forEach(BucketSet::endOfDocument);
  }

  /** The sets, in their order. */
  List<BucketSet> sets() {
    return List.copyOf(sets);
  }

  ArrayNode json(Bootstrap bootstrap, Documents.Unit unit) {
    ArrayNode json = Json.array();
    for (BucketSet set : sets) if (set.divides()) json.add(set.json(bootstrap, unit));
    return json;
  }

  /** How well the surface form of a span is known from training. */
  private static final class Seen {
    static final List<String> NAMES =
        List.of(
            "with this type",
            "with other types only",
            "new, every word known",
            "new, with an unknown word");

    static String of(TrainingLabels labels, Predicate<String> word, Judged judged, Span span) {
      TrainingLabels.Form form = labels.form(Surfaces.of(judged.sentence(), span));
      if (form != null) return NAMES.get(form.types.containsKey(span.type()) ? 0 : 1);
      return NAMES.get(words(judged.sentence(), span).allMatch(word) ? 2 : 3);
    }
  }

  /** How often a surface form has the type of a span, when training knows it. */
  private static final class Consistency {
    static final List<String> NAMES = List.of("never a span", "0", "(0, 0.5]", "(0.5, 1)", "1");

    static String of(TrainingLabels labels, Judged judged, Span span) {
      TrainingLabels.Form form = labels.form(Surfaces.of(judged.sentence(), span));
      if (form == null) return NAMES.get(0);
      long same = form.types.getOrDefault(span.type(), 0L), all = form.all();
      if (same == 0) return NAMES.get(1);
      if (same == all) return NAMES.get(4);
      return NAMES.get(2 * same <= all ? 2 : 3);
    }
  }

  private static long frequency(TrainingLabels labels, Judged judged, Span span) {
    TrainingLabels.Form form = labels.form(Surfaces.of(judged.sentence(), span));
    return form == null ? 0 : form.tagged();
  }

  private static String confidence(Judged judged, Span span) {
    for (Judged.Found found : judged.tags().orElseThrow().found()) {
      if (!found.span().equals(span) || found.confidence().isEmpty()) continue;
      return decile(
          (int) Math.max(1, Math.ceil(10 * Math.min(1, found.confidence().getAsDouble()))));
    }
    return NO_CONFIDENCE;
  }

  private static String decile(int d) {
    return String.format(
        Locale.ROOT, "%s%.1f, %.1f]", d == 1 ? "[" : "(", (d - 1) / 10.0, d / 10.0);
  }

  private static Stream<String> words(Sentence sentence, Span span) {
    return sentence.tokens().subList(span.start(), span.end()).stream().map(Token::text);
  }

  private static List<String> casings() {
    return Arrays.stream(Casing.values()).map(Casing::category).toList();
  }

  private static String casing(String word) {
    return Casing.of(word).category();
  }

  private static boolean hasDigit(String word) {
    return word.codePoints().anyMatch(Character::isDigit);
  }

  private static String yes(boolean is) {
    return YES_NO.get(is ? 1 : 0);
  }

  private static String third(int place, int size) {
    return THIRDS.get(3 * place / size);
  }

  private static long unknown(Sentence sentence, Predicate<String> known) {
    return sentence.tokens().stream().filter(token -> !known.test(token.text())).count();
  }

  private static long inside(List<Span> spans) {
    return spans.stream().mapToLong(span -> span.end() - span.start()).sum();
  }

  private static String share(long part, long whole) {
    if (part == 0) return SHARES.get(0);
    if (10 * part <= whole) return SHARES.get(1);
    return SHARES.get(4 * part <= whole ? 2 : 3);
  }
}
