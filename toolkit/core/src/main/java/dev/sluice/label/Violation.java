package dev.sluice.label;

/**
 * A move from one tag to the next that a scheme does not allow.
 *
 * @param index the token of {@code next}; at the end of the sentence the last token
 * @param kind what is wrong
 * @param previous the tag before, null at the beginning of the sentence
 * @param next the tag that cannot follow it, null at the end of the sentence
 */
public record Violation(int index, Kind kind, String previous, String next) {

  /** What is wrong with a move. */
  public enum Kind {
    /** A tag continues a span, but there is none to continue: {@code O I-X}. */
    ORPHAN("continues no span"),
    /** A tag continues a span of another type: {@code B-X I-Y}. */
    TYPE_CHANGE("changes the type within a span"),
    /** A span stops without the tag that ends it: {@code B-X O} under BIOES. */
    UNFINISHED("leaves a span without its end"),
    /** A tag marks a border between two spans of one type where there is none: {@code O B-X} under IOB1. */
    NEEDLESS("marks a border that needs no mark");

    private final String about;

    Kind(String about) {
      this.about = about;
    }

    /** The kind in words, such as {@code continues no span}. */
    public String about() {
      return about;
    }
  }

  /** The violation in words, such as {@code "I-city" cannot follow "B-date" under BIO}. */
  public String message(TagScheme scheme) {
    String under = " under " + scheme;
    if (previous == null) return "\"" + next + "\" cannot begin a sentence" + under;
    if (next == null) return "\"" + previous + "\" cannot end a sentence" + under;
    return "\"" + next + "\" cannot follow \"" + previous + "\"" + under;
  }
}
