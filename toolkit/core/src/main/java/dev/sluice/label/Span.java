package dev.sluice.label;

import java.util.Objects;

/**
 * A run of tokens of one type.
 *
 * @param type the type, such as {@code toloc.city_name}
 * @param start the first token, counted from 0
 * @param end one past the last token
 */
public record Span(String type, int start, int end) implements Comparable<Span> {

  /** Checks that the span is not empty. */
  public Span {
    Objects.requireNonNull(type, "type");
    if (start < 0 || end <= start)
      throw new IllegalArgumentException("span " + start + " to " + end);
  }

  /** By start, then end, then type. */
  @Override
  public int compareTo(Span other) {
    if (start != other.start) return Integer.compare(start, other.start);
    return end != other.end ? Integer.compare(end, other.end) : type.compareTo(other.type);
  }
}
