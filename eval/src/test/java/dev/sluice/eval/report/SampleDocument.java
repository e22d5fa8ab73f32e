package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes documents as metrics.json has them, of made-up sentences with made-up mistakes, whose counts are then counted, so that the parts of a document agree. One seed
 * gives one document.
 */
final class SampleDocument {
  /** A span and what came of it. */
  private record Span(String type, int start, int end, double confidence) {}

  private record Code(String code, int gold, int predicted) {
    String operation() {
      return code.substring(0, code.indexOf(':'));
    }
  }

  private record Sentence(
      List<String> words, List<Span> gold, List<Span> predicted, List<Code> codes) {
    boolean right() {
      return codes.stream().allMatch(c -> c.operation().equals("C"));
    }

    double confidence() {
      return predicted.stream().mapToDouble(Span::confidence).min().orElse(0.99);
    }

    String text(Span span) {
      return String.join(" ", words.subList(span.start, span.end));
    }
  }

  private static final Map<String, List<String>> FILLERS =
      new TreeMap<>(
          Map.of(
              "from_city", List.of("Oslo", "Porto", "Turin", "New Bern", "Lake Hill", "Saint Olm"),
              "to_city", List.of("Lima", "Rome", "Cairo", "Upper Vale", "Old Marsh Town", "Bern"),
              "date", List.of("Friday", "next week", "the 3rd of May", "tomorrow", "Sunday"),
              "time", List.of("morning", "8 pm", "after noon", "early in the evening"),
              "airline", List.of("Blue Heron", "Northway", "Air Kestrel"),
              "class", List.of("economy", "first class"),
              "nights", List.of("three", "2", "a week"),
              "hotel", List.of("the Copper Kettle", "Hotel Linden", "Seaview"),
              "amount", List.of("40", "two hundred", "12.50"),
              "people", List.of("two", "4", "a family of five")));

  private static final List<String> PATTERNS =
      List.of(
          "find me a flight from {from_city} to {to_city} on {date}",
          "is there a {class} seat to {to_city} in the {time} with {airline}",
          "book {hotel} for {nights} nights from {date} for {people}",
          "what does {airline} charge from {from_city} to {to_city} in {class}",
          "I have {amount} to spend on a room at {hotel} {date}",
          "when is the last train to {to_city} {date} {time}",
          "please show the way to the station",
          "a table for {people} near {hotel} at {time}");

  private final SplittableRandom random;
  private final List<Sentence> sentences = new ArrayList<>();
  private String name = "test";
  private int most = Integer.MAX_VALUE;

