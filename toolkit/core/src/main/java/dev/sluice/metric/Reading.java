package dev.sluice.metric;

import dev.sluice.label.Decoded;
import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import java.util.List;
import java.util.Objects;

/**
 * How tags are read as spans.
 *
 * @param scheme the scheme they follow
 * @param repair what is done when they do not
 */
public record Reading(TagScheme scheme, Repair repair) {
  /** Checks that nothing is missing. */
  public Reading {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(repair, "repair");
  }

  /** A scheme with the usual repair. */
  public static Reading of(TagScheme scheme) {
    return new Reading(scheme, Repair.CONLLEVAL);
  }

  /** The same for what a model predicts: where a file would be refused, a prediction is repaired and counted. */
  public Reading forPredictions() {
    return repair == Repair.ERROR ? of(scheme) : this;
  }

  Decoded decode(List<String> tags) {
    return scheme.decode(tags, repair);
  }
}
