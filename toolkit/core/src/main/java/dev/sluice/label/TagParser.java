package dev.sluice.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes labels apart: the text before the first hyphen is the prefix, the rest is the type. Refuses what a scheme cannot read. */
final class TagParser {
  /** The letters of all schemes. */
  static final String LETTERS = "BIMELSU";

  private TagParser() {}

  /**
   * A label taken apart.
   *
   * @throws LabelException when the scheme has no such label
   */
  static Tag parse(TagScheme scheme, String label, int index) {
    if (label.equals("O")) return Tag.OUTSIDE;
    if (isPrefixed(label)) {
      Role role = scheme.role(label.charAt(0));
      if (role != null && !label.substring(2).isBlank()) return new Tag(role, label.substring(2));
    } else if (scheme == TagScheme.IO && !looksPrefixed(label)) {
      return new Tag(Role.INSIDE, label);
    }
    throw malformed(scheme, label, index);
  }

  /** Whether a label begins with a letter of some scheme and a hyphen. */
  static boolean isPrefixed(String label) {
    return label.length() >= 2 && label.charAt(1) == '-' && LETTERS.indexOf(label.charAt(0)) >= 0;
  }

  /** Whether a label is a prefixed one or probably meant to be one: {@code b-PER}, {@code B_PER}, {@code B}, {@code o}. */
  static boolean looksPrefixed(String label) {
    return label.isBlank() || isOutsideMistyped(label) || meantPrefix(label) != null;
  }

  /** Whether a label is {@code o} or a zero. */
  static boolean isOutsideMistyped(String label) {
    return label.equals("o") || label.equals("0");
  }

  /** The prefixed label that was probably meant, or null. */
  private static String meantPrefix(String label) {
    char letter = label.toUpperCase(Locale.ROOT).charAt(0);
    if (LETTERS.indexOf(letter) < 0) return null;
    if (label.length() == 1) return letter + "-";
    return label.charAt(1) == '-' || label.charAt(1) == '_'
        ? letter + "-" + label.substring(2)
        : null;
  }

  /** The prefixed label that was probably meant when the letter stands behind the type, or null. */
  private static String meantSuffix(String label) {
    int last = label.length() - 1;
    boolean suffixed =
        last >= 2
            && LETTERS.indexOf(label.charAt(last)) >= 0
            && "-_".indexOf(label.charAt(last - 1)) >= 0;
    return suffixed ? label.charAt(last) + "-" + label.substring(0, last - 1) : null;
  }

  private static LabelException malformed(TagScheme scheme, String label, int index) {
    String what =
        (label.isBlank() ? "an empty label" : "\"" + label + "\"")
            + " is no label of "
            + scheme
            + ", expected "
            + scheme.grammar();
    return new LabelException(LabelException.MALFORMED, index, label, what, fix(scheme, label));
  }

  private static String fix(TagScheme scheme, String label) {
    if (label.isBlank()) return "give every token a label, O outside of spans";
    if (isOutsideMistyped(label)) return "did you mean \"O\"?";
    String meant = meantPrefix(label) != null ? meantPrefix(label) : meantSuffix(label);
    if (meant == null) {
      return "write a prefix and a hyphen before it, or set data.scheme: io for types without a prefix, or data.scheme: plain for labels"
          + " without spans";
    }
    char letter = meant.charAt(0);
    if (scheme.role(letter) == null)
      return "set data.scheme to one with " + letter + "-: " + schemesWith(letter);
    return meant.substring(2).isBlank()
        ? "write the type behind the hyphen, such as " + letter + "-PER"
        : "did you mean \"" + meant + "\"?";
  }

  private static String schemesWith(char letter) {
    List<String> names = new ArrayList<>();
    for (TagScheme scheme : TagScheme.values())
      if (scheme.role(letter) != null) names.add(scheme.name().toLowerCase(Locale.ROOT));
    return String.join(", ", names);
  }
}
