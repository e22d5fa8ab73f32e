package dev.sluice.embedding;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** A guess why the words of some data are not in a file of vectors, from words of both. */
final class LikelyCause {
  private static final int FEW = 1000;

  private LikelyCause() {}

  static String of(List<String> missing, LoadedVectors file) {
    List<String> words = file.firstWords();
    if (most(missing, word -> has(word, Character::isWhitespace) || word.length() > FEW / 10)) {
      return "the words of the data hold whole sentences, so its separator or tokenizer is wrong";
    }
    Optional<UnicodeScript> there = script(words), here = script(missing);
    if (there.isPresent() && here.isPresent() && !there.equals(here)) {
      return "another language: the file is in %s script, the data in %s"
          .formatted(name(there.get()), name(here.get()));
    }
    if (most(words, word -> word.codePointCount(0, word.length()) == 1)
        && !most(missing, word -> word.codePointCount(0, word.length()) == 1)) {
      return "the file has vectors of characters, the data has words";
    }
    if (most(words, word -> word.length() > 2 && has(word, c -> "_|/ \t,;".indexOf(c) >= 0))) {
      return "the words of the file carry something more, such as a part of speech or a prefix,"
          + " or its separator is another";
    }
    if (most(words, word -> has(word, Character::isUpperCase))
        && words.stream().noneMatch(word -> has(word, Character::isLowerCase))) {
      return "case: the file's words are in upper case";
    }
    if (file.rows() < FEW) return "the file has only %d words".formatted(file.rows());
    return "another language, or words that were separated in another way";
  }

  private static boolean most(List<String> words, Predicate<String> test) {
    return 2 * words.stream().filter(test).count() > words.size();
  }

  private static boolean has(String word, IntPredicate test) {
    return word.codePoints().anyMatch(test);
  }

  /** The script of most letters. */
  private static Optional<UnicodeScript> script(List<String> words) {
    Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
    words.forEach(
        word ->
            word.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .forEach(script -> counts.merge(script, 1, Integer::sum)));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private static String name(UnicodeScript script) {
    String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
