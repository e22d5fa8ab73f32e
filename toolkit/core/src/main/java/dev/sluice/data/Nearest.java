package dev.sluice.data;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known names a mistyped one meant. */
public final class Nearest {
  private Nearest() {}

  /** The known name that equals it but for case, blanks and invisible characters, or else lies within two edits of it. */
  public static Optional<String> of(String name, Collection<String> known) {
    String plain = plain(name);
    String best = null;
    int bestDistance = Math.min(3, plain.length());
    for (String candidate : known) {
      int distance = distance(plain, plain(candidate));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String plain(String name) {
    return Visible.stripped(name).toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions and replacements between two strings (Levenshtein), a row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
