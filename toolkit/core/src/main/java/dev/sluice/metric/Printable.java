package dev.sluice.metric;

import java.util.Locale;

/** Text as a terminal may show it: what would steer the terminal is written as an escape such as {@code \}{@code u001b}. */
public final class Printable {
  private Printable() {}

  /** The text with control characters escaped, save line feeds and tabs, and those that change the direction of writing. */
  public static String of(String text) {
    if (text.chars().noneMatch(Printable::steers)) return text;
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (steers(c)) shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      else shown.append(c);
    }
    return shown.toString();
  }

  private static boolean steers(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean direction = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    return control || direction;
  }
}
