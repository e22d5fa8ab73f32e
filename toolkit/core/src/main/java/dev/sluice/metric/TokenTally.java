package dev.sluice.metric;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Accuracy token by token: of all, of those with a gold label other than O, of words seen in training and not. */
final class TokenTally {
  final Tally all = new Tally();
  final Tally inside = new Tally();
  final Tally knownWords = new Tally();
  final Tally unknownWords = new Tally();
  final SortedMap<String, Long> unseen = new TreeMap<>();

  /** Counts one sentence; known and words may be null and empty. */
  void add(List<String> words, List<String> gold, List<String> predicted, Known known) {
    for (int i = 0; i < gold.size(); i++) {
      boolean right = gold.get(i).equals(predicted.get(i));
      all.add(right);
      if (!gold.get(i).equals("O")) inside.add(right);
      if (known == null) continue;
      if (!words.isEmpty())
        (known.word().test(words.get(i)) ? knownWords : unknownWords).add(right);
      if (!known.tag().test(gold.get(i))) unseen.merge(gold.get(i), 1L, Long::sum);
    }
  }

  void merge(TokenTally other) {
    all.merge(other.all);
    inside.merge(other.inside);
    knownWords.merge(other.knownWords);
    unknownWords.merge(other.unknownWords);
    other.unseen.forEach((label, count) -> unseen.merge(label, count, Long::sum));
  }
}
