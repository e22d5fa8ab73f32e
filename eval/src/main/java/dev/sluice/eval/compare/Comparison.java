package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Documents;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.Holm;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.Randomisation;
import dev.sluice.eval.statistics.SeedScores;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs compared on the sentences that all of them judged: every other one with the first, the baseline, in detail, and all with each other by their headline scores.
 */
public final class Comparison {
  /** The most systems that are compared at once. */
  public static final int MOST = 20;

  private static final int SCHEMA_VERSION = 1;

  private final List<Contender> contenders;
  private final Scores.Kind kind;
  private final int threads;
  private final List<Pair> pairs = new ArrayList<>();
  private final Documents documents = new Documents();
  private long sentences;

  private Comparison(List<Contender> contenders, int threads) {
    this.contenders = contenders;
    this.threads = threads;
    kind = Scores.Kind.valueOf(contenders.get(0).kind().toUpperCase(Locale.ROOT));
    for (int i = 0; i < contenders.size(); i++)
      for (int j = i + 1; j < contenders.size(); j++)
        pairs.add(new Pair(contenders.get(i), contenders.get(j), i == 0));
  }

  /**
   * Compares.
   *
   * @param folders those of runs, series of seeds or evaluations; the first is the baseline
   * @param part the name of the part to compare, such as dev; the decisive one when left out
   * @param threads how many to use; the result is the same for any number
   * @return the document that {@code docs/compare-json.md} describes
   * @throws SluiceException EVA-041, EVA-032 and EVA-046 as {@link Contender#open}, EVA-043 when there are fewer than 2 or more than {@value #MOST} of them, EVA-044 when they
   *     score something else, EVA-045 when they judged other sentences
   */
  public static ObjectNode of(List<Path> folders, Optional<String> part, int threads) {
    if (folders.size() < 2 || folders.size() > MOST)
      throw SluiceException.usage(
          "EVA-043",
          Location.of("command line"),
          folders.size() + " runs to compare, expected 2 to " + MOST,
          "name the baseline first, then the others");
    List<Contender> contenders = Contender.open(folders, part);
    for (Contender other : contenders) requireAlike(contenders.get(0), other);
    Comparison comparison = new Comparison(contenders, threads);
    comparison.read();
    return comparison.json();
  }

  private static void requireAlike(Contender first, Contender other) {
    for (Contender.Run run : other.runs()) {
      String one = first.runs().get(0).signature(), two = run.signature();
      if (first.kind().equals(other.kind()) && one.equals(two)) continue;
      throw SluiceException.usage(
          "EVA-044",
          Location.of(other.folder().toString()),
          "its scores are " + two + ", those of " + first.name() + " are " + one,
          "compare what was scored in the same way: the same task, scheme and repair");
    }
  }

  /** Goes through all files at once, sentence by sentence. */
  private void read() {
    List<JudgedPart.Reader> opened = new ArrayList<>();
    try {
      List<List<JudgedPart.Reader>> readers = new ArrayList<>();
      for (Contender contender : contenders) {
        List<JudgedPart.Reader> its = new ArrayList<>();
        readers.add(its);
        for (Contender.Run run : contender.runs()) {
          its.add(run.judged().open());
          opened.add(its.get(its.size() - 1));
        }
      }
      for (List<Judged> all = next(readers); all != null; all = next(readers)) add(all);
      pairs.forEach(Pair::endOfDocument);
    } finally {
      opened.forEach(JudgedPart.Reader::close);
    }
  }

  /** The next sentence of every run of every contender, null at the end. */
  private List<Judged> next(List<List<JudgedPart.Reader>> readers) {
    List<Judged> all = new ArrayList<>();
    for (int c = 0; c < readers.size(); c++) {
      for (JudgedPart.Reader reader : readers.get(c)) {
        Judged judged = reader.next();
        if (all.isEmpty() || same(all.get(0), judged)) all.add(judged);
        else throw otherSentences(contenders.get(c), judged, all.get(0));
      }
    }
    return all.get(0) == null ? null : all;
  }

  private static boolean same(Judged one, Judged other) {
    if (one == null || other == null) return one == other;
    boolean gold =
        one.tags().map(t -> t.gold()).equals(other.tags().map(t -> t.gold()))
            && one.tags().map(t -> t.pair().gold()).equals(other.tags().map(t -> t.pair().gold()))
            && one.tags().map(t -> t.unreachable()).equals(other.tags().map(t -> t.unreachable()))
            && one.label().map(l -> l.gold()).equals(other.label().map(l -> l.gold()));
    return gold && one.sentence().words().equals(other.sentence().words());
  }

  private SluiceException otherSentences(Contender contender, Judged here, Judged there) {
    String what;
    if (here == null)
      what =
          "the sentences end after "
              + sentences
              + ", but those of "
              + contenders.get(0).name()
              + " go on";
    else if (there == null)
      what =
          "the sentences go on, but those of "
              + contenders.get(0).name()
              + " end after "
              + sentences;
    else
      what =
          "sentence "
              + (sentences + 1)
              + " ("
              + here.sentence().where()
              + ") has other words or gold labels than in "
              + contenders.get(0).name();
    return SluiceException.usage(
        "EVA-045",
        Location.of(contender.folder().toString()),
        what,
        "evaluate all of them on the same data, in the same order");
  }

