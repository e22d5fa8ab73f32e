package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.label.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static Coverage example() {
    Coverage coverage = new Coverage();
    coverage.add(
        List.of(new Span("to", 1, 3), new Span("from", 4, 5), new Span("to", 6, 8)),
        List.of(new Span("city", 1, 3), new Span("city", 6, 7), new Span("state", 9, 10)));
    coverage.add(List.of(), List.of(new Span("city", 0, 1)));
    return coverage;
  }

  /** Types differ: the list says city where the labels say to and from. */
  @Test
  void aGoldSpanIsCoveredWhenAMatchHasItsBorders() {
    Coverage coverage = example();
    assertEquals(new Ratio(1, 3), coverage.covered());
    assertEquals(new Ratio(1, 4), coverage.precision());
    assertEquals(Map.of("from", new Ratio(0, 1), "to", new Ratio(1, 2)), coverage.coveredByType());
  }

  @Test
  void twoOfThemAreMerged() {
    Coverage both = example();
    both.merge(example());
    assertEquals(new Ratio(2, 6), both.covered());
    assertEquals(new Ratio(2, 8), both.precision());
    assertEquals(new Ratio(2, 4), both.coveredByType().get("to"));
  }

  @Test
  void withoutSpansTheShareIsUndefined() {
    assertEquals("n/a", new Coverage().covered().percent());
    assertEquals("n/a", new Coverage().precision().percent());
  }
}
