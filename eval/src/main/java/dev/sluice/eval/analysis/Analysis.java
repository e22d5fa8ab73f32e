package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.label.Span;
import dev.sluice.metric.Confusion;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Scores;
import java.util.List;
import java.util.Optional;

/**
 * Everything behind the scores of some data: how certain they are, which errors there are, where they are, and examples of them. Takes sentence by sentence, in the order of the data; memory
 * grows with their variety, not with their number.
 */
public final class Analysis {
  /** The seed of every resampling. */
  public static final long SEED = 20_261_126;

  private final Scores.Kind kind;
  private final int threads;
  private final Documents documents = new Documents();
  private final Intervals intervals;
  private final Buckets buckets;
  private final SpanErrors errors = new SpanErrors();
  private final SemEval leftToRight = new SemEval();
  private final SemEval bestOverlap = new SemEval();
  private final SemEvalApart apart = new SemEvalApart();
  private final Confusion tokens = new Confusion();
  private final Knowledge knowledge;
  private final Examples examples;

  /**
   * Without sentences.
   *
   * @param kind what is scored
   * @param knowledge what the system can have learned
   * @param confidences whether the system says how sure it is
   * @param by the column whose values the data are divided by, when there is one
   * @param threads how many to use at the end; the result is the same for any number
   */
  public Analysis(
      Scores.Kind kind,
      Knowledge knowledge,
      boolean confidences,
      Optional<String> by,
      int threads) {
    this.kind = kind;
    this.threads = threads;
    this.knowledge = knowledge;
    intervals = new Intervals(kind);
    buckets = new Buckets(kind, knowledge, confidences, by);
    examples = new Examples(buckets);
  }

  /** Adds a sentence. */
  public void add(Judged judged) {
    add(judged, counts(kind, judged));
  }

  /**
   * Adds a sentence.
   *
   * @param counts its {@link #counts}
   */
  public void add(Judged judged, CountsByType counts) {
    if (documents.begins(judged.sentence())) endOfDocument();
    intervals.add(judged, counts);
    buckets.add(judged, cases(kind, counts));
    judged.tags().ifPresent(this::addTokens);
    if (kind != Scores.Kind.SPANS) {
      examples.add(judged, List.of(), true);
      return;
    }
    Judged.Tags tags = judged.tags().orElseThrow();
    List<Span> gold = tags.gold(), predicted = tags.predicted();
    leftToRight.add(gold, predicted, SpanMatching.leftToRight(gold, predicted));
    List<SpanMatching.Pair> pairs = SpanMatching.byOverlap(gold, predicted);
    bestOverlap.add(gold, predicted, pairs);
    apart.add(gold, predicted);
    for (Sentence.Unreachable span : tags.unreachable()) {
      leftToRight.addMissing(span.type());
      bestOverlap.addMissing(span.type());
      apart.addMissing(span.type());
    }
    List<SpanError> its = SpanError.of(judged, pairs, knowledge);
    boolean wanted =
        errors.wantsExample(judged, its) || judged.label().map(l -> !l.right()).orElse(false);
    errors.add(judged, its, examples.add(judged, its, wanted));
  }

  private void endOfDocument() {
    intervals.endOfDocument();
    buckets.endOfDocument();
  }

  /** What a sentence counts by type of span, by label of tokens, or by label of the sentence. */
  public static CountsByType counts(Scores.Kind kind, Judged judged) {
    CountsByType counts = new CountsByType();
    switch (kind) {
      case SPANS -> {
        Judged.Tags tags = judged.tags().orElseThrow();
        counts.addSpans(tags.gold(), tags.predicted());
        tags.unreachable().forEach(span -> counts.addMiss(span.type()));
      }
      case LABELS -> {
        List<String> gold = judged.tags().orElseThrow().pair().gold();
        List<String> predicted = judged.tags().orElseThrow().pair().predicted();
        for (int t = 0; t < gold.size(); t++) counts.addLabel(gold.get(t), predicted.get(t));
      }
      case SENTENCES -> {
        Judged.Label label = judged.label().orElseThrow();
        if (!label.accepted()) counts.addMiss(label.gold());
        else counts.addLabel(label.gold(), label.right() ? label.gold() : label.predicted());
      }
    }
    return counts;
  }

  /** All types together; where a token or sentence has one label each, F1 is the accuracy, whether a wrong label was given or none. */
  public static Counts cases(Scores.Kind kind, CountsByType counts) {
    Counts all = counts.micro();
    return kind == Scores.Kind.SPANS
        ? all
        : new Counts(all.truePositives(), all.falseNegatives(), all.falseNegatives());
  }

  private void addTokens(Judged.Tags tags) {
    List<String> gold = tags.pair().gold(), predicted = tags.pair().predicted();
    for (int t = 0; t < gold.size(); t++) tokens.add(gold.get(t), predicted.get(t));
  }

  /**
   * What was found, as {@code analysis} of a part of metrics.json.
   *
   * @param scores the scores of the same sentences
   */
  public ObjectNode json(Scores scores) {
    Bootstrap bootstrap = Bootstrap.of(SEED, threads);
    ObjectNode json = Json.object();
    endOfDocument();
    Documents.Unit unit = documents.unit();
    json.putObject("unit")
        .put("kind", unit.documents() ? "document" : "sentence")
        .put("count", unit.count())
        .put("documents", documents.count() == 0 ? null : documents.count());
    json.set("intervals", intervals.json(bootstrap, unit));
    boolean hasSpans = kind == Scores.Kind.SPANS;
    json.set("semeval", hasSpans ? semeval() : null);
    json.set("errors", hasSpans ? errors.json() : null);
    ObjectNode confusion = json.putObject("confusion");
    confusion.set("spans", hasSpans ? cells(scores.confusion()) : null);
    confusion.set("tokens", cells(tokens));
    confusion.set("intents", cells(scores.intentConfusion()));
    json.set("buckets", buckets.json(bootstrap, unit));
    json.set("examples", examples.json());
    json.put("examplesOmitted", examples.omitted());
    return json;
  }

  private ObjectNode semeval() {
    ObjectNode json = Json.object();
    json.set("leftToRight", leftToRight.json());
    json.set("bestOverlap", leftToRight.sameAs(bestOverlap) ? null : bestOverlap.json());
    json.set("types", leftToRight.typesJson());
    json.set("typesApart", apart.json());
    return json;
  }

  private static ArrayNode cells(Confusion confusion) {
    ArrayNode json = Json.array();
    for (Confusion.Cell cell : confusion.cells())
      json.addObject()
          .put("gold", cell.gold())
          .put("predicted", cell.predicted())
          .put("count", cell.count());
    return json.isEmpty() ? null : json;
  }
}
