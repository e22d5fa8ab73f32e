package dev.sluice.vocabulary;

import java.util.Locale;

/** The simpler forms in which a word is looked for when it is not there as it is. */
public final class WordForms {
  private WordForms() {}

  /** The word in lower case, in the same way on every machine. */
  public static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** The word with every digit of any script replaced, or the word itself when it has none. */
  public static String maskDigits(String word, char mask) {
    if (word.codePoints().noneMatch(Character::isDigit)) return word;
    StringBuilder masked = new StringBuilder(word.length());
    word.codePoints().forEach(c -> masked.appendCodePoint(Character.isDigit(c) ? mask : c));
    return masked.toString();
  }
}
