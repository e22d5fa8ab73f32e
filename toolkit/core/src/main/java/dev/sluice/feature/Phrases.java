package dev.sluice.feature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The phrases of a gazetteer in their one spelling, tokens joined by single blanks, each with its type. */
final class Phrases {
  /** The longest phrase and the longest type, in UTF-16 units. */
  static final int LONGEST = 1000;

  private static final String BETWEEN_TYPES = "|";

  private final SortedMap<String, String> types = new TreeMap<>();

  /** The tokens of a phrase. */
  static List<String> tokens(String phrase) {
    return Arrays.stream(phrase.split("[ \\t\\r\\n]+")).filter(t -> !t.isEmpty()).toList();
  }

  /**
   * Adds a phrase; one that is there already gets this type, too.
   *
   * @throws IllegalArgumentException when phrase or type is empty, too long or no valid Unicode
   */
  void add(String phrase, String type) {
    String joined = canonicalPhrase(phrase);
    String known = types.get(joined);
    String all = canonicalType(known == null ? type : known + BETWEEN_TYPES + type);
    check(joined, "phrase");
    check(all, "type");
    types.put(joined, all);
  }

  /** The type of each phrase, sorted by phrase. */
  SortedMap<String, String> types() {
    return types;
  }

  static String canonicalPhrase(String phrase) {
    return String.join(" ", tokens(phrase));
  }

  /**
   * The types among these, sorted, each once, joined.
   *
   * @throws IllegalArgumentException when one is empty
   */
  static String canonicalType(String type) {
    TreeSet<String> all = new TreeSet<>();
    for (String one : type.split("\\|", -1)) {
      String bare = one.strip();
      if (bare.isEmpty()) throw new IllegalArgumentException("the type is empty");
      all.add(bare);
    }
    return String.join(BETWEEN_TYPES, all);
  }

  /** Whether a type is empty, or one of several is. */
  static boolean hasEmptyType(String type) {
    return Arrays.stream(type.split("\\|", -1)).anyMatch(String::isBlank);
  }

  /** Both types in one. */
  static String joined(String type, String other) {
    return canonicalType(type + BETWEEN_TYPES + other);
  }

  private static void check(String text, String what) {
    if (text.isEmpty()) throw new IllegalArgumentException("the " + what + " is empty");
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the " + what + " has " + text.length() + " characters, expected at most " + LONGEST);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
      throw new IllegalArgumentException("the " + what + " has half of a surrogate pair");
  }
}
