package dev.sluice.metric;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is chosen about scores beside how tags are read; all of it stands in their signature.
 *
 * @param zeroDivision what precision, recall and F1 are shown as where they are undefined, 0 or 1, for comparison with tools that do so; empty to leave them undefined. No
 *     count depends on it
 * @param ignored types of spans that are left out of gold data and predictions before they are compared
 * @param match how borders of spans are compared
 */
public record ScoringRules(OptionalInt zeroDivision, SortedSet<String> ignored, Match match) {
  /** How borders of spans are compared. */
  public enum Match {
    /** As positions of tokens, which are the same on both sides. */
    EXACT,
    /** As positions in the text without white space, whatever the tokens on either side. */
    CHARACTERS
  }

  /** Undefined stays undefined, and no type is ignored. */
  public static final ScoringRules DEFAULT = of(OptionalInt.empty(), List.of());

  /** Checks the number and copies the set. */
  public ScoringRules {
    zeroDivision.ifPresent(
        value -> {
          if (value != 0 && value != 1)
            throw new IllegalArgumentException("zero division " + value + ", expected 0 or 1");
        });
    ignored = Collections.unmodifiableSortedSet(new TreeSet<>(ignored));
  }

  /** The same from types in any order. */
  public static ScoringRules of(OptionalInt zeroDivision, Collection<String> ignored) {
    return new ScoringRules(zeroDivision, new TreeSet<>(ignored), Match.EXACT);
  }

  /** The same with borders compared in another way. */
  public ScoringRules withMatch(Match how) {
    return new ScoringRules(zeroDivision, ignored, how);
  }
}
