package dev.sluice.eval.analysis;

import dev.sluice.label.Span;
import dev.sluice.label.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What became of a gold span, a predicted span, or two that belong together: exactly one code for each, in the manner of ERRANT (Bryant et al. 2017).
 *
 * @param operation what would have to be done
 * @param code the code, such as {@code B:PER:left-short}
 * @param gold place among the gold spans, -1 when there is none
 * @param predicted place among the predicted spans, -1 when there is none
 * @param flags what else is to be said of it
 */
record SpanError(Operation operation, String code, int gold, int predicted, Set<Flag> flags) {

  /** What would have to be done to a prediction to make it right. */
  enum Operation {
    /** {@code C:PER}: nothing. */
    CORRECT("C"),
    /** {@code R:LOC>ORG}: another type, gold first; the borders are right. */
    TYPE("R"),
    /** {@code B:PER:right-long}: other borders; the type is right. */
    BOUNDARY("B"),
    /** {@code BR:LOC>ORG}: other borders and another type. */
    BOTH("BR"),
    /** {@code M:DATE}: a gold span has no partner. */
    MISSING("M"),
    /** {@code U:MISC}: a predicted span has no partner. */
    UNNECESSARY("U");

    private final String letter;

    Operation(String letter) {
      this.letter = letter;
    }
  }

  /** What may be said of any of them. */
  enum Flag {
    /** An unnecessary span overlaps a gold one that has another partner. */
    SPLIT,
    /** A missing span overlaps a predicted one that has another partner. */
    MERGE,
    /** The predicted tags break their scheme at the span. */
    ILLEGAL,
    /** The span has a word that training never saw. */
    UNKNOWN_WORD,
    /** Training saw the surface form with other types only. */
    OTHER_TYPE,
    /** The span is at the beginning or the end of the sentence. */
    SENTENCE_BORDER,
    /** A border of the gold span lies within a token, so that nothing could have found it. */
    MISALIGNED
  }

  /**
   * All of a sentence, in the order of the text.
   *
   * @param pairs its gold and predicted spans as {@link SpanMatching#byOverlap} pairs them
   */
  static List<SpanError> of(Judged judged, List<SpanMatching.Pair> pairs, Knowledge knowledge) {
    Judged.Tags tags = judged.tags().orElseThrow();
    List<Span> gold = tags.gold(), predicted = tags.predicted();
    List<SpanError> errors = new ArrayList<>();
    for (SpanMatching.Pair pair : pairs) {
      Span g = pair.gold() < 0 ? null : gold.get(pair.gold());
      Span p = pair.predicted() < 0 ? null : predicted.get(pair.predicted());
      errors.add(of(pair, g, p, flags(judged, g, p, knowledge)));
    }
    return errors;
  }

  private static SpanError of(SpanMatching.Pair pair, Span g, Span p, Set<Flag> flags) {
    Operation operation;
    String detail;
    if (p == null) {
      operation = Operation.MISSING;
      detail = g.type();
    } else if (g == null) {
      operation = Operation.UNNECESSARY;
      detail = p.type();
    } else {
      boolean type = g.type().equals(p.type());
      boolean borders = g.start() == p.start() && g.end() == p.end();
      if (type) operation = borders ? Operation.CORRECT : Operation.BOUNDARY;
      else operation = borders ? Operation.TYPE : Operation.BOTH;
      detail = type ? g.type() : g.type() + ">" + p.type();
      if (operation == Operation.BOUNDARY) detail += ":" + sides(g, p);
    }
    String code = operation.letter + ":" + detail;
    return new SpanError(operation, code, pair.gold(), pair.predicted(), flags);
  }

  private static String sides(Span g, Span p) {
    if (g.start() != p.start() && g.end() != p.end()) return "both";
    if (g.start() != p.start()) return p.start() > g.start() ? "left-short" : "left-long";
    return p.end() < g.end() ? "right-short" : "right-long";
  }

  private static Set<Flag> flags(Judged judged, Span g, Span p, Knowledge knowledge) {
    Judged.Tags tags = judged.tags().orElseThrow();
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (g == null && overlapsAny(p, tags.gold())) flags.add(Flag.SPLIT);
    if (p == null && overlapsAny(g, tags.predicted())) flags.add(Flag.MERGE);
    Span shown = g == null ? p : g;
    if (shown.start() == 0 || shown.end() == judged.sentence().size())
      flags.add(Flag.SENTENCE_BORDER);
    if (knowledge.unknownWord(judged.sentence(), shown)) flags.add(Flag.UNKNOWN_WORD);
    if (knowledge.otherType(judged.sentence(), shown)) flags.add(Flag.OTHER_TYPE);
    if (p != null && tags.pair().found().violations().stream().anyMatch(v -> touches(v, p)))
      flags.add(Flag.ILLEGAL);
    return flags;
  }

  /** Whether an illegal move begins a span, lies in it, or is that it has no end. */
  private static boolean touches(Violation v, Span span) {
    if (v.kind() != Violation.Kind.UNFINISHED)
      return v.index() >= span.start() && v.index() < span.end();
    int border = v.next() == null ? v.index() + 1 : v.index(); // behind the span
    return border == span.end();
  }

  private static boolean overlapsAny(Span span, List<Span> others) {
    return others.stream().anyMatch(o -> SpanMatching.overlap(span, o) > 0);
  }

  /** The code of a gold span that has no partner. */
  static String missing(String type) {
    return Operation.MISSING.letter + ":" + type;
  }

  /** Whether something is wrong. */
  boolean wrong() {
    return operation != Operation.CORRECT;
  }

  /** The gold span, else the predicted one. */
  Span span(Judged.Tags tags) {
    return gold >= 0 ? tags.gold().get(gold) : tags.predicted().get(predicted);
  }
}
