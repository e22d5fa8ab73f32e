package dev.sluice.feature;

/**
 * The shape of a token: what is left when letters and digits are replaced by their kind. {@code Boston} is {@code Xxxxx}, {@code DC-10} is
 * {@code XX-dd}, {@code 7:30pm} is {@code d:ddxx}.
 *
 * <pre>
 *   letter of upper or title case      X
 *   any other letter                   x      scripts without case included, so that their words share a few shapes
 *   decimal digit of any script        d
 *   combining mark, format character   nothing: it belongs to the character before it
 *   any other character                itself
 * </pre>
 *
 * After {@link #LONGEST_RUN} equal characters no more of them are written. That is the practice of spaCy ({@code
 * spacy.lang.lex_attrs.word_shape}), whose letters these are too, after Collins (ACL 2002, Ranking Algorithms for Named-Entity
 * Extraction), who shortens runs to one. Four keep years apart from hours and flight numbers and make words of five letters and more alike.
 */
public final class WordShape {
  /** The most equal characters in a row. */
  public static final int LONGEST_RUN = 4;

  /** The most characters of a shape; a longer one is cut and ends in … as its 33rd. */
  public static final int LONGEST = 32;

  private WordShape() {}

  /** The shape of a token; empty when the token has nothing but marks. */
  public static String of(String token) {
    StringBuilder shape = new StringBuilder();
    int last = -1, run = 0, length = 0;
    for (int i = 0; i < token.length(); ) {
      int c = token.codePointAt(i);
      i += Character.charCount(c);
      if (Marks.attaches(c)) continue;
      int kind = kind(c);
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run > LONGEST_RUN) continue;
      if (length++ == LONGEST) return shape.append('…').toString();
      shape.appendCodePoint(kind);
    }
    return shape.toString();
  }

  private static int kind(int c) {
    if (Character.isDigit(c)) return 'd';
    if (!Character.isLetter(c)) return c;
    return Character.isUpperCase(c) || Character.isTitleCase(c) ? 'X' : 'x';
  }
}
