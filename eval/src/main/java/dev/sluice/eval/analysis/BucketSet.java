package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.metric.Counts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One way to sort cases into buckets, and what was counted in each. Every case lies in exactly one bucket, so the rows add up to the totals. The buckets are known beforehand, or they are the
 * values that the data have: then the most frequent ones are shown, and the others together.
 */
final class BucketSet {
  /** What is sorted. */
  enum Of {
    /** Gold and predicted spans, each by what it is itself. */
    SPANS,
    /** Tokens with a label each. */
    TOKENS,
    /** Sentences, and with them all their spans or labels. */
    SENTENCES
  }

  /** The bucket of gold spans that no token borders fit, of which no more is known; there is one only where there are such spans. */
  static final String UNREACHABLE = "no token borders fit";

  /** The bucket of all values that have none of their own. */
  static final String OTHERS = "(all others)";

  /** How many values have a bucket of their own. */
  static final int VALUES = 20;

  /** How many different values are counted apart, so that memory has a bound; those that are new later are among the others. */
  static final int MOST_VALUES = 1000;

  private final String name;
  private final String title;
  private final Of of;
  private final boolean values;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Set<Row> ofSentence = new LinkedHashSet<>();

  private static final class Row {
    private Counts all = Counts.NONE;
    private Counts sentence = Counts.NONE;
    private final UnitCounts units = UnitCounts.ofSpans();
    private long sentences;

    private void merge(Row other) {
      all = all.plus(other.all);
      units.merge(other.units);
    }
  }

  /**
   * Without cases.
   *
   * @param rows the buckets, in their order
   */
  BucketSet(String name, String title, Of of, List<String> rows) {
    this(name, title, of, false);
    for (String row : rows) this.rows.put(row, new Row());
  }

  private BucketSet(String name, String title, Of of, boolean values) {
    this.name = name;
    this.title = title;
    this.of = of;
    this.values = values;
  }

  /** Without cases, for sentences by a value that each has. */
  static BucketSet ofValues(String name, String title) {
    return new BucketSet(name, title, Of.SENTENCES, true);
  }

  String name() {
    return name;
  }

  /** The buckets that are shown, in their order. */
  List<String> names() {
    return List.copyOf(shown().keySet());
  }

  /** Counts something of the sentence at hand. */
  void add(String bucket, Counts counts) {
    Row row = rows.get(bucket);
    if (row == null) row = newRow(bucket);
    row.sentence = row.sentence.plus(counts);
    ofSentence.add(row);
  }

  private Row newRow(String bucket) {
    if (!values && !bucket.equals(UNREACHABLE))
      throw new IllegalArgumentException(name + " has no bucket " + bucket);
    boolean full = values && rows.size() >= MOST_VALUES;
    return rows.computeIfAbsent(full ? OTHERS : bucket, b -> new Row());
  }

  /** The sentence is over. */
  void endOfSentence() {
    for (Row row : ofSentence) {
      row.sentences++;
      if (row.sentence.equals(Counts.NONE)) continue;
      row.all = row.all.plus(row.sentence);
      row.units.add(row.sentence);
      row.sentence = Counts.NONE;
    }
    ofSentence.clear();
  }

  /** The document is over. */
  void endOfDocument() {
    for (Row row : rows.values()) row.units.endOfDocument();
  }

  /** All buckets together. */
  Counts total() {
    return rows.values().stream().map(row -> row.all).reduce(Counts.NONE, Counts::plus);
  }

  /** The counts of a bucket. */
  Counts counts(String bucket) {
    return rows.get(bucket).all;
  }

  /** Whether there is something to compare: values of sentences are, when there are several. */
  boolean divides() {
    return !values || rows.size() > 1;
  }

  ObjectNode json(Bootstrap bootstrap, Documents.Unit unit) {
    ObjectNode json = Json.object();
    json.put("name", name).put("title", title).put("of", Json.key(of));
    ArrayNode array = json.putArray("rows");
    shown().forEach((bucket, row) -> array.add(json(bucket, row, bootstrap, unit)));
    return json;
  }

  /** The most frequent values, equal ones by name, and one row for all others. */
  private Map<String, Row> shown() {
    if (!values) return rows;
    Map<String, Row> shown = new LinkedHashMap<>();
    Row others = new Row();
    boolean all = rows.size() <= VALUES + 1 && !rows.containsKey(OTHERS);
    rows.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Row> e) -> -e.getValue().sentences)
                .thenComparing(Map.Entry::getKey))
        .forEach(
            e -> {
              boolean own = all || shown.size() < VALUES && !e.getKey().equals(OTHERS);
              if (own) shown.put(e.getKey(), e.getValue());
              else others.merge(e.getValue());
            });
    if (!all) shown.put(OTHERS, others);
    return shown;
  }

  private ObjectNode json(String bucket, Row row, Bootstrap bootstrap, Documents.Unit unit) {
    Counts c = row.all;
    ObjectNode json = Json.object().put("name", bucket);
    json.put("gold", c.gold()).put("predicted", c.predicted());
    json.put("truePositives", c.truePositives());
    Json.put(json, "precision", c.precision().value());
    Json.put(json, "recall", c.recall().value());
    Json.put(json, "f1", c.f1().value());
    // a document that holds several of the other values would be several units
    boolean mixed = bucket.equals(OTHERS) && values && unit.documents();
    if (c.equals(Counts.NONE) || mixed) {
      json.putNull("interval");
    } else {
      json.set("interval", Intervals.ofF1(row.units.of(unit), unit.count(), bootstrap));
    }
    return json;
  }
}
