package dev.sluice.label;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spans by another way than the one under test: each run of tokens of one type becomes a word of prefix letters, and regular expressions
 * cut that word.
 */
final class SecondDecoder {
  private static final Pattern ANY_SCHEME = Pattern.compile("[SU]|(?=.)B?[IM]*[EL]?");
  private static final Pattern INSIDE = Pattern.compile("I+");
  private static final Pattern BEGUN = Pattern.compile("BI*");
  private static final Pattern ENDED = Pattern.compile("I*E");
  private static final Pattern BOTH = Pattern.compile("[SU]|B[IM]*[EL]");
  final List<Span> spans = new ArrayList<>();
  final List<Span> wellFormed = new ArrayList<>();

  SecondDecoder(TagScheme scheme, List<String> tags) {
    for (int start = 0, end; start < tags.size(); start = end) {
      end = start + 1;
      if (tags.get(start).equals("O")) continue;
      String type = tags.get(start).split("-", 2)[1];
      StringBuilder word = new StringBuilder(tags.get(start).substring(0, 1));
      while (end < tags.size()
          && tags.get(end).indexOf("-" + type) == 1
          && tags.get(end).length() == type.length() + 2) word.append(tags.get(end++).charAt(0));
      cut(scheme, word.toString(), type, start);
    }
  }

  private void cut(TagScheme scheme, String word, String type, int offset) {
    Matcher matcher = ANY_SCHEME.matcher(word);
    while (matcher.find()) {
      if (matcher.group().isEmpty()) continue;
      Span span = new Span(type, offset + matcher.start(), offset + matcher.end());
      spans.add(span);
      boolean first = matcher.start() == 0;
      boolean last = matcher.end() == word.length();
      if (spelling(scheme, first, last).matcher(matcher.group()).matches()) wellFormed.add(span);
    }
  }

  private static Pattern spelling(TagScheme scheme, boolean first, boolean last) {
    return switch (scheme) {
      case IO -> INSIDE;
      case BIO -> BEGUN;
      case IOB1 -> first ? INSIDE : BEGUN;
      case IOE1 -> last ? INSIDE : ENDED;
      case IOE2 -> ENDED;
      case BIOES, BILOU, BMES -> BOTH;
      case PLAIN -> throw new IllegalArgumentException("no spans");
    };
  }
}
