package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.SpanError.Flag;
import dev.sluice.eval.analysis.SpanError.Operation;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many spans have which code, and what the score would be without the errors of a kind. */
final class SpanErrors {
  private static final int SURFACES = 20;
  private static final int EXAMPLES = 50;

  private final SortedMap<String, Code> codes = new TreeMap<>();
  private final Map<Flag, Long> flags = new EnumMap<>(Flag.class);
  private long gold;
  private long predicted;
  private long matched;
  private long correct;

  /** What is known of a code. */
  private static final class Code {
    final Operation operation;
    final String gold;
    final String predicted;
    final Surfaces surfaces = new Surfaces();
    final List<Integer> examples = new ArrayList<>();
    long count;

    Code(Operation operation, String gold, String predicted) {
      this.operation = operation;
      this.gold = gold;
      this.predicted = predicted;
    }

    void add(String surface, int example) {
      count++;
      surfaces.add(surface);
      boolean shown = example >= 0 && examples.size() < EXAMPLES;
      if (shown && !examples.contains(example)) examples.add(example);
    }

    static Code of(SpanError error, Judged.Tags tags) {
      return new Code(
          error.operation(),
          error.gold() < 0 ? null : tags.gold().get(error.gold()).type(),
          error.predicted() < 0 ? null : tags.predicted().get(error.predicted()).type());
    }
  }

  /**
   * Adds a sentence.
   *
   * @param example its place among the examples, -1 when it is none
   */
  void add(Judged judged, List<SpanError> errors, int example) {
    Judged.Tags tags = judged.tags().orElseThrow();
    gold += tags.gold().size();
    predicted += tags.found().size();
    gold += tags.unreachable().size();
    for (Sentence.Unreachable span : tags.unreachable()) {
      String type = span.type();
      codes
          .computeIfAbsent(SpanError.missing(type), c -> new Code(Operation.MISSING, type, null))
          .add(span.text(), example);
      flags.merge(Flag.MISALIGNED, 1L, Long::sum);
    }
    for (SpanError error : errors) {
      Code code = codes.computeIfAbsent(error.code(), c -> Code.of(error, tags));
      code.add(Surfaces.of(judged.sentence(), error.span(tags)), example);
      if (error.gold() >= 0 && error.predicted() >= 0) matched++;
      if (!error.wrong()) correct++;
      else for (Flag flag : error.flags()) flags.merge(flag, 1L, Long::sum);
    }
  }

  /** Whether a sentence with these errors would show a code of which there are few examples yet. */
  boolean wantsExample(Judged judged, List<SpanError> errors) {
    for (SpanError error : errors) if (error.wrong() && isShort(error.code())) return true;
    return judged.tags().orElseThrow().unreachable().stream()
        .anyMatch(span -> isShort(SpanError.missing(span.type())));
  }

  private boolean isShort(String name) {
    Code code = codes.get(name);
    return code == null || code.examples.size() < EXAMPLES;
  }

  /** How many spans have each code. */
  SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    codes.forEach((code, c) -> counts.put(code, c.count));
    return counts;
  }

  private Counts now() {
    return new Counts(correct, predicted - correct, gold - correct);
  }

  /** The micro F1 if so many errors of a kind were right. */
  private OptionalDouble oracle(Operation operation, long count) {
    Counts now = now();
    Counts then =
        switch (operation) {
          case CORRECT -> now;
          case TYPE, BOUNDARY, BOTH -> moved(now, count, count, count);
          case MISSING -> moved(now, count, 0, count);
          case UNNECESSARY -> moved(now, 0, count, 0);
        };
    return then.f1().value();
  }

  private static Counts moved(Counts now, long hits, long noise, long misses) {
    return new Counts(
        now.truePositives() + hits, now.falsePositives() - noise, now.falseNegatives() - misses);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("gold", gold).put("predicted", predicted).put("matched", matched);
    Map<Operation, Long> sums = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) sums.put(operation, 0L);
    codes.values().forEach(code -> sums.merge(code.operation, code.count, Long::sum));
    ArrayNode operations = json.putArray("operations");
    sums.forEach(
        (operation, count) -> put(operations.addObject(), Json.key(operation), operation, count));
    ArrayNode array = json.putArray("codes");
    codes.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().count)) // stable: then by code
        .forEach(entry -> array.add(json(entry.getKey(), entry.getValue())));
    ObjectNode flagged = json.putObject("flags");
    for (Flag flag : Flag.values()) flagged.put(Json.key(flag), flags.getOrDefault(flag, 0L));
    return json;
  }

  private ObjectNode json(String name, Code code) {
    ObjectNode json = Json.object().put("code", name);
    put(json, Json.key(code.operation), code.operation, code.count);
    json.put("gold", code.gold).put("predicted", code.predicted);
    json.set("surfaces", code.surfaces.json(SURFACES));
    ArrayNode shown = json.putArray("examples");
    code.examples.forEach(shown::add);
    return json;
  }

  private void put(ObjectNode json, String name, Operation operation, long count) {
    json.put("operation", name).put("count", count);
    OptionalDouble oracle = oracle(operation, count);
    Ratio f1 = now().f1();
    Json.put(json, "oracleF1", oracle);
    Json.put(
        json,
        "gain",
        oracle.isEmpty() || f1.whole() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(oracle.getAsDouble() - f1.orElse(0)));
  }
}
