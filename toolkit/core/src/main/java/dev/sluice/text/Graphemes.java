package dev.sluice.text;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grapheme clusters: what a reader takes for one character, such as a letter with its combining marks or an emoji of several code
 * points. The rules are those of {@code \X} of the running JDK (Unicode Annex 29, extended clusters).
 */
public final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");
  // below the first combining mark every character is a cluster of its own (but for CR LF, both
  // blank)
  private static final char FIRST_COMBINING = 0x300;

  private Graphemes() {}

  /** Finds the clusters of a text, one after the other, without gap. */
  static Matcher clusters(String text) {
    return CLUSTER.matcher(text);
  }

  /** Whether no cluster reaches over the place between two characters that can both stand alone. */
  static boolean plainlyApart(char before, char after) {
    return before < FIRST_COMBINING && after < FIRST_COMBINING;
  }

  /** The offsets where a cluster ends. Time is linear in the length of the text. */
  public static BitSet ends(String text) {
    BitSet ends = new BitSet(text.length() + 1);
    for (Matcher cluster = clusters(text); cluster.find(); ) ends.set(cluster.end());
    return ends;
  }
}
