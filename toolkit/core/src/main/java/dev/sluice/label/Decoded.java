package dev.sluice.label;

import java.util.List;

/**
 * The spans of a tag sequence and what was wrong with it.
 *
 * @param spans the spans under the asked repair, by position
 * @param wellFormed the spans that are spelled as the scheme spells them and needed no repair, by position
 * @param violations every move that the scheme does not allow, by position
 */
public record Decoded(List<Span> spans, List<Span> wellFormed, List<Violation> violations) {
  /** Copies the lists. */
  public Decoded {
    spans = List.copyOf(spans);
    wellFormed = List.copyOf(wellFormed);
    violations = List.copyOf(violations);
  }
}
