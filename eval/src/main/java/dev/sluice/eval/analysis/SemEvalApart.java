package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measures of SemEval-2013 for each type by itself: gold and predicted spans of other types are taken away before any are paired, as nervaluate does. A span with the wrong type is
 * then missing for the gold type and spurious for the predicted one, where {@link SemEval#typesJson} has it as incorrect for the gold type alone.
 */
final class SemEvalApart {
  private final SortedMap<String, SemEval> byType = new TreeMap<>();

  /** Adds the spans of a sentence. */
  void add(List<Span> gold, List<Span> predicted) {
    Map<String, List<Span>> expected = divided(gold), found = divided(predicted);
    Set<String> types = new HashSet<>(expected.keySet());
    types.addAll(found.keySet());
    for (String type : types) {
      List<Span> g = expected.getOrDefault(type, List.of());
      List<Span> p = found.getOrDefault(type, List.of());
      of(type).add(g, p, SpanMatching.leftToRight(g, p));
    }
  }

  /** Adds a gold span that nothing could have found. */
  void addMissing(String type) {
    of(type).addMissing(type);
  }

  private SemEval of(String type) {
    return byType.computeIfAbsent(type, t -> new SemEval());
  }

  private static Map<String, List<Span>> divided(List<Span> spans) {
    Map<String, List<Span>> byType = new HashMap<>();
    for (Span span : spans) byType.computeIfAbsent(span.type(), t -> new ArrayList<>()).add(span);
    return byType;
  }

  /** An object for each type, as {@link SemEval#typesJson} has them. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    byType.forEach((type, its) -> json.set(type, its.json()));
    return json;
  }
}
