package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.analysis.Buckets;
import dev.sluice.eval.analysis.Documents;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.JudgedJson;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.Difference;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.McNemar;
import dev.sluice.eval.statistics.Measure;
import dev.sluice.eval.statistics.PairedUnits;
import dev.sluice.eval.statistics.Permutations;
import dev.sluice.eval.statistics.Randomisation;
import dev.sluice.eval.statistics.SeedComparison;
import dev.sluice.eval.statistics.SeedScores;
import dev.sluice.eval.statistics.Units;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Two systems on the same sentences. Differences are those of the second less the first, which is the baseline. */
final class Pair {
  private static final int EXAMPLES = 50;
  private static final int LEAST_SUPPORT = 20;

  private final Contender first;
  private final Contender second;
  private final boolean detailed;
  private final long weightOfFirst;
  private final long weightOfSecond;
  private final PairedCounts all = new PairedCounts();
  private final SortedMap<String, PairedCounts> byType = new TreeMap<>();
  private final ArrayNode fixed = Json.array();
  private final ArrayNode broken = Json.array();
  private int onlyFirst;
  private int onlySecond;

  /** @param detailed whether types, buckets and examples are wanted, too */
  Pair(Contender first, Contender second, boolean detailed) {
    this.first = first;
    this.second = second;
    this.detailed = detailed;
    weightOfFirst = second.runs().size();
    weightOfSecond = first.runs().size();
  }

  /** Counts of all runs of a system, so that both systems weigh the same however many runs each has. */
  private static Counts times(long n, Counts c) {
    return new Counts(n * c.truePositives(), n * c.falsePositives(), n * c.falseNegatives());
  }

  /**
   * A sentence as the runs of a system judged it.
   *
   * @param counts what it counts by type, over all runs
   * @param cases the same for the headline score
   * @param judged what each run said
   */
  record Side(CountsByType counts, Counts cases, List<Judged> judged) {
    /** Whether the first of the runs has all of it right. */
    boolean right() {
      return judged.get(0).right();
    }
  }

  /** Adds a sentence. */
  void add(Side one, Side other) {
    all.add(times(weightOfSecond, other.cases), times(weightOfFirst, one.cases));
    if (one.right() && !other.right()) onlyFirst++;
    if (other.right() && !one.right()) onlySecond++;
    if (!detailed) return;
    Set<String> types = new HashSet<>(one.counts.rows().keySet());
    types.addAll(other.counts.rows().keySet());
    for (String type : types)
      byType
          .computeIfAbsent(type, t -> new PairedCounts())
          .add(
              times(weightOfSecond, other.counts.rows().getOrDefault(type, Counts.NONE)),
              times(weightOfFirst, one.counts.rows().getOrDefault(type, Counts.NONE)));
    if (one.right() == other.right()) return;
    ArrayNode examples = other.right() ? fixed : broken;
    if (examples.size() == EXAMPLES) return;
    ObjectNode example = Json.object();
    example.set("first", JudgedJson.of(one.judged.get(0)));
    example.set("second", JudgedJson.of(other.judged.get(0)));
    examples.add(example);
  }

  /** The document of the sentences since the last one is over. */
  void endOfDocument() {
    all.endOfDocument();
    byType.values().forEach(PairedCounts::endOfDocument);
  }

  /** The p of the difference between the headline scores, not yet corrected; 1 when a score is undefined. */
  double p(Randomisation randomisation, Documents.Unit unit) {
    return randomisation.test(all.of(unit), Measure.F1).map(Permutations::p).orElse(1.0);
  }

  /** The p of each type that both score, not yet corrected; none unless they are wanted. */
  SortedMap<String, Double> typeP(Randomisation randomisation, Documents.Unit unit) {
    SortedMap<String, Double> p = new TreeMap<>();
    byType.forEach(
        (type, its) ->
            randomisation.test(its.of(unit), Measure.F1).ifPresent(test -> p.put(type, test.p())));
    return p;
  }

  /** The interval of the headline score of the first system, or of the second, over units; empty when it is undefined. */
  Optional<Interval> interval(boolean ofFirst, Bootstrap bootstrap, Documents.Unit unit) {
    PairedUnits units = all.of(unit);
    Units one = ofFirst ? units.second() : units.first(); // differences are second less first
    return bootstrap.resample(one).interval(Measure.F1);
  }

  /**
   * What came of it.
   *
   * @param p of the difference, corrected for the number of comparisons
   * @param pairs how many comparisons that were
   * @param typeP of the difference in each type, corrected for all types of all comparisons with the baseline
   * @param unit what is exchanged and resampled
   */
  ObjectNode json(
      double p, int pairs, Map<String, Double> typeP, Bootstrap bootstrap, Documents.Unit unit) {
    PairedUnits units = all.of(unit);
    ObjectNode json = Json.object();
    json.put("first", first.name()).put("second", second.name());
    Optional<Difference> difference = bootstrap.resample(units).difference(Measure.F1);
    Optional<SeedComparison> seeds = seeds(bootstrap.seed());
    OptionalDouble points = points(difference, seeds);
    Json.put(
        json,
        "difference",
        points.isPresent() ? OptionalDouble.of(points.getAsDouble() / 100) : points);
    json.set("interval", interval(difference.flatMap(Difference::interval)));
    json.put("p", p);
    json.put("differing", units.differing());
    Json.put(
        json,
        "bootstrapP",
        difference.isPresent()
            ? OptionalDouble.of(difference.get().bootstrapP())
            : OptionalDouble.empty());
    ObjectNode mcnemar = json.putObject("mcnemar");
    mcnemar.put("onlyFirst", onlyFirst).put("onlySecond", onlySecond);
    mcnemar.put("p", new McNemar(onlyFirst, onlySecond).p());
    json.set("seeds", seeds.map(Pair::seedsJson).orElse(null));
    Verdict verdict = verdict(points, difference, p, pairs, units.differing(), unit, seeds);
    json.put("verdict", Json.key(verdict.kind())).put("sentence", verdict.sentence());
    if (!detailed) return json;
    ArrayNode types = types(typeP, bootstrap, unit), buckets = buckets();
    json.put("wins", Wins.of(first, second, types, buckets));
    json.set("types", types);
    json.set("buckets", buckets);
    json.set("fixed", fixed);
    json.set("broken", broken);
    return json;
  }

