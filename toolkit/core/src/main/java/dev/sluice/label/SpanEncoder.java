package dev.sluice.label;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Spells spans as tags. */
final class SpanEncoder {
  private SpanEncoder() {}

  static List<String> encode(TagScheme scheme, List<Span> spans, int size) {
    if (!scheme.hasSpans() && !spans.isEmpty())
      throw new IllegalArgumentException(scheme + " cannot spell spans");
    List<Span> sorted = new ArrayList<>(spans);
    Collections.sort(sorted);
    List<String> tags = new ArrayList<>(Collections.nCopies(size, "O"));
    for (int i = 0; i < sorted.size(); i++) {
      Span before = i == 0 ? null : sorted.get(i - 1);
      Span span = sorted.get(i);
      Span after = i == sorted.size() - 1 ? null : sorted.get(i + 1);
      check(scheme, before, span, size);
      for (int t = span.start(); t < span.end(); t++) {
        Role role =
            role(
                scheme,
                t == span.start(),
                t == span.end() - 1,
                touches(before, span),
                touches(span, after));
        tags.set(t, scheme.label(role, span.type()));
      }
    }
    return List.copyOf(tags);
  }

  private static void check(TagScheme scheme, Span before, Span span, int size) {
    if (span.end() > size)
      throw new IllegalArgumentException(span + " reaches beyond the last of " + size + " tokens");
    if (before != null && before.end() > span.start())
      throw new IllegalArgumentException(before + " and " + span + " overlap");
    if (scheme == TagScheme.IO && touches(before, span))
      throw new IllegalArgumentException(
          "IO cannot tell apart the neighbours " + before + " and " + span);
  }

  /** Whether two spans of one type stand side by side. */
  private static boolean touches(Span before, Span after) {
    return before != null
        && after != null
        && before.end() == after.start()
        && before.type().equals(after.type());
  }

  private static Role role(
      TagScheme scheme, boolean first, boolean last, boolean touchesBefore, boolean touchesAfter) {
    return switch (scheme) {
      case IO, PLAIN -> Role.INSIDE;
      case BIO -> first ? Role.BEGIN : Role.INSIDE;
      case IOB1 -> first && touchesBefore ? Role.BEGIN : Role.INSIDE;
      case IOE1 -> last && touchesAfter ? Role.END : Role.INSIDE;
      case IOE2 -> last ? Role.END : Role.INSIDE;
      case BIOES, BILOU, BMES -> {
        if (first) yield last ? Role.SINGLE : Role.BEGIN;
        yield last ? Role.END : Role.INSIDE;
      }
    };
  }
}
