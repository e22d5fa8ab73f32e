package dev.sluice.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the inputs of a model look at beside the word itself, told from the tokens of a sentence alone. */
final class TokenCategories {
  private TokenCategories() {}

  /**
   * The category of each token.
   *
   * @param input an entry of {@code sluice.inputs}
   */
  static List<String> of(JsonNode input, List<String> sentence) {
    String[] source = input.get("source").asText().split(":", 2);
    return switch (source[0]) {
      case "word", "vectors" -> sentence;
      case "casing" -> sentence.stream().map(TokenCategories::casing).toList();
      case "shape" -> sentence.stream().map(TokenCategories::shape).toList();
      case "prefix", "suffix" ->
          sentence.stream()
              .map(t -> affix(t, Integer.parseInt(source[1]), source[0].equals("prefix")))
              .toList();
      case "gazetteer" -> phrases(input, sentence);
      default -> throw new UnsupportedOperationException("no categories of " + source[0]);
    };
  }

  private static boolean isCapital(int c) {
    return Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  /** The characters without those that belong to the one before. */
  private static int[] bases(String token) {
    return token
        .codePoints()
        .filter(
            c ->
                switch (Character.getType(c)) {
                  case Character.NON_SPACING_MARK,
                      Character.COMBINING_SPACING_MARK,
                      Character.ENCLOSING_MARK,
                      Character.FORMAT ->
                      false;
                  default -> true;
                })
        .toArray();
  }

  /** How capitals, small letters and digits stand in a token: the first class that fits. */
  private static String casing(String token) {
    int[] bases = bases(token);
    long digits = Arrays.stream(bases).filter(Character::isDigit).count();
    boolean upper = Arrays.stream(bases).anyMatch(Character::isUpperCase);
    boolean title = Arrays.stream(bases).anyMatch(Character::isTitleCase);
    boolean lower = Arrays.stream(bases).anyMatch(Character::isLowerCase);
    if (digits > 0 && digits == bases.length) return "all-digits";
    if (2 * digits > bases.length) return "mostly-digits";
    if (lower && !upper && !title) return "all-lower";
    if (upper && !lower && !title) return "all-upper";
    if (!token.isEmpty() && isCapital(token.codePointAt(0))) return "initial-upper";
    return digits > 0 ? "contains-digit" : "other";
  }

  /** X for capitals, x for other letters, d for digits, other characters as they are; at most 4 of a kind in a row, at most 32 in all. */
  private static String shape(String token) {
    StringBuilder shape = new StringBuilder();
    int last = -1, run = 0, length = 0;
    for (int c : bases(token)) {
      int kind = Character.isDigit(c) ? 'd' : !Character.isLetter(c) ? c : isCapital(c) ? 'X' : 'x';
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run > 4) continue;
      if (length++ == 32) return shape.append('…').toString();
      shape.appendCodePoint(kind);
    }
    return shape.toString();
  }

  /** The first or last n characters as a reader counts them, in lower case; a shorter token whole, between angle brackets. */
  private static String affix(String token, int n, boolean first) {
    String lower = token.toLowerCase(Locale.ROOT);
    List<String> characters =
        Pattern.compile("\\X").matcher(lower).results().map(MatchResult::group).toList();
    int size = characters.size();
    if (size < n) return "<" + lower + ">";
    return String.join("", first ? characters.subList(0, n) : characters.subList(size - n, size));
  }

  /** From left to right the longest phrase that begins at a token: S- for one token, B-, I- and E- for several, O outside. */
  private static List<String> phrases(JsonNode input, List<String> sentence) {
    boolean ignoreCase = input.get("ignoreCase").asBoolean();
    Map<List<String>, String> types = new HashMap<>();
    int longest = 0;
    for (Map.Entry<String, JsonNode> e : input.get("phrases").properties()) {
      List<String> key = keys(Arrays.asList(e.getKey().split(" ")), ignoreCase);
      types.merge(key, e.getValue().asText(), TokenCategories::both);
      longest = Math.max(longest, key.size());
    }
    List<String> keys = keys(sentence, ignoreCase);
    List<String> categories = new ArrayList<>(Collections.nCopies(keys.size(), "O"));
    for (int start = 0; start < keys.size(); ) {
      int length = Math.min(longest, keys.size() - start);
      while (length > 0 && !types.containsKey(keys.subList(start, start + length))) length--;
      String type = types.get(keys.subList(start, start + length));
      for (int i = 0; i < length; i++) {
        String place = length == 1 ? "S-" : i == 0 ? "B-" : i == length - 1 ? "E-" : "I-";
        categories.set(start + i, place + type);
      }
      start += Math.max(1, length);
    }
    return categories;
  }

  private static List<String> keys(List<String> tokens, boolean ignoreCase) {
    if (!ignoreCase) return tokens;
    Locale none = Locale.ROOT; // lower, upper, lower: one form for STRASSE, Straße and ẞ
    return tokens.stream()
        .map(t -> t.toLowerCase(none).toUpperCase(none).toLowerCase(none))
        .toList();
  }

  /** The types of two phrases that are one when case makes no difference. */
  private static String both(String a, String b) {
    return new TreeSet<>(List.of((a + "|" + b).split("\\|")))
        .stream().collect(Collectors.joining("|"));
  }
}
