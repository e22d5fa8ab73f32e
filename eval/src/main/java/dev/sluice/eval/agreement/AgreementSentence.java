package dev.sluice.eval.agreement;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import java.util.List;

/**
 * A sentence up to its verb, which is what is asked: was or were.
 *
 * @param words {@code The}, the subject, and the tokens between it and the verb
 * @param plural whether the subject is in the plural
 */
record AgreementSentence(List<String> words, boolean plural) {
  /** Where the subject stands. */
  static final int SUBJECT = 1;

  /** Copies the words. */
  AgreementSentence {
    words = List.copyOf(words);
  }

  /** The number of tokens between the subject and the verb; so many steps the last state is from that of the subject. */
  int distance() {
    return words.size() - 1 - SUBJECT;
  }

  /** The tokens between the subject and the verb. */
  List<String> between() {
    return words.subList(SUBJECT + 1, words.size());
  }

  /** The sentence with its verb. */
  String text() {
    return String.join(" ", words) + (plural ? " were" : " was");
  }

  /** The ids of the words, with the label of the sentence: 0 for the singular, 1 for the plural. */
  Example example(long id) {
    int[] ids = words.stream().mapToInt(Words.ALL::indexOf).toArray();
    return new Example(
        id, new int[][] {ids}, new Spelling[0], new int[0], new int[] {plural ? 1 : 0});
  }
}
