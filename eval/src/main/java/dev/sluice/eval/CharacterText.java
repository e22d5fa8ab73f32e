package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.label.Decoded;
import dev.sluice.label.LabelException;
import dev.sluice.label.Span;
import dev.sluice.label.Violation;
import dev.sluice.metric.Reading;
import dev.sluice.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The text of some sentences in a row without white space of any kind, and where their tokens stand in it. */
final class CharacterText {
  /** A sentence and where its tokens begin in the text; one more number for the end. */
  private record Placed(Sentence sentence, int[] starts) {}

  private final Side side;
  private final Tokenizer tokenizer;
  private final StringBuilder text = new StringBuilder();
  private final List<Placed> sentences = new ArrayList<>();

  CharacterText(Side side, Tokenizer tokenizer) {
    this.side = side;
    this.tokenizer = tokenizer;
  }

  void add(Sentence sentence) {
    int[] starts = new int[sentence.size() + 1];
    for (int t = 0; t < sentence.size(); t++) {
      starts[t] = text.length();
      sentence
          .tokens()
          .get(t)
          .text()
          .codePoints()
          .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
          .forEach(text::appendCodePoint);
    }
    starts[sentence.size()] = text.length();
    sentences.add(new Placed(sentence, starts));
  }

  CharSequence characters() {
    return text;
  }

  int length() {
    return text.length();
  }

  Side side() {
    return side;
  }

  List<Sentence> sentences() {
    return sentences.stream().map(Placed::sentence).toList();
  }

  long tokens() {
    return sentences.stream().mapToLong(placed -> placed.sentence.size()).sum();
  }

  /** Where tokens begin and end. */
  SortedSet<Integer> borders() {
    SortedSet<Integer> borders = new TreeSet<>();
    for (Placed placed : sentences) for (int start : placed.starts) borders.add(start);
    return borders;
  }

  /** Up to 20 characters from a place on. */
  String from(int offset) {
    int most = text.codePointCount(offset, text.length());
    return text.substring(offset, text.offsetByCodePoints(offset, Math.min(20, most)));
  }

  /** Where the character at a place, or the last one, stands in the file. */
  Location where(int offset) {
    Placed placed = sentences.get(0);
    for (Placed next : sentences) if (next.starts[0] <= offset) placed = next;
    int token = 0;
    while (token + 1 < placed.sentence.size() && placed.starts[token + 1] <= offset) token++;
    return GoldTags.place(placed.sentence, token, side.config());
  }

  /**
   * The spans of all sentences, their borders counted in the text; each sentence is read by itself.
   *
   * @throws SluiceException for a tag that cannot be read, and for a span of white space alone
   */
  Decoded decode(Reading reading) {
    List<Span> spans = new ArrayList<>(), wellFormed = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (Placed placed : sentences) {
      try {
        Decoded decoded = reading.scheme().decode(placed.sentence.tags(), reading.repair());
        for (Span span : decoded.spans()) spans.add(inText(span, placed));
        for (Span span : decoded.wellFormed()) wellFormed.add(inText(span, placed));
        violations.addAll(decoded.violations());
      } catch (LabelException e) {
        throw GoldTags.problem(e, placed.sentence, side.file(), side.config(), tokenizer);
      }
    }
    return new Decoded(spans, wellFormed, violations);
  }

  private Span inText(Span span, Placed placed) {
    int start = placed.starts[span.start()], end = placed.starts[span.end()];
    if (start < end) return new Span(span.type(), start, end);
    throw SluiceException.usage(
        Codes.CHARACTERS,
        GoldTags.place(placed.sentence, span.start(), side.config()),
        "a span of type \"" + span.type() + "\" holds nothing but white space",
        "leave it out, or score without --align characters");
  }
}
