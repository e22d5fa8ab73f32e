package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.label.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpanCoverageTest {
  private static SpanCoverage example() {
    SpanCoverage coverage = new SpanCoverage();
    coverage.add(
        List.of(new Span("to", 1, 3), new Span("from", 4, 5), new Span("to", 6, 8)),
        List.of(new Span("city", 1, 3), new Span("city", 6, 7), new Span("state", 9, 10)));
    coverage.add(List.of(), List.of(new Span("city", 0, 1)));
    return coverage;
  }

  /** Types differ: the list says city where the labels say to and from. */
  @Test
  void aGoldSpanIsCoveredWhenAMatchHasItsBorders() {
    SpanCoverage coverage = example();
    assertEquals(new Ratio(1, 3), coverage.covered());
    assertEquals(Map.of("from", new Ratio(0, 1), "to", new Ratio(1, 2)), coverage.coveredByType());
  }

  @Test
  void withoutSpansTheShareIsUndefined() {
    assertEquals("n/a", new SpanCoverage().covered().percent());
  }
}
