package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Span;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How often each surface form occurred. Forms that are new after the first 20,000 are not counted, so that memory has a bound. */
final class Surfaces {
  private static final int MOST = 20_000;

  private final Map<String, Long> counts = new HashMap<>();

  /** The words of a span, one blank between them. */
  static String of(Sentence sentence, Span span) {
    return sentence.tokens().subList(span.start(), span.end()).stream()
        .map(token -> token.text())
        .collect(Collectors.joining(" "));
  }

  void add(String text) {
    if (counts.size() >= MOST && !counts.containsKey(text)) return;
    counts.merge(text, 1L, Long::sum);
  }

  /** The most frequent ones; of equally frequent ones the first by name. */
  ArrayNode json(int most) {
    ArrayNode json = Json.array();
    List<Map.Entry<String, Long>> sorted =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .toList();
    for (Map.Entry<String, Long> e : sorted)
      json.addObject().put("text", e.getKey()).put("count", e.getValue());
    return json;
  }
}
