package dev.sluice.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random tag strings and spans; hyphens in types included. */
final class RandomTags {
  static final List<TagScheme> SPAN_SCHEMES =
      List.of(TagScheme.values()).subList(0, TagScheme.PLAIN.ordinal());

  private static final List<String> TYPES = List.of("X", "Y", "X-Y");
  private final Random random;

  RandomTags(long seed) {
    random = new Random(seed);
  }

  /** Any letters of the scheme in any order, up to 10 tokens. */
  List<String> tags(TagScheme scheme) {
    String letters = letters(scheme);
    List<String> tags = new ArrayList<>();
    for (int size = random.nextInt(11); size > 0; size--) {
      int letter = random.nextInt(letters.length() + 1);
      tags.add(letter == letters.length() ? "O" : letters.charAt(letter) + "-" + type());
    }
    return tags;
  }

  /** Spans side by side or with gaps; with {@code apart}, neighbours never have one type. */
  List<Span> spans(int size, boolean apart) {
    List<Span> spans = new ArrayList<>();
    for (int start = random.nextInt(3); start < size; ) {
      int end = Math.min(size, start + 1 + random.nextInt(4));
      Span span = new Span(type(), start, end);
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      boolean merges =
          last != null && last.end() == span.start() && last.type().equals(span.type());
      if (!(apart && merges)) spans.add(span);
      start = end + random.nextInt(3);
    }
    return spans;
  }

  int size() {
    return random.nextInt(12);
  }

  private String type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  static String letters(TagScheme scheme) {
    return switch (scheme) {
      case IO -> "I";
      case BIO, IOB1 -> "BI";
      case IOE1, IOE2 -> "IE";
      case BIOES -> "BIES";
      case BILOU -> "BILU";
      case BMES -> "BMES";
      case PLAIN -> throw new IllegalArgumentException("no letters");
    };
  }
}
