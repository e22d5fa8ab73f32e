package dev.sluice.eval.agreement;

import java.util.ArrayList;
import java.util.List;

/** The words of the sentences. Any animal may be the subject and any may stand between it and its verb, so no noun tells which of the two it is. */
final class Words {
  /** Animals, one and several: {@code cat/cats}. */
  static final List<String[]> NOUNS = new ArrayList<>();

  /** Verbs in the past tense, which has one form for both numbers. */
  static final List<String> VERBS =
      words(
          "saw followed heard found noticed avoided met passed feared chased watched liked"
              + " remembered greeted admired missed");

  /** Adverbs before such a verb. */
  static final List<String> ADVERBS =
      words("already often once never quietly suddenly rarely soon later gladly");

  /** Adjectives, which have no number. */
  static final List<String> ADJECTIVES =
      words(
          "old young small big brown white black grey tired lazy clever shy wild quick hungry"
              + " noisy");

  /** Prepositions. */
  static final List<String> PREPOSITIONS =
      words("near behind beside with without around before after among beyond");

  static final String THE = "the";
  static final String FIRST_THE = "The";
  static final String THAT = "that";
  static final String WHICH = "which";
  static final String AND = "and";
  static final String COMMA = ",";

  /** All words that a sentence may have before its verb; their places are their ids. */
  static final List<String> ALL = new ArrayList<>();

  static {
    for (String noun :
        words(
            "cat/cats dog/dogs horse/horses cow/cows goat/goats hen/hens duck/ducks pig/pigs"
                + " fox/foxes rabbit/rabbits owl/owls crow/crows frog/frogs snake/snakes"
                + " turtle/turtles bear/bears monkey/monkeys parrot/parrots squirrel/squirrels"
                + " donkey/donkeys badger/badgers pony/ponies swan/swans mouse/mice"))
      NOUNS.add(noun.split("/", -1));
    ALL.addAll(List.of(THE, FIRST_THE, THAT, WHICH, AND, COMMA));
    for (String[] noun : NOUNS) ALL.addAll(List.of(noun));
    ALL.addAll(VERBS);
    ALL.addAll(ADVERBS);
    ALL.addAll(ADJECTIVES);
    ALL.addAll(PREPOSITIONS);
  }

  private Words() {}

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  /** Whether a word is a noun in the singular (0) or the plural (1); -1 for other words. */
  static int number(String word) {
    for (String[] noun : NOUNS) {
      for (int number = 0; number < 2; number++) if (noun[number].equals(word)) return number;
    }
    return -1;
  }
}