  private void add(List<Judged> all) {
    sentences++;
    if (documents.begins(all.get(0).sentence())) pairs.forEach(Pair::endOfDocument);
    List<Pair.Side> sides = new ArrayList<>();
    int at = 0;
    for (Contender contender : contenders) {
      List<Judged> its = all.subList(at, at + contender.runs().size());
      at += its.size();
      CountsByType counts = new CountsByType();
      for (Judged judged : its) counts.merge(Analysis.counts(kind, judged));
      sides.add(new Pair.Side(counts, Analysis.cases(kind, counts), its));
    }
    int pair = 0;
    for (int i = 0; i < sides.size(); i++)
      for (int j = i + 1; j < sides.size(); j++) pairs.get(pair++).add(sides.get(i), sides.get(j));
  }

  private ObjectNode json() {
    Bootstrap bootstrap = Bootstrap.of(Analysis.SEED, threads);
    Randomisation randomisation = Randomisation.of(Analysis.SEED, threads);
    ObjectNode json = Json.object();
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("kind", Json.key(kind));
    json.put("signature", contenders.get(0).runs().get(0).signature());
    json.put("sentences", sentences);
    json.put("level", Interval.LEVEL);
    json.put("seed", Analysis.SEED);
    Documents.Unit unit = documents.unit();
    ArrayNode systems = json.putArray("systems");
    for (int i = 0; i < contenders.size(); i++) systems.add(system(i, bootstrap, unit));
    json.putObject("unit").put("kind", unit.kind()).put("count", unit.count());
    double[] p =
        Holm.adjusted(pairs.stream().mapToDouble(pair -> pair.p(randomisation, unit)).toArray());
    List<SortedMap<String, Double>> types =
        adjusted(pairs.stream().map(pair -> pair.typeP(randomisation, unit)).toList());
    json.putObject("tests")
        .put("pairs", p.length)
        .put("types", types.stream().mapToInt(Map::size).sum());
    ArrayNode compared = json.putArray("pairs");
    for (int i = 0; i < p.length; i++)
      compared.add(pairs.get(i).json(p[i], p.length, types.get(i), bootstrap, unit));
    return json;
  }

  /** Corrects the p of all types of all pairs, which are one family of tests. */
  private static List<SortedMap<String, Double>> adjusted(List<SortedMap<String, Double>> types) {
    double[] p =
        Holm.adjusted(
            types.stream()
                .flatMap(its -> its.values().stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
    int next = 0;
    List<SortedMap<String, Double>> adjusted = new ArrayList<>();
    for (SortedMap<String, Double> its : types) {
      SortedMap<String, Double> one = new TreeMap<>();
      for (String type : its.keySet()) one.put(type, p[next++]);
      adjusted.add(one);
    }
    return adjusted;
  }

  private ObjectNode system(int number, Bootstrap bootstrap, Documents.Unit unit) {
    Contender contender = contenders.get(number);
    Contender.Run one = contender.runs().get(0);
    ObjectNode json = Json.object().put("name", contender.name());
    json.put("folder", contender.folder().toString());
    json.put("part", one.judged().json().path("name").asText());
    json.put("runs", contender.runs().size());
    json.set("headline", one.judged().json().path("scores").path("headline"));
    JsonNode known = one.judged().json().at("/analysis/intervals/scores/headline");
    Pair any = pairs.get(Math.max(0, number - 1)); // a pair of it and the baseline
    json.set(
        "interval",
        known.isObject() ? known : Pair.interval(any.interval(number == 0, bootstrap, unit)));
    json.set("seeds", contender.seeds().map(Comparison::seeds).orElse(null));
    for (String score : List.of("micro", "strict", "sentenceAccuracy", "intentAccuracy", "types"))
      json.set(score, one.judged().json().path("scores").path(score));
    return json;
  }

  private static ObjectNode seeds(SeedScores seeds) {
    ObjectNode json = Json.object();
    json.put("mean", seeds.mean() / 100)
        .put("min", seeds.min() / 100)
        .put("max", seeds.max() / 100);
    json.put("deviation", seeds.deviation().orElseThrow() / 100);
    Interval interval = seeds.interval(Interval.LEVEL).orElseThrow();
    json.put("halfWidth", seeds.halfWidth(Interval.LEVEL).orElseThrow() / 100);
    json.putObject("interval")
        .put("low", Math.max(0, interval.low() / 100)) // of few seeds it may leave [0, 1]
        .put("high", Math.min(1, interval.high() / 100));
    ObjectNode scores = json.putObject("scores");
    seeds.bySeed().forEach((seed, score) -> scores.put(String.valueOf(seed), score / 100));
    return json;
  }
}
