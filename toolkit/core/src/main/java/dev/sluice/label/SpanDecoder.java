package dev.sluice.label;

import java.util.ArrayList;
import java.util.List;

/** Reads the spans of one sentence in one pass, keeping for each whether it is spelled as it should be. */
final class SpanDecoder {
  private final TagScheme scheme;
  private final List<Span> spans = new ArrayList<>();
  private final List<Span> wellFormed = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();

  /** The first token of the open span, -1 when there is none. */
  private int start = -1;

  /** Whether a violation touches the open span. */
  private boolean spoilt;

  SpanDecoder(TagScheme scheme, List<String> labels) {
    this.scheme = scheme;
    Tag previous = Tag.OUTSIDE;
    for (int i = 0; i < labels.size(); i++) {
      Tag tag = TagParser.parse(scheme, labels.get(i), i);
      move(labels, previous, tag, i);
      previous = tag;
    }
    move(labels, previous, Tag.OUTSIDE, labels.size());
  }

  private void move(List<String> labels, Tag previous, Tag tag, int i) {
    if (previous.joins(tag)) return;
    Violation.Kind kind = scheme.violation(previous, tag);
    if (kind != null) {
      String before = i == 0 ? null : labels.get(i - 1);
      String after = i == labels.size() ? null : labels.get(i);
      violations.add(new Violation(Math.min(i, labels.size() - 1), kind, before, after));
    }
    if (start >= 0) {
      Span span = new Span(previous.type(), start, i);
      spans.add(span);
      if (!spoilt && !blamesPrevious(kind, previous)) wellFormed.add(span);
    }
    start = tag.inside() ? i : -1;
    spoilt = blamesNext(kind, tag);
  }

  /** Whether a span that ends here lacks its end, or ends with a mark that it does not need. */
  private boolean blamesPrevious(Violation.Kind kind, Tag previous) {
    if (kind == null) return false;
    return scheme == TagScheme.IOE1 || scheme.marksEveryEnd() && previous.role().mayContinue();
  }

  /** Whether a span that begins here lacks its beginning, or begins with a mark that it does not need. */
  private boolean blamesNext(Violation.Kind kind, Tag next) {
    if (kind == null) return false;
    return scheme == TagScheme.IOB1 || scheme.marksEveryBegin() && next.role().mayBeContinuation();
  }

  List<Span> spans() {
    return spans;
  }

  List<Span> wellFormed() {
    return wellFormed;
  }

  List<Violation> violations() {
    return violations;
  }
}