  private SampleDocument(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A document with one part of so many sentences with spans. */
  static SampleDocument spans(int size, long seed) {
    SampleDocument document = new SampleDocument(seed);
    for (int i = 0; i < size; i++) document.sentences.add(document.sentence());
    document.sentences.sort(Comparator.comparing(Sentence::right));
    return document;
  }

  /** The same with at most so many sentences as examples. */
  SampleDocument examples(int number) {
    most = number;
    return this;
  }

  /** The same with another name of the part. */
  SampleDocument named(String newName) {
    name = newName;
    return this;
  }

  // --- sentences and their mistakes

  private Sentence sentence() {
    List<String> words = new ArrayList<>();
    List<Span> gold = new ArrayList<>();
    for (String piece : PATTERNS.get(random.nextInt(PATTERNS.size())).split(" ")) {
      if (!piece.startsWith("{")) {
        words.add(piece);
        continue;
      }
      String type = piece.substring(1, piece.length() - 1);
      List<String> fillers = FILLERS.get(type);
      int start = words.size();
      Collections.addAll(words, fillers.get(random.nextInt(fillers.size())).split(" "));
      gold.add(new Span(type, start, words.size(), 0));
    }
    List<Span> predicted = new ArrayList<>();
    List<Code> codes = new ArrayList<>();
    for (int g = 0; g < gold.size(); g++) predict(words, gold, g, predicted, codes);
    if (random.nextInt(14) == 0 && (gold.isEmpty() || gold.get(0).start > 1)) {
      codes.add(new Code("U:people", -1, predicted.size()));
      predicted.add(new Span("people", 0, 1, 0.3 + 0.3 * random.nextDouble()));
    }
    return new Sentence(words, gold, predicted, codes);
  }

  private void predict(
      List<String> words, List<Span> gold, int g, List<Span> predicted, List<Code> codes) {
    Span span = gold.get(g);
    double luck = random.nextDouble(), sure = 1 - 0.25 * Math.pow(random.nextDouble(), 3);
    double unsure = 0.35 + 0.5 * random.nextDouble();
    int p = predicted.size();
    boolean isLong = span.end - span.start > 1;
    String other = other(span.type);
    if (luck < 0.03) {
      codes.add(new Code("M:" + span.type, g, -1));
    } else if (luck < 0.08) {
      codes.add(new Code("R:" + span.type + ">" + other, g, p));
      predicted.add(new Span(other, span.start, span.end, unsure));
    } else if (luck < 0.2 && isLong) {
      codes.add(new Code("B:" + span.type + ":right-short", g, p));
      predicted.add(new Span(span.type, span.start, span.end - 1, unsure));
    } else if (luck < 0.24 && isLong) {
      codes.add(new Code("BR:" + span.type + ">" + other, g, p));
      predicted.add(new Span(other, span.start + 1, span.end, unsure));
    } else if (luck < 0.26 && span.start > 0 && (g == 0 || gold.get(g - 1).end < span.start)) {
      codes.add(new Code("B:" + span.type + ":left-long", g, p));
      predicted.add(new Span(span.type, span.start - 1, span.end, unsure));
    } else {
      codes.add(new Code("C:" + span.type, g, p));
      predicted.add(new Span(span.type, span.start, span.end, sure));
    }
  }

  private String other(String type) {
    if (random.nextInt(4) > 0) {
      if (type.equals("from_city")) return "to_city";
      if (type.equals("to_city")) return "from_city";
      if (type.equals("date")) return "time";
    }
    List<String> types = FILLERS.keySet().stream().filter(t -> !t.equals(type)).toList();
    return types.get(random.nextInt(types.size()));
  }

  // --- the document

  /** The tree of metrics.json. */
  ObjectNode json() {
    ObjectNode json = object();
    json.put("schemaVersion", 1);
    json.putObject("tool").put("name", "sluice").put("version", "0.1.0");
    json.putObject("model")
        .put("sha256", "5a6eca077a4d7f783cb0bcc2992f003d74b018fb9cd85454e79a08f9cf48258b");
    json.put(
        "signature",
        "F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1");
    ArrayNode parts = json.putArray("parts");
    parts.add(part());
    json.putNull("pooled");
    json.putArray("inputs");
    json.putObject("run")
        .put("task", "slots")
        .put("seed", 17)
        .put("epochs", 20)
        .put("bestEpoch", 14)
        .put("parameters", 412_345)
        .put(
            "config",
            "task: slots\ndata:\n  train: train.csv # of our own\n  dev: dev.csv\nencoder: {hidden: 100}\n");
    json.set("data", data());
    json.set("gates", gates());
    return json;
  }

  /** A network of one layer in two directions over a sentence, and fresh cells. */
  private static ObjectNode gates() {
    List<String> words = List.of("is", "there", "a", "seat", "to", "Bern", "on", "Friday");
    ObjectNode json = object();
    ObjectNode sentence = json.putObject("sentence").put("from", "show");
    ArrayNode tokens = sentence.putArray("words");
    words.forEach(tokens::add);
    sentence.put("omitted", 0);
    ArrayNode layers = json.putArray("layers");
    for (String direction : List.of("forward", "backward")) {
      ObjectNode layer = layers.addObject().put("layer", 1).put("direction", direction);
      layer.put("cell", "lstm").put("units", 24);
      ArrayNode gates = layer.putArray("gates");
      gates.add(column("i", "input gate", words.size(), 0.41));
      gates.add(column("f", "forget gate", words.size(), 0.62));
      gates.add(column("|g|", "size of the candidate", words.size(), 0.53));
      gates.add(column("o", "output gate", words.size(), 0.34));
      layer.set("state", column("‖h‖", "norm of the state / √units", words.size(), 0.25));
      layer.set("reach", reach(words.size(), 0.6));
    }
    ObjectNode fresh = json.putObject("fresh").put("units", 64).put("steps", 50).put("seed", 1);
    ArrayNode cells = fresh.putArray("cells");
    cells.addObject().put("cell", "rnn").set("reach", reach(50, 0.625));
    cells.addObject().put("cell", "lstm").set("reach", reach(50, 0.75));
    return json;
  }

  private static ObjectNode column(String symbol, String name, int tokens, double first) {
    ObjectNode json = object().put("symbol", symbol).put("name", name);
    ArrayNode values = json.putArray("values");
    for (int t = 0; t < tokens; t++) values.add(first + t / 32.0);
    return json;
  }

  private static ObjectNode reach(int steps, double factor) {
    ObjectNode json = object();
    ArrayNode norms = json.putArray("norms");
    for (int k = 0; k < steps; k++) norms.add(Math.pow(factor, k));
    return json.put("perStep", factor);
  }

  private ObjectNode part() {
    ObjectNode part = object();
    part.put("name", name)
        .put("sha256", "6e34d7b6a96f9d60fc5497e9e3d48fd2944b2b80da6ac8b06a7064c64b08219e");
    part.put("sentences", sentences.size()).put("unlabelled", 0);
    part.putObject("skipped");
    part.putObject("lookups")
        .put("exact", tokens() * 97 / 100)
        .put("lower", tokens() / 100)
        .put("digits", 3)
        .put("unknown", tokens() * 2 / 100);
    part.set("scores", scores());
    part.set("calibration", calibration(1));
    part.set("calibrationBefore", calibration(1.12));
    part.set("analysis", analysis());
    return part;
  }

  private long tokens() {
    return sentences.stream().mapToLong(s -> s.words.size()).sum();
  }

  private Counts count(Predicate<String> ofType) {
    long tp = 0, fp = 0, fn = 0;
    for (Sentence s : sentences) {
      for (Span g : s.gold) {
        if (!ofType.test(g.type)) continue;
        if (found(s, g)) tp++;
        else fn++;
      }
      for (Span p : s.predicted)
        if (ofType.test(p.type) && s.gold.stream().noneMatch(g -> same(g, p))) fp++;
    }
    return new Counts(tp, fp, fn);
  }

  private static boolean found(Sentence s, Span g) {
    return s.predicted.stream().anyMatch(p -> same(g, p));
  }

  private static boolean same(Span a, Span b) {
    return a.type.equals(b.type) && a.start == b.start && a.end == b.end;
  }

  private Map<String, Counts> types() {
    Map<String, Counts> types = new TreeMap<>();
    for (String type : FILLERS.keySet()) {
      Counts counts = count(type::equals);
      if (counts.gold() + counts.predicted() > 0) types.put(type, counts);
    }
    return types;
  }

  private ObjectNode scores() {
    ObjectNode json = object();
    Counts all = count(t -> true);
    Map<String, Counts> types = types();
    json.put("kind", "spans").put("sentences", sentences.size()).put("tokens", tokens());
    put(json.putObject("headline").put("name", "F1"), "value", all.f1().value());
    json.set("micro", counts(all));
    ObjectNode macro = json.putObject("macro"), weighted = json.putObject("weighted");
    mean(
        macro,
        "precision",
        types.values().stream().mapToDouble(c -> c.precision().orElse(0)).toArray());
    mean(macro, "recall", types.values().stream().mapToDouble(c -> c.recall().orElse(0)).toArray());
    mean(macro, "f1", types.values().stream().mapToDouble(c -> c.f1().orElse(0)).toArray());
    put(weighted, "precision", all.precision().value());
    put(weighted, "recall", all.recall().value());
    put(weighted, "f1", all.f1().value());
    json.set(
        "strict",
        counts(
            new Counts(
                Math.max(0, all.truePositives() - 2),
                all.falsePositives(),
                all.falseNegatives() + Math.min(2, all.truePositives()))));
    json.set(
        "boundary",
        counts(
            new Counts(
                all.truePositives() + all.falsePositives() / 3,
                all.falsePositives() - all.falsePositives() / 3,
                all.falseNegatives() - all.falsePositives() / 3 > 0
                    ? all.falseNegatives() - all.falsePositives() / 3
                    : 0)));
    long right = sentences.stream().filter(Sentence::right).count();
    ratio(
        json, "typeAccuracy", all.truePositives(), all.truePositives() + all.falsePositives() / 3);
    ratio(json, "tokenAccuracy", tokens() - 2 * all.falseNegatives(), tokens());
    ratio(json, "nonOutsideAccuracy", 0, 0);
    ratio(json, "knownWordAccuracy", tokens() * 9 / 10, tokens() * 19 / 20);
    ratio(json, "unknownWordAccuracy", tokens() / 30, tokens() / 20);
    ratio(json, "sentenceAccuracy", right, sentences.size());
    for (String none :
        List.of(
            "sentenceAnyMatch",
            "intentAccuracy",
            "intentAnyMatch",
            "intentCoverage",
            "acceptedIntentAccuracy")) ratio(json, none, 0, 0);
    json.putObject("illegalGold").put("orphan", 0);
    json.putObject("illegalPredicted").put("orphan", 2).put("typeChange", 1);
    json.putObject("unseenLabels");
    json.putObject("unseenIntents");
    ObjectNode byType = json.putObject("types");
    types.forEach((type, c) -> byType.set(type, counts(c)));
    json.putObject("intents");
    return json;
  }

  private ObjectNode analysis() {
    ObjectNode json = object();
    json.putObject("unit").put("kind", "sentence").put("count", sentences.size());
    ObjectNode intervals =
        json.putObject("intervals")
            .put("level", 0.95)
            .put("resamples", 10_000)
            .put("seed", 20_261_121);
    Counts all = count(t -> true);
    ObjectNode ofScores = intervals.putObject("scores");
    ofScores.set("headline", interval(all.f1(), all.gold()));
    ofScores.set("precision", interval(all.precision(), all.predicted()));
    ofScores.set("recall", interval(all.recall(), all.gold()));
    ObjectNode ofTypes = intervals.putObject("types");
    types()
        .forEach(
            (type, c) -> {
              ObjectNode row = ofTypes.putObject(type);
              row.set("precision", interval(c.precision(), c.predicted()));
              row.set("recall", interval(c.recall(), c.gold()));
              row.set("f1", interval(c.f1(), c.gold()));
            });
    ObjectNode semeval = json.putObject("semeval");
    ObjectNode rule = semeval.putObject("leftToRight");
    for (String scheme : List.of("strict", "exact", "partial", "type"))
      rule.set(scheme, semeval(scheme));
    semeval.putNull("bestOverlap");
    for (String view : List.of("types", "typesApart")) {
      ObjectNode its = semeval.putObject(view);
      for (String type : types().keySet()) its.set(type, rule.deepCopy());
    }
    json.set("errors", errors());
    json.set("confusion", confusion());
    json.set("buckets", buckets());
    ArrayNode examples = json.putArray("examples");
    sentences.stream().limit(most).forEach(s -> examples.add(example(s, examples.size())));
    json.put("examplesOmitted", sentences.size() - examples.size());
    return json;
  }

  private ObjectNode semeval(String scheme) {
    long c = operations("C"), i = operations("R") + operations("B") + operations("BR"), partial = 0;
    if (scheme.equals("partial")) {
      c += operations("R");
      partial = operations("B") + operations("BR");
      i = 0;
    } else if (scheme.equals("exact")) {
      c += operations("R");
      i -= operations("R");
    } else if (scheme.equals("type")) {
      c += operations("B");
      i -= operations("B");
    }
    long m = operations("M"), s = operations("U");
    double credit = c + 0.5 * partial;
    long possible = c + i + partial + m, actual = c + i + partial + s;
    ObjectNode json =
        object()
            .put("correct", c)
            .put("incorrect", i)
            .put("partial", partial)
            .put("missing", m)
            .put("spurious", s);
    json.put("possible", possible).put("actual", actual);
    put(json, "precision", divide(credit, actual));
    put(json, "recall", divide(credit, possible));
    put(json, "f1", divide(2 * credit, actual + possible));
    return json;
  }

  private static OptionalDouble divide(double part, double whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }

  private long operations(String letters) {
    return sentences.stream()
        .flatMap(s -> s.codes.stream())
        .filter(c -> c.operation().equals(letters))
        .count();
  }

  private ObjectNode errors() {
    ObjectNode json = object();
    Counts all = count(t -> true);
    long matched =
        sentences.stream()
            .flatMap(s -> s.codes.stream())
            .filter(c -> c.gold >= 0 && c.predicted >= 0)
            .count();
    json.put("gold", all.gold()).put("predicted", all.predicted()).put("matched", matched);
    ArrayNode operations = json.putArray("operations");
    for (ErrorCode.Operation o : ErrorCode.OPERATIONS)
      oracle(
          operations.addObject().put("operation", o.name()).put("count", operations(o.letters())),
          all,
          o.letters().equals("C") ? 0 : operations(o.letters()));
    Map<String, List<Integer>> places = new TreeMap<>();
    Map<String, Map<String, Integer>> surfaces = new TreeMap<>();
    for (int i = 0; i < sentences.size(); i++) {
      Sentence s = sentences.get(i);
      for (Code c : s.codes) {
        List<Integer> indices = places.computeIfAbsent(c.code, k -> new ArrayList<>());
        indices.add(i);
        Span span = c.gold >= 0 ? s.gold.get(c.gold) : s.predicted.get(c.predicted);
        surfaces.computeIfAbsent(c.code, k -> new TreeMap<>()).merge(s.text(span), 1, Integer::sum);
      }
    }
    ArrayNode codes = json.putArray("codes");
    places.entrySet().stream()
        .sorted(Comparator.comparing(e -> -e.getValue().size()))
        .forEach(
            e -> {
              ObjectNode code = codes.addObject().put("code", e.getKey());
              code.put("count", e.getValue().size());
              oracle(code, all, e.getValue().size());
              ArrayNode texts = code.putArray("surfaces");
              surfaces.get(e.getKey()).entrySet().stream()
                  .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                  .limit(20)
                  .forEach(
                      t -> texts.addObject().put("text", t.getKey()).put("count", t.getValue()));
              ArrayNode examples = code.putArray("examples");
              e.getValue().stream().limit(50).filter(i -> i < most).forEach(examples::add);
            });
    json.putObject("flags")
        .put("split", 0)
        .put("merge", 1)
        .put("illegal", 2)
        .put("unknownWord", 14)
        .put("otherType", 9)
        .put("sentenceBorder", 22);
    return json;
  }

  private static void oracle(ObjectNode json, Counts all, long fixed) {
    double f1 = all.f1().orElse(0);
    double better = Math.min(1, f1 + (double) fixed / Math.max(1, all.gold()));
    json.put("oracleF1", better).put("gain", better - f1);
  }

  private ObjectNode confusion() {
    Map<String, Map<String, Integer>> cells = new TreeMap<>();
    for (Sentence s : sentences)
      for (Code c : s.codes)
        cells
            .computeIfAbsent(c.gold < 0 ? "O" : s.gold.get(c.gold).type, k -> new TreeMap<>())
            .merge(c.predicted < 0 ? "O" : s.predicted.get(c.predicted).type, 1, Integer::sum);
    ObjectNode json = object();
    for (String kind : List.of("spans", "tokens")) {
      ArrayNode array = json.putArray(kind);
      cells.forEach(
          (g, row) ->
              row.forEach(
                  (p, n) -> array.addObject().put("gold", g).put("predicted", p).put("count", n)));
    }
    json.putNull("intents");
    return json;
  }

  private ArrayNode buckets() {
    ArrayNode json = array();
    bucket(
        json.addObject()
            .put("name", "spanLength")
            .put("title", "Length in tokens")
            .put("of", "spans"),
        Map.of("1", 0.5, "2", 0.35, "3", 0.145, "4-5", 0.005));
    bucket(
        json.addObject().put("name", "seen").put("title", "Seen in train").put("of", "spans"),
        Map.of("same type", 0.8, "other type only", 0.05, "text unseen", 0.15));
    bucket(
        json.addObject()
            .put("name", "sentenceLength")
            .put("title", "Length of the sentence")
            .put("of", "spans"),
        Map.of("1-5", 0.1, "6-10", 0.5, "11-20", 0.4));
    return json;
  }

  private void bucket(ObjectNode json, Map<String, Double> shares) {
    Counts all = count(t -> true);
    ArrayNode rows = json.putArray("rows");
    new TreeMap<>(shares)
        .forEach(
            (row, share) -> {
              long gold = Math.round(all.gold() * share),
                  hits = Math.round(gold * Math.min(1, all.f1().orElse(0) + share / 10));
              Counts c = new Counts(hits, gold - hits, gold - hits);
              ObjectNode node = counts(c);
              node.put("name", row).put("gold", gold);
              node.set("interval", gold == 0 ? null : interval(c.f1(), gold));
              rows.add(node);
            });
  }

  private ObjectNode example(Sentence s, int number) {
    ObjectNode json = object().put("where", "data/" + name + ".csv:" + (number + 2));
    ArrayNode words = json.putArray("words");
    s.words.forEach(words::add);
    spans(json.putArray("gold"), s.gold, false);
    spans(json.putArray("predicted"), s.predicted, true);
    ArrayNode codes = json.putArray("codes");
    for (Code c : s.codes) {
      ObjectNode code = codes.addObject().put("code", c.code);
      code.put("gold", c.gold < 0 ? null : c.gold)
          .put("predicted", c.predicted < 0 ? null : c.predicted);
    }
    ArrayNode rows = json.putArray("buckets");
    rowsOf(s).forEach(rows::add);
    json.putNull("tags");
    json.putNull("intent");
    return json.put("right", s.right()).put("confidence", s.confidence());
  }

  /** The rows of {@link #buckets} in which a sentence lies: those of the lengths of its spans and of its own length. */
  private static SortedSet<Integer> rowsOf(Sentence s) {
    SortedSet<Integer> rows = new TreeSet<>();
    for (List<Span> spans : List.of(s.gold, s.predicted))
      for (Span span : spans) rows.add(Math.min(4, span.end - span.start) - 1);
    int length = s.words.size();
    rows.add(7 + (length <= 5 ? 0 : length > 10 ? 1 : 2));
    return rows;
  }

  private static void spans(ArrayNode array, List<Span> spans, boolean withConfidence) {
    for (Span span : spans) {
      ObjectNode node =
          array.addObject().put("type", span.type).put("start", span.start).put("end", span.end);
      if (withConfidence) node.put("confidence", span.confidence);
    }
  }

  private ObjectNode calibration(double sharpened) {
    ObjectNode json = object();
    json.set("spans", calibration(sharpened, 15));
    json.set("tokens", calibration(sharpened * 0.98, 15));
    json.set("insideTokens", calibration(sharpened, 15));
    json.set("intents", object().put("cases", 0));
    return json;
  }

  private ObjectNode calibration(double sharpened, int bins) {
    long[] cases = new long[bins], right = new long[bins];
    double[] sum = new double[bins];
    long n = 0, hits = 0;
    double confidence = 0, brier = 0;
    for (Sentence s : sentences) {
      for (Span p : s.predicted) {
        double c = Math.min(1, p.confidence * sharpened);
        boolean hit = s.gold.stream().anyMatch(g -> same(g, p));
        int bin = Math.max(0, Math.min(bins - 1, (int) Math.ceil(c * bins) - 1));
        cases[bin]++;
        sum[bin] += c;
        if (hit) right[bin]++;
        n++;
        if (hit) hits++;
        confidence += c;
        brier += (c - (hit ? 1 : 0)) * (c - (hit ? 1 : 0));
      }
    }
    double ece = 0, mce = 0;
    ObjectNode json = object().put("cases", n);
    put(json, "accuracy", divide(hits, n));
    put(json, "confidence", divide(confidence, n));
    ArrayNode array = array();
    for (int b = 0; b < bins; b++) {
      array.addObject().put("cases", cases[b]).put("right", right[b]).put("confidence", sum[b]);
      if (cases[b] == 0) continue;
      double gap = Math.abs(right[b] - sum[b]) / cases[b];
      ece += gap * cases[b] / n;
      mce = Math.max(mce, gap);
    }
    json.put("ece", ece).put("equalMassEce", ece * 0.95).put("mce", mce);
    put(json, "brier", divide(brier, n));
    json.set("bins", array);
    json.put("logLoss", 0.21);
    ArrayNode risk = json.putArray("riskCoverage");
    for (int i = 1; i <= 20; i++)
      risk.addObject()
          .put("threshold", 1 - 0.03 * i)
          .put("coverage", i / 20.0)
          .put("risk", 0.17 * Math.pow(i / 20.0, 3));
    return json.put("areaUnderRiskCoverage", 0.0425);
  }

  private ObjectNode data() {
    ObjectNode json = object();
    ArrayNode splits = json.putArray("splits");
    for (String split : List.of("train", "dev", "test")) {
      boolean train = split.equals("train");
      ObjectNode node = splits.addObject().put("name", split).put("sentences", train ? 2_000 : 400);
      node.put("tokens", train ? 23_411 : 4_664).put("longest", 24);
      ObjectNode types = node.putObject("types");
      types().forEach((type, c) -> types.put(type, c.gold() * (train ? 5 : 1)));
    }
    ObjectNode overlap =
        json.putArray("overlaps")
            .addObject()
            .put("split", "test")
            .put("other", "train")
            .put("sentences", 3)
            .put("of", 400);
    overlap.putObject("spans").put("seen", 930).put("of", 1_128);
    ArrayNode shift = json.putArray("shift");
    shift
        .addObject()
        .put("split", "test")
        .put("label", "date")
        .put("train", 0.14)
        .put("here", 0.17);
    shift
        .addObject()
        .put("split", "test")
        .put("label", "amount")
        .put("train", 0.03)
        .put("here", 0.018);
    json.putArray("divergence").addObject().put("split", "test").put("value", 0.0031);
    ObjectNode one = json.putArray("inconsistencies").addObject().put("text", "after noon");
    one.putObject("types").put("date", 2).put("time", 31);
    one.put("untagged", 1).putArray("places").add("data/train.csv:12").add("data/train.csv:407");
    json.putArray("suspects");
    return json;
  }

  // --- small things

  private static ObjectNode interval(Ratio ratio, long cases) {
    double p = ratio.orElse(0),
        half = 1.96 * Math.sqrt(Math.max(0.0004, p * (1 - p)) / Math.max(1, cases));
    return object()
        .put("low", Math.max(0, p - half))
        .put("high", Math.min(1, p + half))
        .put("undefined", 0);
  }

  private static ObjectNode counts(Counts c) {
    ObjectNode json = object();
    put(json, "precision", c.precision().value());
    put(json, "recall", c.recall().value());
    put(json, "f1", c.f1().value());
    json.put("support", c.gold()).put("predicted", c.predicted());
    return json.put("truePositives", c.truePositives())
        .put("falsePositives", c.falsePositives())
        .put("falseNegatives", c.falseNegatives());
  }

  private static void ratio(ObjectNode json, String key, long right, long of) {
    ObjectNode node = json.putObject(key);
    put(node, "value", new Ratio(right, of).value());
    node.put("right", right).put("of", of);
  }

  private static void mean(ObjectNode json, String key, double[] numbers) {
    put(json, key, java.util.Arrays.stream(numbers).average());
  }

  private static void put(ObjectNode json, String key, OptionalDouble value) {
    if (value.isPresent()) json.put(key, value.getAsDouble());
    else json.putNull(key);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A training.csv of so many epochs. */
  static String training(int epochs) {
    StringBuilder csv =
        new StringBuilder(
            "epoch,loss,dev_score,best,rate,gradient_norm,clipped_share,tokens_per_second,seconds,steps\n");
    SplittableRandom random = new SplittableRandom(5);
    double best = 0;
    for (int e = 1; e <= epochs; e++) {
      double score = 0.92 - 0.6 * Math.exp(-e / 3.0) + 0.02 * (random.nextDouble() - 0.5);
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%b,%.8f,%.6f,%.4f,%d,%.3f,%d%n",
              e,
              1.5 * Math.exp(-e / 4.0) + 0.05 + 0.05 * random.nextDouble(),
              score,
              score >= best,
              0.002 * Math.pow(0.9, e - 1),
              5 * Math.exp(-e / 8.0) + random.nextDouble(),
              0.5 / e,
              5_000 + random.nextInt(1_500),
              4 + random.nextDouble(),
              137 * e));
      best = Math.max(best, score);
    }
    return csv.toString();
  }

  /** An environment.json. */
  static String environment() {
    return "{\"command\": \"sluice train configs/quickstart.yaml --out runs/quick\", \"started\": \"2026-11-26T18:00:00Z\", \"seconds\": 95.5,"
        + " \"java\": \"17.0.15\", \"system\": \"Linux\", \"processors\": 2, \"kernels\": \"simd\", \"threads\": 2}\n";
  }
}