  private Optional<SeedComparison> seeds(long seed) {
    Optional<SeedScores> one = first.seeds(), other = second.seeds();
    if (one.isEmpty() || other.isEmpty()) return Optional.empty();
    return Optional.of(SeedComparison.of(other.get(), one.get(), seed));
  }

  /** In points of a percent; empty when one of the scores is undefined. */
  private static OptionalDouble points(
      Optional<Difference> difference, Optional<SeedComparison> seeds) {
    if (seeds.isPresent()) return OptionalDouble.of(seeds.get().delta());
    return difference.isPresent()
        ? OptionalDouble.of(100 * difference.get().delta())
        : OptionalDouble.empty();
  }

  private Verdict verdict(
      OptionalDouble difference100,
      Optional<Difference> difference,
      double p,
      int pairs,
      long differing,
      Documents.Unit unit,
      Optional<SeedComparison> seeds) {
    if (difference100.isEmpty())
      return new Verdict(
          Verdict.Kind.UNKNOWN,
          first.name() + " or " + second.name() + " has no score, so they cannot be compared");
    double points = difference100.getAsDouble();
    boolean up = points >= 0;
    String interval =
        difference
            .flatMap(Difference::interval)
            .map(
                i ->
                    String.format(
                        Locale.ROOT,
                        "95 %% interval %+.2f to %+.2f",
                        100 * (up ? i.low() : -i.high()),
                        100 * (up ? i.high() : -i.low())))
            .orElse("no interval");
    int count = Math.min(first.runs().size(), second.runs().size());
    return Verdict.of(
        up ? second.name() : first.name(),
        up ? first.name() : second.name(),
        Math.abs(points),
        interval,
        p,
        pairs,
        differing,
        unit.kind(),
        seeds,
        count);
  }

  private static ObjectNode seedsJson(SeedComparison seeds) {
    ObjectNode json = Json.object();
    json.put("paired", seeds.paired());
    json.put("p", seeds.permutations().p());
    json.put("exact", seeds.permutations().exact());
    json.put("pooledDeviation", seeds.pooledDeviation() / 100);
    return json.put("belowSeedNoise", seeds.belowSeedNoise());
  }

  /** An interval as the document has it, null for none. */
  static ObjectNode interval(Optional<Interval> interval) {
    if (interval.isEmpty()) return null;
    return Json.object()
        .put("low", interval.get().low())
        .put("high", interval.get().high())
        .put("undefined", interval.get().undefined());
  }

  /** Each type that both score, the surest differences first. */
  private ArrayNode types(Map<String, Double> p, Bootstrap bootstrap, Documents.Unit unit) {
    List<ObjectNode> rows = new ArrayList<>();
    p.forEach(
        (type, its) -> {
          PairedUnits units = byType.get(type).of(unit);
          Difference d = bootstrap.resample(units).difference(Measure.F1).orElseThrow();
          ObjectNode row = Json.object().put("type", type);
          row.put("first", d.second()).put("second", d.first()).put("difference", d.delta());
          row.set("interval", interval(d.interval()));
          rows.add(row.put("p", its).put("differing", units.differing()));
        });
    rows.sort(
        Comparator.<ObjectNode>comparingDouble(row -> row.get("p").asDouble())
            .thenComparingDouble(row -> -Math.abs(row.get("difference").asDouble())));
    return Json.array().addAll(rows);
  }

  /** The buckets that have as many cases in both reports, and enough of them; of several runs the first. What training knows may differ, and then no difference would mean anything. */
  private ArrayNode buckets() {
    ArrayNode sets = Json.array();
    JsonNode mine = second.runs().get(0).judged().json().path("analysis").path("buckets");
    for (JsonNode set : first.runs().get(0).judged().json().path("analysis").path("buckets")) {
      String name = set.path("name").asText();
      if (name.equals(Buckets.CONFIDENCE)) continue; // each sorts by its own
      for (JsonNode other : mine)
        if (other.path("name").asText().equals(name)) sets.add(bucketSet(set, other));
    }
    return sets;
  }

  private static ObjectNode bucketSet(JsonNode set, JsonNode other) {
    ObjectNode json = Json.object();
    json.set("name", set.path("name"));
    json.set("title", set.path("title"));
    json.set("of", set.path("of"));
    ArrayNode rows = json.putArray("rows");
    for (JsonNode row : set.path("rows")) {
      for (JsonNode its : other.path("rows")) {
        boolean same = row.path("name").equals(its.path("name"));
        boolean scored = row.path("f1").isNumber() && its.path("f1").isNumber();
        boolean cases = row.path("gold").equals(its.path("gold"));
        if (!same || !scored || !cases || row.path("gold").asLong() < LEAST_SUPPORT) continue;
        double one = row.path("f1").asDouble(), two = its.path("f1").asDouble();
        ObjectNode both = rows.addObject();
        both.set("name", row.path("name"));
        both.set("gold", row.path("gold"));
        both.put("first", one).put("second", two).put("difference", two - one);
      }
    }
    return json;
  }
}
