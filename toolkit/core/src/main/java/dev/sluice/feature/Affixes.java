package dev.sluice.feature;

import dev.sluice.text.Graphemes;
import java.util.BitSet;
import java.util.Locale;

/**
 * The beginning and the end of a token in lower case (by the rules of no particular language): {@code -tion} and {@code un-} are hints at
 * part of speech and type that a word never seen before still has.
 *
 * <p>Characters are counted as a reader does: a letter with its combining marks is one, and so is an emoji of several code points; for
 * text without such the count is that of code points. A token with fewer characters than asked for is given whole between the marks of
 * fastText (Bojanowski et al., arXiv:1607.04606), as in {@code <to>}, so that the word {@code ion} is not the ending {@code ion} of four.
 */
public final class Affixes {
  private Affixes() {}

  /**
   * The first characters of a token.
   *
   * @param n how many, at least 1
   */
  public static String prefix(String token, int n) {
    String lower = lower(token, n);
    int end = place(lower, n, true);
    return end < 0 ? whole(lower) : lower.substring(0, end);
  }

  /**
   * The last characters of a token.
   *
   * @param n how many, at least 1
   */
  public static String suffix(String token, int n) {
    String lower = lower(token, n);
    int begin = place(lower, n, false);
    return begin < 0 ? whole(lower) : lower.substring(begin);
  }

  /** The whole word is made small before it is cut: the small form of a letter may depend on its neighbours, and be longer. */
  private static String lower(String token, int n) {
    if (n < 1) throw new IllegalArgumentException("an affix of " + n + " characters");
    return token.toLowerCase(Locale.ROOT);
  }

  private static String whole(String word) {
    return "<" + word + ">";
  }

  /** The offset n characters from the beginning or the end; -1 when the word has fewer. */
  private static int place(String word, int n, boolean fromBeginning) {
    BitSet ends = Graphemes.ends(word);
    ends.set(0);
    int at = fromBeginning ? 0 : word.length();
    for (int i = 0; i < n; i++) {
      at = fromBeginning ? ends.nextSetBit(at + 1) : at == 0 ? -1 : ends.previousSetBit(at - 1);
      if (at < 0) return -1;
    }
    return at;
  }
}
