package dev.sluice.data;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.JsonlLayout.Offsets;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Spans by character offsets to BIO tags of the tokens of one sentence. */
final class CharacterSpans {
  /** A span as it stands in the file. */
  record Span(int start, int end, String type) {
    @Override
    public String toString() {
      return start + " to " + end + " \"" + Visible.of(type) + "\"";
    }
  }

  private final Sentence sentence;
  private final Offsets offsets;
  private final int length;
  private final boolean lenient;
  private final List<Sentence.Unreachable> unreachable = new ArrayList<>();
  private int trimmed;

  /** @param lenient whether a span that cuts through a token, or holds none, is only noted */
  CharacterSpans(Sentence sentence, Offsets offsets, boolean lenient) {
    this.lenient = lenient;
    this.sentence = sentence;
    this.offsets = offsets;
    String text = sentence.text();
    this.length = offsets == Offsets.UTF16 ? text.length() : text.codePointCount(0, text.length());
  }

  /** How many spans began or ended between tokens and were cut to the tokens inside. */
  int trimmed() {
    return trimmed;
  }

  /** The spans that cut through a token or hold none. */
  List<Sentence.Unreachable> unreachable() {
    return unreachable;
  }

  /** A tag per token. */
  List<String> tags(List<Span> spans) {
    List<String> tags = new ArrayList<>(Collections.nCopies(sentence.size(), "O"));
    List<Span> ordered = new ArrayList<>(spans);
    ordered.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
    Span before = null;
    int token = 0;
    for (Span span : ordered) {
      checkRange(span);
      if (before != null && span.start() < before.end()) {
        throw wrong(
            Codes.OVERLAP,
            "span " + span + " overlaps span " + before,
            "keep one of them; a token has one tag");
      }
      before = span;
      token = tag(span, token, tags);
    }
    return tags;
  }

  /** Tags the tokens of a span, looking from a token on; returns the token after it. */
  private int tag(Span span, int from, List<String> tags) {
    int start = unit(span.start());
    int end = unit(span.end());
    List<Token> tokens = sentence.tokens();
    int token = from;
    while (token < tokens.size() && tokens.get(token).end() <= start) token++;
    int begin = token;
    while (token < tokens.size() && tokens.get(token).start() < end) token++;
    List<Token> inside = tokens.subList(begin, token);
    boolean fits = token > begin && inside.get(0).start() >= start;
    if (!fits || tokens.get(token - 1).end() > end) {
      if (lenient) {
        unreachable.add(
            new Sentence.Unreachable(span.type(), sentence.text().substring(start, end)));
        return begin;
      }
      throw misaligned(span, sentence.text().substring(start, end), inside);
    }
    if (inside.get(0).start() != start || tokens.get(token - 1).end() != end) trimmed++;
    for (int i = begin; i < token; i++) tags.set(i, (i == begin ? "B-" : "I-") + span.type());
    return token;
  }

  private void checkRange(Span span) {
    if (span.start() < 0 || span.end() <= span.start() || span.end() > length) {
      throw wrong(
          Codes.OFFSETS,
          "span "
              + span
              + " is not within the text of "
              + length
              + (offsets == Offsets.UTF16 ? " UTF-16 units" : " code points"),
          "count from 0, with the end after the last character, and check data.jsonl.offsets");
    }
    if (span.type().isBlank()) {
      throw wrong(Codes.EMPTY, "span " + span + " has an empty type", "name its type");
    }
  }

  private int unit(int offset) {
    return offsets == Offsets.UTF16 ? offset : sentence.text().offsetByCodePoints(0, offset);
  }

  private SluiceException misaligned(Span span, String covered, List<Token> tokens) {
    List<String> words = tokens.stream().map(t -> "\"" + Visible.of(t.text()) + "\"").toList();
    return wrong(
        Codes.BORDERS,
        "span "
            + span
            + " (\""
            + Visible.of(covered)
            + "\") cuts through a token or holds none; tokens there: "
            + (words.isEmpty() ? "none" : String.join(" ", words)),
        "correct the offsets, or set a tokenizer that splits there, and check data.jsonl.offsets");
  }

  private SluiceException wrong(String code, String what, String fix) {
    return SluiceException.usage(code, sentence.where(), what, fix);
  }
}
