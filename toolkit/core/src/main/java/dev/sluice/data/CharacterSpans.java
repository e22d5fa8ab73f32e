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
  private int trimmed;

  CharacterSpans(Sentence sentence, Offsets offsets) {
    this.sentence = sentence;
    this.offsets = offsets;
    String text = sentence.text();
    this.length = offsets == Offsets.UTF16 ? text.length() : text.codePointCount(0, text.length());
  }

  /** How many spans had blanks at an end that were cut off. */
  int trimmed() {
    return trimmed;
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
    String text = sentence.text();
    int start = unit(span.start());
    int end = unit(span.end());
    int first = start;
    int last = end;
    while (first < last && Character.isWhitespace(text.charAt(first))) first++;
    while (last > first && Character.isWhitespace(text.charAt(last - 1))) last--;
    if (first != start || last != end) trimmed++;
    List<Token> tokens = sentence.tokens();
    int token = from;
    while (token < tokens.size() && tokens.get(token).end() <= first) token++;
    int begin = token;
    while (token < tokens.size() && tokens.get(token).start() < last) token++;
    boolean fits =
        token > begin && tokens.get(begin).start() == first && tokens.get(token - 1).end() == last;
    if (!fits) throw misaligned(span, text.substring(start, end), tokens.subList(begin, token));
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
            + "\") does not begin and end at token borders; tokens there: "
            + (words.isEmpty() ? "none" : String.join(" ", words)),
        "correct the offsets, or set a tokenizer that splits there, and check data.jsonl.offsets");
  }

  private SluiceException wrong(String code, String what, String fix) {
    return SluiceException.usage(code, sentence.where(), what, fix);
  }
}
