package dev.sluice.feature;

import java.util.Locale;

/**
 * How a token is written in capitals, small letters and digits. The classes and their order are those of Reimers and Gurevych
 * (arXiv:1707.06799, casing feature of their BiLSTM-CRF), which refine the spelling features of Huang, Xu and Yu (arXiv:1508.01991): the
 * first class that fits is the token's.
 *
 * <p>Letters are upper or lower case by the Unicode properties, digits are decimal digits of any script. Combining marks and invisible
 * format characters belong to the character before them and are not looked at, so a composed and a decomposed é are the same.
 */
public enum Casing {
  /** Digits and nothing else: {@code 2016}. */
  ALL_DIGITS,
  /** More than half of the characters are digits: {@code 747s}, {@code 5:30}. */
  MOSTLY_DIGITS,
  /** Has lower case letters, and no letter of upper or title case: {@code flight}, {@code o'clock}, {@code c4}. */
  ALL_LOWER,
  /** Has upper case letters, and no letter of lower or title case: {@code USA}, {@code I}, {@code U.S.}, {@code B-52}. */
  ALL_UPPER,
  /** Begins with a letter of upper or title case, and fits none of the above: {@code Boston}, {@code McDonald}, {@code Dc10}. */
  INITIAL_UPPER,
  /** Has a digit, and fits none of the above: {@code iPhone7}, {@code 1-A-b}, {@code 4-}. */
  CONTAINS_DIGIT,
  /** Everything else: {@code iPhone}, {@code -}, and words of scripts without case. */
  OTHER;

  private final String category = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The class of a token. */
  public static Casing of(String token) {
    int length = 0, digits = 0, upper = 0, lower = 0, title = 0;
    for (int i = 0; i < token.length(); ) {
      int c = token.codePointAt(i);
      i += Character.charCount(c);
      if (Marks.attaches(c)) continue;
      length++;
      if (Character.isDigit(c)) digits++;
      else if (Character.isUpperCase(c)) upper++;
      else if (Character.isLowerCase(c)) lower++;
      else if (Character.isTitleCase(c)) title++;
    }
    if (digits > 0 && digits == length) return ALL_DIGITS;
    if (2 * digits > length) return MOSTLY_DIGITS;
    if (lower > 0 && upper + title == 0) return ALL_LOWER;
    if (upper > 0 && lower + title == 0) return ALL_UPPER;
    if (beginsUpper(token)) return INITIAL_UPPER;
    return digits > 0 ? CONTAINS_DIGIT : OTHER;
  }

  /** The category as text: the name in lower case with hyphens, such as {@code initial-upper}. */
  public String category() {
    return category;
  }

  private static boolean beginsUpper(String token) {
    if (token.isEmpty()) return false;
    int first = token.codePointAt(0);
    return Character.isUpperCase(first) || Character.isTitleCase(first);
  }
}
