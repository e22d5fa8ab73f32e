package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.metric.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One way to sort cases into buckets, and what was counted in each. Every case lies in exactly one bucket, so the rows add up to the totals. */
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

  private final String name;
  private final String title;
  private final Of of;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private static final class Row {
    private Counts all = Counts.NONE;
    private Counts sentence = Counts.NONE;
    private final UnitCounts units = UnitCounts.ofSpans();
  }

  /**
   * Without cases.
   *
   * @param rows the buckets, in their order
   */
  BucketSet(String name, String title, Of of, List<String> rows) {
    this.name = name;
    this.title = title;
    this.of = of;
    for (String row : rows) this.rows.put(row, new Row());
  }

  String name() {
    return name;
  }

  /** How many buckets there are. */
  int size() {
    return rows.size();
  }

  /** The place of a bucket among them, from 0. */
  int place(String bucket) {
    return List.copyOf(rows.keySet()).indexOf(bucket);
  }

  /** Counts something of the sentence at hand. */
  void add(String bucket, Counts counts) {
    Row row = rows.get(bucket);
    row.sentence = row.sentence.plus(counts);
  }

  /** The sentence is over. */
  void endOfSentence() {
    for (Row row : rows.values()) {
      if (row.sentence.equals(Counts.NONE)) continue;
      row.all = row.all.plus(row.sentence);
      row.units.add(row.sentence);
      row.sentence = Counts.NONE;
    }
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

  ObjectNode json(Bootstrap bootstrap, Documents.Unit unit) {
    ObjectNode json = Json.object();
    json.put("name", name).put("title", title).put("of", Json.key(of));
    ArrayNode array = json.putArray("rows");
    rows.forEach((bucket, row) -> array.add(json(bucket, row, bootstrap, unit)));
    return json;
  }

  private ObjectNode json(String bucket, Row row, Bootstrap bootstrap, Documents.Unit unit) {
    Counts c = row.all;
    ObjectNode json = Json.object().put("name", bucket);
    json.put("gold", c.gold()).put("predicted", c.predicted());
    json.put("truePositives", c.truePositives());
    Json.put(json, "precision", c.precision().value());
    Json.put(json, "recall", c.recall().value());
    Json.put(json, "f1", c.f1().value());
    if (c.equals(Counts.NONE)) {
      json.putNull("interval");
    } else {
      json.set("interval", Intervals.ofF1(row.units.of(unit), unit.count(), bootstrap));
    }
    return json;
  }
}
