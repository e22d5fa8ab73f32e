package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words of a file to tokens with offsets, and the complaint when tags do not fit them. */
final class Words {
  private static final int CONTEXT = 3;

  private Words() {}

  /** Splits at runs of blanks, tabs and line ends; a no-break space or a zero-width space belongs to its word. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean blank = i == text.length() || blank(text.charAt(i));
      if (!blank && start < 0) start = i;
      if (blank && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  /** Whether a character separates words in a file. */
  static boolean blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Whether there is nothing but such characters. */
  static boolean blank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!blank(text.charAt(i))) return false;
    }
    return true;
  }

  /** A sentence whose text is its words joined by single blanks. */
  static Sentence joined(
      List<String> words, List<String> tags, Optional<String> intent, Location where) {
    List<Token> tokens = new ArrayList<>(words.size());
    int start = 0;
    for (String word : words) {
      tokens.add(new Token(word, start, start + word.length()));
      start += word.length() + 1;
    }
    return new Sentence(String.join(" ", words), tokens, tags, intent, where);
  }

  /** The words' places in a text that holds them in order with nothing but white space between; empty when it does not. */
  static Optional<List<Token>> aligned(String text, List<String> words) {
    List<Token> tokens = new ArrayList<>(words.size());
    int at = 0;
    for (String word : words) {
      while (!text.startsWith(word, at)) {
        if (at >= text.length() || !space(text.charAt(at))) return Optional.empty();
        at++;
      }
      tokens.add(new Token(word, at, at + word.length()));
      at += word.length();
    }
    while (at < text.length() && space(text.charAt(at))) at++;
    return at == text.length() ? Optional.of(tokens) : Optional.empty();
  }

  private static boolean space(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Refuses tags that are more or fewer than the words, showing where the shorter list ends. */
  static void checkCounts(Location where, List<String> words, List<String> tags) {
    checkCounts(where, words, tags, "tag", "tags");
  }

  /** The same for the values of a feature. */
  static void checkCounts(Location where, List<String> words, List<String> values, String feature) {
    String of = " of " + Visible.of(feature);
    checkCounts(where, words, values, "value" + of, "values" + of);
  }

  private static void checkCounts(
      Location where, List<String> words, List<String> tags, String one, String many) {
    if (words.size() == tags.size()) return;
    int shared = Math.min(words.size(), tags.size());
    StringBuilder what = new StringBuilder();
    what.append(words.size()).append(words.size() == 1 ? " token but " : " tokens but ");
    what.append(tags.size()).append(' ').append(tags.size() == 1 ? one : many).append(": ");
    if (shared > CONTEXT) what.append("… ");
    for (int i = Math.max(0, shared - CONTEXT); i < shared; i++) {
      what.append(Visible.of(words.get(i))).append('/').append(Visible.of(tags.get(i))).append(' ');
    }
    boolean moreWords = words.size() > shared;
    what.append("| ").append(moreWords ? "token" : one).append(" \"");
    what.append(Visible.of(moreWords ? words.get(shared) : tags.get(shared)));
    what.append("\" (number ").append(shared + 1).append(") has no ");
    what.append(moreWords ? one : "token");
    throw SluiceException.usage(
        Codes.COUNTS, where, what.toString(), "give each token exactly one " + one);
  }
}
