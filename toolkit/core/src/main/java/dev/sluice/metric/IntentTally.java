package dev.sluice.metric;

import dev.sluice.data.Intents;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts over labels of sentences, each of which may name several intents: per label, confusion, all intents right, one of them right, accepted. */
final class IntentTally {
  final CountsByType byLabel = new CountsByType();
  final Confusion confusion = new Confusion();
  final Tally right = new Tally();
  final Tally any = new Tally();
  final Tally accepted = new Tally();
  final Tally rightAccepted = new Tally();
  final SortedMap<String, Long> unseen = new TreeMap<>();

  /** Whether the intents are the same, and whether they have one in common. */
  record Match(boolean strict, boolean any) {}

  /**
   * Counts the label of a sentence.
   *
   * @param wasAccepted whether it was given; one that was rejected is wrong whatever it is
   * @param separator what stands between intents, when a label may name several
   * @param known what training saw, null when that is not known
   */
  Match add(
      String gold, String predicted, boolean wasAccepted, Optional<String> separator, Known known) {
    Set<String> expected = Intents.split(gold, separator);
    Set<String> found = Intents.split(predicted, separator);
    boolean strict = wasAccepted && expected.equals(found);
    boolean common = strict || wasAccepted && !Collections.disjoint(expected, found);
    accepted.add(wasAccepted);
    if (wasAccepted) {
      rightAccepted.add(strict);
      byLabel.addLabel(gold, strict ? gold : predicted);
    } else {
      byLabel.addMiss(gold);
    }
    confusion.add(gold, !wasAccepted ? Scores.REJECTED : strict ? gold : predicted);
    right.add(strict);
    any.add(common);
    if (known != null && !known.intent().test(gold)) {
      for (String intent : expected)
        if (!known.intent().test(intent)) unseen.merge(intent, 1L, Long::sum);
    }
    return new Match(strict, common);
  }

  void merge(IntentTally other) {
    byLabel.merge(other.byLabel);
    confusion.merge(other.confusion);
    right.merge(other.right);
    any.merge(other.any);
    accepted.merge(other.accepted);
    rightAccepted.merge(other.rightAccepted);
    other.unseen.forEach((intent, n) -> unseen.merge(intent, n, Long::sum));
  }
}
