package dev.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Small helpers for the wording of messages. */
final class Words {
  private static final int SHOWN = 60;

  private Words() {}

  /** The name nearest to what was written: the same but for case or separators, else at most two edits away. */
  static Optional<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(bare(written), bare(name)) <= Math.min(2, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(bare(written), bare(name))));
  }

  /** The names sorted by how near they are, at most so many. */
  static List<String> nearestFirst(String written, Collection<String> known, int most) {
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(bare(written), bare(name)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .toList();
  }

  private static String bare(String name) {
    String cut = name.length() > 200 ? name.substring(0, 200) : name;
    return cut.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) d[i][0] = i;
    for (int j = 0; j <= b.length(); j++) d[0][j] = j;
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  /** A user's text as a message may show it: cut, with invisible characters escaped. */
  static String shown(String text) {
    return shown(text, SHOWN);
  }

  /** The same, cut after so many characters. */
  static String shown(String text, int most) {
    StringBuilder out = new StringBuilder();
    int count = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (count++ == most) return out.append("...").toString();
      int c = text.codePointAt(i);
      if (visible(c)) out.appendCodePoint(c);
      else out.append(c < 0x10000 ? hex("\\u%04x", c) : hex("\\U%08x", c));
    }
    return out.toString();
  }

  /** Whether a character can be seen for what it is; format and control characters and odd blanks cannot. */
  static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  static String hex(String format, int c) {
    return String.format(Locale.ROOT, format, c);
  }

  /** A number without needless digits: 1 for 1.0, 1.0E-8 as it is. */
  static String number(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e16 ? Long.toString((long) x) : Double.toString(x);
  }

  /** A key below a path. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
